import { readCredit } from "@minka/contracts/credits";
import { readRequest, type Request } from "@minka/contracts/matching";
import { listPlanDays, readPlanVisit } from "@minka/contracts/plan-visits";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import { askingServices } from "./confirmations.ts";
import { isPlanQuestion, type PlanMonthQuestion, type PlanVisitQuestion } from "./plan-questions.ts";
import type { PromptSubject } from "./prompt-kinds.ts";
import { findMatch } from "./say-match.ts";

type Means = { readonly call: Caller; readonly trace: string };

/**
 * Whether whoever asks still waits for the answer, as things stand now: it may have been given on the web, or to an
 * operator. What the conversation itself asks, such as a district, is asked until it is answered there.
 */
export async function isStillAsked(means: Means, subject: PromptSubject): Promise<boolean> {
  try {
    return await stands(means, subject);
  } catch (error) {
    if (error instanceof DomainError && error.category === "not-found") return false;
    throw error;
  }
}

async function stands({ call, trace }: Means, subject: PromptSubject): Promise<boolean> {
  if (isPlanQuestion(subject))
    return subject.what === "plan-visit"
      ? visitStands({ call, trace }, subject)
      : monthStands({ call, trace }, subject);
  if (subject.kind === "confirmation") {
    const params = { kind: subject.what, id: subject.id };
    const { question } = await call(askingServices[subject.service].read, { params }, { trace });
    return question !== null && question.version === subject.version;
  }
  if (subject.kind === "credit" && "creditId" in subject) {
    const { creditId, personId } = subject;
    const { credit } = await call(readCredit, { params: { creditId }, query: { personId } }, { trace });
    return credit.state === "draft";
  }
  if (!isOfRequest(subject)) return true;
  const { request } = await call(readRequest, { params: { requestId: subject.requestId } }, { trace });
  return requestStands(request, subject);
}

async function visitStands({ call, trace }: Means, { id, told }: PlanVisitQuestion): Promise<boolean> {
  const { visit } = await call(readPlanVisit, { params: { planVisitId: id } }, { trace });
  return visit.state === "proposed" && visit.day === told.day && visit.startsAt === told.startsAt;
}

async function monthStands({ call, trace }: Means, asked: PlanMonthQuestion): Promise<boolean> {
  const { personId, month, planId, providerId } = asked;
  const { months } = await call(listPlanDays, { params: { personId }, query: { month } }, { trace });
  return months.some(
    (each) => each.planId === planId && each.providerId === providerId && each.answer === "waiting",
  );
}

const ofRequest = [
  "choice",
  "attendance",
  "offer",
  "quote",
  "outcome",
  "visit",
  "rating",
  "rework",
  "help",
] as const;
type OfRequest = Extract<PromptSubject, { kind: (typeof ofRequest)[number] }>;

function isOfRequest(subject: PromptSubject): subject is OfRequest {
  return ofRequest.some((kind) => kind === subject.kind);
}

function requestStands(request: Request, subject: OfRequest): boolean {
  const { engagement } = request;
  switch (subject.kind) {
    case "choice":
      return request.state === "listed" && request.round === subject.round;
    case "attendance":
      return request.state === "with_operator" && request.reason?.code === "no-woman-near";
    case "offer":
      return findMatch(request, subject.matchId)?.state === "asked";
    case "quote":
      return findMatch(request, subject.matchId)?.quote?.id === subject.quoteId;
    default:
      break;
  }
  if (engagement?.id !== subject.engagementId) return false;
  switch (subject.kind) {
    case "outcome":
    case "visit":
      return engagement.state === "agreed";
    case "rating":
      return (
        engagement.state === "done" &&
        !engagement.ratings.some(({ by }) => by === (subject.by ?? "requester"))
      );
    case "rework":
      return engagement.state === "rework";
    case "help":
      return engagement.state === "done" && engagement.helped === null;
  }
}
