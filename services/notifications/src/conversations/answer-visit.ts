import { disputeEngagement } from "@minka/contracts/disputes";
import type { Engagement } from "@minka/contracts/engagements";
import { readRequest, reportOutcome, type Request } from "@minka/contracts/matching";
import type { Side } from "@minka/contracts/quotes";
import { rateEngagement } from "@minka/contracts/ratings";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { describeNeed, said } from "@minka/language/texts";
import { decideOnce } from "./decide-once.ts";
import { readMatters } from "./open-matters.ts";
import { afterVisitHours, rateProducer } from "./rate-producer.ts";
import { findMatch, sayVisitInSentence, shortName, visitText } from "./say-match.ts";
import { sayNotDue } from "./say-not-due.ts";
import { dropVisit } from "./several-visits.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

export function providerOf(request: Request, engagement: Engagement): string {
  return shortName(findMatch(request, engagement.matchId)?.providerName ?? "");
}

export function ratingQuestion(
  request: Request,
  engagement: Engagement,
  now: Date,
  key: "rating" | "rating_provider_says_done" = "rating",
) {
  return {
    subject: { kind: "rating" as const, requestId: request.id, engagementId: engagement.id },
    text: said(key, { provider: providerOf(request, engagement) }),
    expiresAt: hoursFrom(now, afterVisitHours),
  };
}

/** YES or NO to "did they come?", or the same said in other words, also while the rating is asked. */
export async function answerOutcome(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  const { intent } = turn.heard;
  if (subject?.kind === "outcome" && subject.by === "provider") return answerProvidersOutcome(turn, subject);
  if (subject?.kind === "outcome") {
    if (intent === "confirm" || intent === "report_done") return reportDone(turn, subject);
    if (intent === "decline" || intent === "report_no_show") return reportNoShow(turn, subject);
    if (intent !== "unknown") return null;
    const { request } = await turn.kit.call(
      readRequest,
      { params: { requestId: subject.requestId } },
      turn.step("read"),
    );
    const provider = request.engagement ? providerOf(request, request.engagement) : "";
    return {
      ...say(visitText(request, "outcome_again", request.engagement?.matchId), { provider }),
      puzzled: true,
    };
  }
  if (subject?.kind === "rating" && !subject.by && intent === "report_no_show")
    return reportNoShow(turn, subject);
  return null;
}

/** The provider's word, where the producer has not said anything. */
async function answerProvidersOutcome(turn: Turn, visit: Visit): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if (intent === "confirm" || intent === "report_done") {
    if (!(await tell(turn, visit.engagementId, "done", "provider"))) return saysTooEarly(turn, visit);
    return { ...(await rateProducer(turn, visit)), answered: true };
  }
  if (intent === "decline" || intent === "report_no_show") {
    const dropped = await dropVisit(turn, visit.engagementId, null);
    return { ...(dropped ?? say("nothing_to_report")), answered: true };
  }
  return intent === "unknown" ? { ...say("answer_yes_or_no"), puzzled: true } : null;
}

/** Of a visit that was moved to a later day since it was asked about, or that is over. */
async function saysTooEarly(turn: Turn, visit: Visit): Promise<Outcome> {
  const { request } = await turn.kit.call(
    readRequest,
    { params: { requestId: visit.requestId } },
    turn.step("read"),
  );
  const { engagement } = request;
  const isAhead = engagement?.state === "agreed" && limaDay(turn.now) < engagement.visitOn;
  return { ...(isAhead ? await sayNotDue(turn, visit) : say("nothing_to_report")), answered: true };
}

/** "Listo" or "no vino" from the producer, when nobody has asked yet. */
export async function answerOwnReport(turn: Turn): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if ((intent !== "report_done" && intent !== "report_no_show") || !turn.person) return null;
  const subject = await decideOnce(turn, "own-visit", async () => {
    const { requests } = await readMatters(turn);
    // While an operator looks, a "ya vino" settles it.
    const states = intent === "report_done" ? ["agreed", "disputed"] : ["agreed"];
    const request = requests.find(({ engagement }) => engagement && states.includes(engagement.state));
    return request?.engagement ? { requestId: request.id, engagementId: request.engagement.id } : null;
  });
  if (!subject) return null;
  return intent === "report_done" ? reportDone(turn, subject) : reportNoShow(turn, subject);
}

type Visit = { requestId: string; engagementId: string };

async function reportDone(turn: Turn, { requestId, engagementId }: Visit): Promise<Outcome> {
  const said = await tell(turn, engagementId, "done");
  if (!said) return { ...say("nothing_to_report"), answered: true };
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("read"));
  if (!request.engagement) return { ...say("rated"), answered: true };
  return { answered: true, ask: ratingQuestion(request, request.engagement, turn.now) };
}

/** What happens next is told when matching has decided it. */
export async function reportNoShow(turn: Turn, { requestId, engagementId }: Visit): Promise<Outcome> {
  if (await tell(turn, engagementId, "no_show")) return { answered: true };
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("read"));
  const { engagement } = request;
  if (engagement?.state === "agreed" && limaDay(turn.now) < engagement.visitOn) {
    const provider = providerOf(request, engagement);
    return say(visitText(request, "visit_not_due", engagement.matchId), {
      provider,
      day: sayVisitInSentence(engagement, turn.now, turn.language),
    });
  }
  if (engagement?.state === "disputed") {
    const need = describeNeed(request.need, turn.language);
    return { ...say("status_with_operator", { need }), answered: true };
  }
  if (engagement?.state === "done" && (await dispute(turn, engagementId))) return { answered: true };
  return { ...say("human"), answered: true, attention: "complaint" };
}

/** What they called done themself, or have rated, a person has to look at: told by the news. */
async function dispute(turn: Turn, engagementId: string): Promise<boolean> {
  const body = { reason: "did_not_come", by: "requester" } as const;
  try {
    await turn.kit.call(disputeEngagement, { params: { engagementId }, body }, turn.step("dispute"));
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.category === "conflict") return false;
    throw error;
  }
}

/** False when the visit is in a state that cannot be reported on, for instance rated already. */
async function tell(
  turn: Turn,
  engagementId: string,
  outcome: "done" | "no_show",
  by: Side = "requester",
): Promise<boolean> {
  try {
    const body = { outcome, by };
    await turn.kit.call(reportOutcome, { params: { engagementId }, body }, turn.step(outcome));
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.category === "conflict") return false;
    throw error;
  }
}

export async function answerRating(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "rating") return null;
  const { intent, slots } = turn.heard;
  if (intent === "unknown" || (intent === "rate" && slots.score === undefined))
    return { ...say("rating_again"), puzzled: true };
  if (intent !== "rate" || slots.score === undefined) return null;
  const by: Side = subject.by ?? "requester";
  try {
    const params = { engagementId: subject.engagementId };
    const body = { score: slots.score, by };
    await turn.kit.call(rateEngagement, { params, body }, turn.step("rate"));
  } catch (error) {
    // Rated already, for instance on the web: thanks are due all the same.
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
  }
  return { ...say(by === "provider" ? "rated_provider" : "rated"), answered: true };
}
