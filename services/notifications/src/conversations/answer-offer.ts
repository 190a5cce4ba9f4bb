import { answerAsk, openMatters, readRequest, reportOutcome } from "@minka/contracts/matching";
import { limaDay } from "@minka/domain/lima-time";
import { DomainError } from "@minka/domain/errors";
import { parseDay } from "@minka/language/parse-day";
import { describeNeed } from "@minka/language/texts";
import { placeName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** A provider's YES (perhaps with a day) or NO. Both sides' contacts follow when matching has written it. */
export async function answerOffer(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "offer") return null;
  const { intent } = turn.heard;
  if (intent === "unknown") {
    const { request } = await turn.kit.call(
      readRequest,
      { params: { requestId: subject.requestId } },
      turn.step("read"),
    );
    return {
      ...say("offer_again", { need: describeNeed(request.need), place: placeName(request.districtCode) }),
      puzzled: true,
    };
  }
  if (intent !== "confirm" && intent !== "decline") return null;
  const params = { matchId: subject.matchId };
  try {
    if (intent === "decline") {
      await turn.kit.call(answerAsk, { params, body: { accept: false } }, turn.step("decline"));
      return { ...say("offer_declined"), answered: true };
    }
    const visitOn = parseDay(turn.text, limaDay(turn.now));
    await turn.kit.call(
      answerAsk,
      { params, body: { accept: true, ...(visitOn ? { visitOn } : {}) } },
      turn.step("accept"),
    );
    // No reply here: "agreed" follows at once, with the producer's name and number in it.
    return { answered: true };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.category === "conflict") return { ...say("offer_expired"), answered: true };
    if (error.category === "invalid") return say("offer_bad_day");
    throw error;
  }
}

/** LISTO from a provider, or a report of a visit outside any question. */
export async function answerReport(turn: Turn): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if (intent !== "report_done" && intent !== "report_no_show") return null;
  if (!turn.person) return say("nothing_to_report");
  const params = { personId: turn.person.id };
  const matters = await turn.kit.call(openMatters, { params }, turn.step("matters"));
  const providing = matters.providing.find(({ state }) => state === "agreed");
  if (!providing || intent === "report_no_show") return say("nothing_to_report");
  await turn.kit.call(
    reportOutcome,
    { params: { engagementId: providing.id }, body: { outcome: "done", by: "provider" } },
    turn.step("done"),
  );
  return say("done_provider");
}
