import { readRequest, reportOutcome } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { readablePhone } from "@minka/domain/phone";
import { phrase } from "@minka/language/texts";
import { limaDay } from "@minka/domain/lima-time";
import { decideOnce } from "./decide-once.ts";
import { readMatters, visitJustMade, visitsToMake } from "./open-matters.ts";
import { rateProducer } from "./rate-producer.ts";
import { isNotDue, sayNotDue } from "./say-not-due.ts";
import { sayVisitInSentence, sayWhere, shortName, visitText } from "./say-match.ts";
import { dropVisit, sayVisits } from "./several-visits.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** A provider's LISTO, or word that they did not go. */
export async function answerReport(turn: Turn): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if (intent === "report_no_show") return cancelVisit(turn);
  if (intent !== "report_done") return null;
  const visit = await decideOnce(turn, "visit-made", async () => {
    const made = visitJustMade(await readMatters(turn), turn.now);
    if (!made) return null;
    const { id, requestId, visitOn } = made;
    return { id, requestId, visitOn, isEarly: visitOn > limaDay(turn.writtenAt) };
  });
  if (!visit) return null;
  const made = { requestId: visit.requestId, engagementId: visit.id };
  if (visit.isEarly) return sayNotDue(turn, made);
  try {
    const body = { outcome: "done", by: "provider" } as const;
    await turn.kit.call(reportOutcome, { params: { engagementId: visit.id }, body }, turn.step("done"));
  } catch (error) {
    // Moved to a later day since it was read.
    if (isNotDue(error)) return sayNotDue(turn, made);
    throw error;
  }
  return rateProducer(turn, made);
}

/**
 * A provider cannot go. Of several visits they say which; with another order in question it is for a person
 * to find out what is meant: the wrong one would be lost. Null for somebody who has promised none.
 */
export async function cancelVisit(turn: Turn): Promise<Outcome | null> {
  const visit = await decideOnce(turn, "visit-cancelled", async () => {
    const [first, ...more] = visitsToMake(await readMatters(turn));
    if (!first) return null;
    if (more.length > 0) return { id: first.id, sure: false, several: true };
    return { id: first.id, sure: turn.prompt?.kind !== "offer", several: false };
  });
  if (!visit) return null;
  if (visit.several) return sayVisits(turn, visitsToMake(await readMatters(turn)), "which_visit");
  if (!visit.sure) return { ...say("human"), attention: "human_wanted" };
  return dropVisit(turn, visit.id);
}

/** What a provider has promised to do next, and the words for it; null when nothing. */
export async function describeVisit(turn: Turn): Promise<Outcome | null> {
  const visits = visitsToMake(await readMatters(turn));
  const [visit] = visits;
  if (!visit) return null;
  if (visits.length > 1) return sayVisits(turn, visits, "status_providing_several");
  const { request } = await turn.kit.call(
    readRequest,
    { params: { requestId: visit.requestId } },
    turn.step("read"),
  );
  const { contacts } = await turn.kit.call(
    contactCards,
    { body: { personIds: [request.personId] } },
    turn.step("contacts"),
  );
  return say(visitText(request, "status_providing", visit.matchId), {
    day: sayVisitInSentence(visit, turn.now, turn.language),
    requester: shortName(contacts[0]?.name ?? phrase("who_asked", {}, turn.language), 24),
    place: sayWhere(request),
    phone: readablePhone(contacts[0]?.phone ?? ""),
  });
}
