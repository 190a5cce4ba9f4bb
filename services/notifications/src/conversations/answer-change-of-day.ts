import { readRequest } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { limaDay } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { foldCase } from "@minka/language/fold";
import { parseDay } from "@minka/language/parse-day";
import { phrase } from "@minka/language/texts";
import { readMatters, visitsToMake } from "./open-matters.ts";
import { findMatch, sayVisitInSentence, shortName } from "./say-match.ts";
import { sayVisits } from "./several-visits.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

const change = /\bcambi\w* (de |el |la )?(dia|fecha|hora|visita)|\b(posterg|reprogram|aplaz)/;
/** "El 2" picks from a list rather than naming the second of the month. */
const bareNumber = /^\W*((el|la) )?\d{1,2}\W*$/;
const another = /\botr[oa] (dia|fecha|hora)\b/;

/**
 * "Mejor el viernes" from one of two who have agreed on a day. The agreement does not change by SMS: the two
 * are given each other's number again and settle it by telephone.
 */
export async function answerChangeOfDay(turn: Turn): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if (turn.prompt || !turn.person || (intent !== "unknown" && intent !== "request_assistance")) return null;
  const named = parseDay(turn.text, limaDay(turn.writtenAt));
  const said = foldCase(turn.text);
  if (bareNumber.test(said)) return null;
  const asksAnother = change.test(said) || (intent === "unknown" && another.test(said));
  if (!asksAnother && (named === null || intent !== "unknown")) return null;
  const matters = await readMatters(turn);
  const isOther = (visitOn: string) => asksAnother || named !== visitOn;

  const [visit, ...more] = visitsToMake(matters);
  if (visit && more.length > 0) return sayVisits(turn, [visit, ...more], "change_day_several");
  const request = matters.requests.find(({ engagement }) => engagement?.state === "agreed");
  if (request?.engagement && isOther(request.engagement.visitOn)) {
    const match = findMatch(request, request.engagement.matchId);
    if (!match) return null;
    return callEachOther(turn, request.engagement, match.providerPersonId, match.providerName);
  }
  if (!visit || !isOther(visit.visitOn)) return null;
  const params = { requestId: visit.requestId };
  const { request: theirs } = await turn.kit.call(readRequest, { params }, turn.step("read"));
  return callEachOther(turn, visit, theirs.personId, null);
}

async function callEachOther(
  turn: Turn,
  engagement: { visitOn: string },
  personId: string,
  knownName: string | null,
): Promise<Outcome> {
  const body = { personIds: [personId] };
  const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("contacts"));
  return say("change_day", {
    day: sayVisitInSentence(engagement, turn.now, turn.language),
    other: shortName(knownName ?? contacts[0]?.name ?? phrase("other_person", {}, turn.language)),
    phone: readablePhone(contacts[0]?.phone ?? ""),
  });
}
