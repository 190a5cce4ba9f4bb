import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import type { Side } from "@minka/contracts/quotes";
import { foldCase } from "@minka/language/fold";
import { readProposedDay } from "@minka/language/read-proposal";
import { decideOnce } from "./decide-once.ts";
import { readMatters, visitsToMake } from "./open-matters.ts";
import { propose, sayDayStands } from "./propose.ts";
import { sayVisits } from "./several-visits.ts";
import type { Outcome, Turn } from "./turn.ts";

const change = /\bcambi\w* (de |el |la )?(dia|fecha|hora|visita)|\b(posterg|reprogram|aplaz)/;
/** "El 2" picks from a list rather than naming the second of the month. */
const bareNumber = /^\W*((el|la) )?\d{1,2}\W*$/;
const another = /\botr[oa] (dia|fecha|hora)\b/;

type Moved = { requestId: string; matchId: string; by: Side; visitOn: LimaDay | null };

/**
 * "No puedo el martes, mejor el jueves" from one of two who have agreed on a day: the other is asked, and until they
 * say yes the day stands. Who names none, or has several visits, settles it by telephone.
 */
export async function answerChangeOfDay(turn: Turn): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if (turn.prompt || !turn.person || (intent !== "unknown" && intent !== "request_assistance")) return null;
  const named = readProposedDay(turn.text, limaDay(turn.writtenAt));
  const said = foldCase(turn.text);
  if (bareNumber.test(said)) return null;
  const asksAnother = change.test(said) || (intent === "unknown" && another.test(said));
  if (!asksAnother && (named === null || intent !== "unknown")) return null;
  const visits = visitsToMake(await readMatters(turn));
  if (visits.length > 1) return sayVisits(turn, visits, "change_day_several");
  const moved = await decideOnce(turn, "day-moved", () => findMoved(turn, { named, asksAnother }));
  if (!moved) return null;
  const { requestId, matchId, by, visitOn } = moved;
  if (!visitOn) return sayDayStands(turn, requestId, by);
  return propose(turn, { requestId, agreed: true }, { matchId, by, visitOn });
}

/** What they asked for themselves goes before the visit that they have promised. */
async function findMoved(
  turn: Turn,
  { named, asksAnother }: { named: LimaDay | null; asksAnother: boolean },
): Promise<Moved | null> {
  const matters = await readMatters(turn);
  const request = matters.requests.find(({ engagement }) => engagement?.state === "agreed");
  const [visit] = visitsToMake(matters);
  const own = request?.engagement && {
    requestId: request.id,
    by: "requester" as const,
    ...request.engagement,
  };
  const agreed = own ?? (visit && { by: "provider" as const, ...visit });
  if (!agreed) return null;
  const { requestId, matchId, by } = agreed;
  const visitOn = named === agreed.visitOn ? null : named;
  return visitOn || asksAnother ? { requestId, matchId, by, visitOn } : null;
}
