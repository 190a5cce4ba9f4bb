import type { Match } from "@minka/contracts/matches";
import { readRequest, type Request } from "@minka/contracts/matching";
import { makeQuote, type Side } from "@minka/contracts/quotes";
import { contactCards } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { phrase, sayDay, sayDeadline } from "@minka/language/texts";
import { findMatch, sayVisitInSentence, shortName } from "./say-match.ts";
import { sayProposal } from "./say-quote.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

export type Proposing = {
  matchId: string;
  by: Side;
  priceCentimos?: number | undefined;
  visitOn?: LimaDay | undefined;
};

/** Proposes a price or a day to the other side. `agreed`: another day for a visit that stands until they accept. */
export async function propose(
  turn: Turn,
  { requestId, agreed }: { requestId: string; agreed: boolean },
  { matchId, by, priceCentimos, visitOn }: Proposing,
): Promise<Outcome> {
  const body = {
    by,
    ...(priceCentimos === undefined ? {} : { priceCentimos }),
    ...(visitOn === undefined ? {} : { visitOn }),
  };
  const params = { matchId };
  let expiresAt: string;
  try {
    ({ expiresAt } = await turn.kit.call(makeQuote, { params, body }, turn.step("propose")));
  } catch (error) {
    if (agreed && isConflict(error) && error.code !== "place-closed")
      return { ...(await sayDayStands(turn, requestId, by)), answered: true };
    return refusal(turn, error, by);
  }
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("proposed"));
  const match = findMatch(request, matchId);
  if (!match) return { answered: true };
  if (agreed && visitOn) return sayDaySent(turn, request, { by, visitOn });
  const proposed = match.quote?.by === by ? match.quote : { ...nothing, ...body };
  const quote = sayProposal(proposed, { match, request, now: turn.now, language: turn.language });
  const deadline = sayDeadline(new Date(expiresAt), turn.now, turn.language);
  return { ...say("quote_sent", { quote, deadline }), answered: true };
}

const nothing = { priceCentimos: null, visitOn: null };

function isConflict(error: unknown): error is DomainError {
  return error instanceof DomainError && error.category === "conflict";
}

/** Why a proposal cannot be made, in words that say what can. */
export function refusal({ now, language }: Turn, error: unknown, by: Side): Outcome {
  if (!(error instanceof DomainError)) throw error;
  const { openOn } = error.details;
  if (error.code === "place-closed" && typeof openOn === "string")
    return say("offer_place_closed", { day: sayDay(openOn, limaDay(now), language) });
  if (error.category === "invalid") return say("offer_bad_day");
  if (error.category !== "conflict") throw error;
  if (error.code === "quote-not-for-urgent") return say("quote_urgent");
  if (error.code === "quotes-used-up") return say("quote_enough");
  return { ...say(by === "provider" ? "offer_expired" : "quote_over"), answered: true };
}

/** Who the other side of an agreement is, as somebody who has agreed may know. */
async function otherSide(turn: Turn, request: Request, by: Side) {
  const match = request.engagement && findMatch(request, request.engagement.matchId);
  const personId = by === "requester" ? match?.providerPersonId : request.personId;
  const body = { personIds: personId ? [personId] : [] };
  const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("other"));
  const [contact] = contacts;
  const known = by === "requester" ? match?.providerName : contact?.name;
  return {
    other: shortName(known ?? phrase("other_person", {}, turn.language)),
    phone: readablePhone(contact?.phone ?? ""),
  };
}

async function sayDaySent(
  turn: Turn,
  request: Request,
  { by, visitOn }: { by: Side; visitOn: LimaDay },
): Promise<Outcome> {
  const { engagement } = request;
  if (!engagement) return { ...say("quote_over"), answered: true };
  const words = {
    ...(await otherSide(turn, request, by)),
    day: sayVisitInSentence(engagement, turn.now, turn.language),
    new_day: sayVisitInSentence({ visitOn }, turn.now, turn.language),
  };
  return { ...say("day_sent", words), answered: true };
}

/** What is agreed, and how to change its day: by a day that they name, or by telephone. */
export async function sayDayStands(turn: Turn, requestId: string, by: Side): Promise<Outcome> {
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("stands"));
  if (!request.engagement) return say("quote_over");
  const day = sayVisitInSentence(request.engagement, turn.now, turn.language);
  return say("change_day", { ...(await otherSide(turn, request, by)), day });
}

/** A match of a request whose provider or producer may still be answered. */
export async function readMatch(
  turn: Turn,
  { requestId, matchId }: { requestId: string; matchId: string },
): Promise<{ request: Request; match: Match | undefined }> {
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("match"));
  return { request, match: findMatch(request, matchId) };
}
