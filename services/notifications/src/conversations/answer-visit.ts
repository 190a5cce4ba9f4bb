import {
  rateEngagement,
  readRequest,
  reportOutcome,
  type Engagement,
  type Request,
} from "@minka/contracts/matching";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { said } from "@minka/language/texts";
import { decideOnce } from "./decide-once.ts";
import { readMatters } from "./open-matters.ts";
import { findMatch, sayVisitInSentence, shortName, visitText } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** How long the questions after a visit wait. */
export const afterVisitHours = 5 * 24;

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
    return { ...say(visitText(request.need, "outcome_again"), { provider }), puzzled: true };
  }
  if (subject?.kind === "rating" && intent === "report_no_show") return reportNoShow(turn, subject);
  return null;
}

/** "Listo" or "no vino" from the producer, when nobody has asked yet. */
export async function answerOwnReport(turn: Turn): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if ((intent !== "report_done" && intent !== "report_no_show") || !turn.person) return null;
  const subject = await decideOnce(turn, "own-visit", async () => {
    const { requests } = await readMatters(turn);
    const request = requests.find(({ engagement }) => engagement?.state === "agreed");
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
async function reportNoShow(turn: Turn, { requestId, engagementId }: Visit): Promise<Outcome> {
  if (await tell(turn, engagementId, "no_show")) return { answered: true };
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("read"));
  const { engagement } = request;
  if (engagement?.state === "agreed" && limaDay(turn.now) < engagement.visitOn) {
    const provider = providerOf(request, engagement);
    return say(visitText(request.need, "visit_not_due"), {
      provider,
      day: sayVisitInSentence(engagement, turn.now, turn.language),
    });
  }
  return { ...say("human"), answered: true, attention: "complaint" };
}

/** False when the visit is in a state that cannot be reported on, for instance rated already. */
async function tell(turn: Turn, engagementId: string, outcome: "done" | "no_show"): Promise<boolean> {
  try {
    const body = { outcome, by: "requester" as const };
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
  try {
    const params = { engagementId: subject.engagementId };
    await turn.kit.call(rateEngagement, { params, body: { score: slots.score } }, turn.step("rate"));
  } catch (error) {
    // Rated already, for instance on the web: thanks are due all the same.
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
  }
  return { ...say("rated"), answered: true };
}
