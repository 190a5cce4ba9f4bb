import { readRequest, reportOutcome } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { readablePhone } from "@minka/domain/phone";
import { readMatters, visitJustMade, visitsToMake } from "./open-matters.ts";
import { placeName, sayVisitInSentence, shortName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** A provider's LISTO, or word that they did not go; anybody else's has nothing to be about. */
export async function answerReport(turn: Turn): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if (intent === "report_no_show") return (await cancelVisit(turn)) ?? say("nothing_to_report");
  if (intent !== "report_done") return null;
  const visit = visitJustMade(await readMatters(turn), turn.now);
  if (!visit) return say("nothing_to_report");
  await turn.kit.call(
    reportOutcome,
    { params: { engagementId: visit.id }, body: { outcome: "done", by: "provider" } },
    turn.step("done"),
  );
  return say("done_provider");
}

/**
 * A provider cannot go. Which visit is meant, of several or with another order in question, is for a person
 * to find out: the wrong one would be lost. Null for somebody who has promised none.
 */
export async function cancelVisit(turn: Turn): Promise<Outcome | null> {
  const visits = visitsToMake(await readMatters(turn));
  const [visit] = visits;
  if (!visit) return null;
  if (visits.length > 1 || turn.prompt?.kind === "offer") return { ...say("human"), attention: "human_wanted" };
  try {
    await turn.kit.call(
      reportOutcome,
      { params: { engagementId: visit.id }, body: { outcome: "no_show", by: "provider" } },
      turn.step("missed"),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return null;
  }
  return say("cancelled_visit");
}

/** What a provider has promised to do next, and the words for it; null when nothing. */
export async function describeVisit(turn: Turn): Promise<Outcome | null> {
  const [visit] = visitsToMake(await readMatters(turn));
  if (!visit) return null;
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
  return say("status_providing", {
    day: sayVisitInSentence(visit, turn.now),
    requester: shortName(contacts[0]?.name ?? "la persona que pidió", 24),
    place: placeName(request.districtCode),
    phone: readablePhone(contacts[0]?.phone ?? ""),
  });
}
