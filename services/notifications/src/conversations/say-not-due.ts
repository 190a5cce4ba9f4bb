import { readRequest } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { phrase } from "@minka/language/texts";
import { sayVisitInSentence, shortName, visitText } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

export function isNotDue(error: unknown): boolean {
  return error instanceof DomainError && error.code === "visit-not-due";
}

/** A provider says LISTO before the day: only whom it was for may say that it is done already. */
export async function sayNotDue(
  turn: Turn,
  { requestId, engagementId }: { requestId: string; engagementId: string },
): Promise<Outcome> {
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("not-due"));
  const { engagement } = request;
  if (engagement?.id !== engagementId) return say("nothing_to_report");
  const body = { personIds: [request.personId] };
  const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("not-due-for"));
  return say(visitText(request, "visit_done_early", engagement.matchId), {
    requester: shortName(contacts[0]?.name ?? phrase("who_asked", {}, turn.language), 24),
    day: sayVisitInSentence(engagement, turn.now, turn.language),
  });
}
