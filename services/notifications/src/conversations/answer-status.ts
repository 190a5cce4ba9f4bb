import { cancelRequest, readRequest, type Request } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { describeNeed } from "@minka/language/texts";
import { cancelVisit, describeVisit } from "./answer-own-visit.ts";
import { decideOnce } from "./decide-once.ts";
import { isListOver, newestOpen } from "./open-matters.ts";
import { hasOpenComplaint } from "./open-complaint.ts";
import type { PromptKind } from "./prompt-kinds.ts";
import {
  findMatch,
  listedMatches,
  sayList,
  sayMatchDeadline,
  sayOffer,
  sayVisitInSentence,
  shortName,
  visitText,
} from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** How far the newest open request is; for a provider, the visits to make; and last the question that waits. */
export async function answerStatus(turn: Turn): Promise<Outcome | null> {
  if (turn.heard.intent !== "ask_status") return null;
  const request = await newestOpen(turn);
  const parts = [
    request ? await describeStatus(turn, request) : null,
    await describeVisit(turn),
    (await repeatOffer(turn)) ?? repeatQuestion(turn),
  ];
  const lines = parts.flatMap((part) => part?.say ?? []);
  return lines.length > 0 ? { say: lines } : say("status_none");
}

const repeated: readonly PromptKind[] = ["rating", "confirmation", "visit"];

/** A question that ESTADO has no other words for. */
function repeatQuestion({ asking }: Turn): Outcome | null {
  return asking && asking.text !== "" && repeated.includes(asking.kind) ? { say: [asking.text] } : null;
}

/**
 * Something that nobody understood, from somebody who waits for a thing to happen ("y?", a second "1", "no
 * vino" of a visit that is not agreed yet): how it stands says more than "no le entendí". Counts as not
 * understood all the same.
 */
export async function answerWaiting(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || !["unknown", "report_done", "report_no_show"].includes(turn.heard.intent)) return null;
  const request = await newestOpen(turn);
  if (request && isListOver(request, turn.now)) return null;
  const stands =
    request && request.state !== "with_operator"
      ? await describeStatus(turn, request, "waiting")
      : await describeVisit(turn);
  return stands && { ...stands, puzzled: true };
}

export async function answerCancel(turn: Turn): Promise<Outcome | null> {
  if (turn.heard.intent !== "cancel_request") return null;
  const request = await decideOnce(turn, "request-cancelled", async () => {
    const newest = await newestOpen(turn);
    return newest ? { id: newest.id } : null;
  });
  if (!request) return (await cancelVisit(turn)) ?? say("nothing_to_cancel");
  try {
    await turn.kit.call(cancelRequest, { params: { requestId: request.id } }, turn.step("cancel"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return say("nothing_to_cancel");
  }
  // Told by the news of the cancellation, to both sides.
  return {};
}

async function repeatOffer(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "offer") return null;
  const params = { requestId: subject.requestId };
  const { request } = await turn.kit.call(readRequest, { params }, turn.step("read"));
  const match = findMatch(request, subject.matchId);
  return match?.state === "asked" ? { say: [sayOffer(request, match, turn.now, turn.language)] } : null;
}

export async function describeStatus(
  turn: Turn,
  request: Request,
  whileAsking: "status_asking" | "waiting" = "status_asking",
): Promise<Outcome> {
  const need = describeNeed(request.need, turn.language);
  const asked = request.matches.find(({ state }) => state === "asked");
  switch (request.state) {
    case "listed":
      return describeList(turn, request);
    case "asking":
      return asked
        ? say(whileAsking, {
            need,
            provider: shortName(asked.providerName),
            deadline: sayMatchDeadline(asked, turn.now, turn.language),
          })
        : say("status_searching", { need });
    case "agreed":
      return describeAgreed(turn, request);
    case "with_operator":
      return say("status_with_operator", { need });
    default:
      return say("status_searching", { need });
  }
}

/** The list itself, when its number is what is waited for: the message with it may be lost or deleted. */
function describeList(turn: Turn, request: Request): Outcome {
  const subject = turn.prompt?.subject;
  const matches = listedMatches(request);
  const isOpen = !subject || (subject.kind === "choice" && subject.requestId === request.id);
  if (!isOpen || matches.length === 0)
    return say("status_listed", { need: describeNeed(request.need, turn.language) });
  return { say: [sayList(request, matches, turn.language)] };
}

async function describeAgreed(turn: Turn, request: Request): Promise<Outcome> {
  const need = describeNeed(request.need, turn.language);
  const match = request.engagement && findMatch(request, request.engagement.matchId);
  if (!request.engagement || !match) return say("status_searching", { need });
  if (await hasOpenComplaint(turn, match.providerId))
    return say("status_complained", { need, provider: shortName(match.providerName) });
  const body = { personIds: [match.providerPersonId] };
  const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("contacts"));
  const over = request.engagement.visitOn < limaDay(turn.now);
  return say(visitText(request.need, over ? "status_visited" : "status_agreed"), {
    need,
    provider: shortName(match.providerName),
    day: sayVisitInSentence(request.engagement, turn.now, turn.language),
    phone: readablePhone(contacts[0]?.phone ?? ""),
  });
}
