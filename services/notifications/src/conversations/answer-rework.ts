import {
  answerRework as answerReworkContract,
  askRework,
  disputeEngagement,
} from "@minka/contracts/disputes";
import { listRequests, readRequest, reportOutcome } from "@minka/contracts/matching";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { foldCase } from "@minka/language/fold";
import { readProposedDay } from "@minka/language/read-proposal";
import { sayDeadline } from "@minka/language/texts";
import { providerOf } from "./answer-visit.ts";
import { decideOnce } from "./decide-once.ts";
import { refusal } from "./propose.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** What was done is not good: said of the work, and of nothing else. */
const badWork =
  /\b(quedo|salio|esta|dejo|lo dejo) (muy |todo |bien )?(mal|feo|chueco)\b|\bno (quedo|salio|esta) bien\b|\bmal hech[oa]\b|\b(lo )?hizo mal\b|\ba medias\b|\bno (lo )?(termino|acabo|completo)\b|\bfalta (terminar|acabar|arreglar)\b|\brehacer\b/;
/** That somebody comes again: of a visit that is over, where nothing new is asked for. */
const comeAgain =
  /\b(que|tiene que|debe|deberia|puede|podria) (vuelv\w+|volver|regres\w+|venir (otra vez|de nuevo))\b|\b(lo )?(haga|hagan) (otra vez|de nuevo)\b/;

/** How long ago a visit may be for "quedo mal" to be about it. */
const longestDays = 30;
const mostRequests = 20;

type Visit = { requestId: string; engagementId: string; isDone: boolean };

/**
 * "Quedo mal", "que vuelva" from a producer whose visit is over: its provider is asked to come again. A complaint goes
 * before it, and a new need that only asks for somebody to come.
 */
export async function answerBadWork(turn: Turn): Promise<Outcome | null> {
  if (!turn.person || !saysBadWork(turn)) return null;
  const visit = await decideOnce(turn, "bad-work", () => findVisit(turn));
  if (!visit) return null;
  const params = { engagementId: visit.engagementId };
  const answered = isAbout(turn, visit.engagementId);
  try {
    if (!visit.isDone)
      await turn.kit.call(
        reportOutcome,
        { params, body: { outcome: "done", by: "requester" } },
        turn.step("done"),
      );
    await turn.kit.call(askRework, { params }, turn.step("rework"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    if (error.code !== "reworks-used-up") return { ...say("human"), attention: "human_wanted", answered };
    const body = { reason: "bad_work", by: "requester" } as const;
    await turn.kit.call(disputeEngagement, { params, body }, turn.step("dispute"));
    // That a person looks now is told by the news.
    return { answered };
  }
  const { request } = await turn.kit.call(
    readRequest,
    { params: { requestId: visit.requestId } },
    turn.step("again"),
  );
  return {
    ...say("rework_asked", {
      provider: request.engagement ? providerOf(request, request.engagement) : "",
      deadline: sayDeadline(new Date(request.until ?? turn.now), turn.now, turn.language),
    }),
    answered,
  };
}

function saysBadWork({ text, heard, prompt }: Turn): boolean {
  const said = foldCase(text.slice(0, 200));
  const asks = prompt === undefined || ["rating", "outcome", "help"].includes(prompt.kind);
  if (!asks || (prompt?.subject.kind === "outcome" && prompt.subject.by)) return false;
  const isNeed = heard.intent === "request_assistance";
  if (!isNeed && !["unknown", "decline", "confirm", "report_done"].includes(heard.intent)) return false;
  return badWork.test(said) || (!isNeed && comeAgain.test(said));
}

function isAbout({ prompt }: Turn, engagementId: string): boolean {
  const subject = prompt?.subject;
  const asksAfter = subject?.kind === "rating" || subject?.kind === "outcome" || subject?.kind === "help";
  return asksAfter && subject.engagementId === engagementId;
}

/** What is being asked about, or else the last visit that is over. */
async function findVisit(turn: Turn): Promise<Visit | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind === "outcome" || subject?.kind === "rating" || subject?.kind === "help") {
    if (subject.kind === "rating" && subject.by) return null;
    const { requestId, engagementId } = subject;
    return { requestId, engagementId, isDone: subject.kind !== "outcome" };
  }
  const { kit, person, step, writtenAt } = turn;
  if (!person) return null;
  const query = { personId: person.id, limit: mostRequests };
  const { items } = await kit.call(listRequests, { query }, step("done-requests"));
  const today = limaDay(writtenAt);
  const over = items
    .flatMap(({ id, engagement }) => (engagement ? [{ requestId: id, engagement }] : []))
    .filter(({ engagement: { state, visitOn } }) => {
      const isOver = state === "done" || (state === "agreed" && visitOn < today);
      return isOver && visitOn >= addDays(today, -longestDays);
    })
    .toSorted((a, b) => b.engagement.visitOn.localeCompare(a.engagement.visitOn));
  const [last] = over;
  if (!last) return null;
  const { requestId, engagement } = last;
  return { requestId, engagementId: engagement.id, isDone: engagement.state === "done" };
}

/** SI, perhaps with a day, or NO from a provider who is asked to come again. */
export async function answerRework(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "rework") return null;
  const { intent } = turn.heard;
  const visitOn = readProposedDay(turn.text, limaDay(turn.writtenAt));
  const namesDay = intent === "unknown" && visitOn !== null;
  const accepts = intent === "confirm" || namesDay;
  if (!accepts && intent !== "decline")
    return intent === "unknown" ? { ...say("answer_yes_or_no"), puzzled: true } : null;
  const params = { engagementId: subject.engagementId };
  const body = accepts
    ? ({ accept: true, ...(visitOn ? { visitOn } : {}) } as const)
    : ({ accept: false } as const);
  try {
    await turn.kit.call(answerReworkContract, { params, body }, turn.step(accepts ? "again" : "not-again"));
  } catch (error) {
    const isOver =
      error instanceof DomainError && error.category === "conflict" && error.code !== "place-closed";
    return isOver ? { ...say("rework_over"), answered: true } : refusal(turn, error, "provider");
  }
  // The day is told to both by the news.
  return accepts ? { answered: true } : { ...say("rework_declined"), answered: true };
}
