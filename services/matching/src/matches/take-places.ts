import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { lockLoads, openAsks } from "../capacity/ask-load.ts";
import { lockPlaces, monthOf, placesTaken, takePlace } from "../capacity/places.ts";
import type { MatchRow, RequestRow } from "../tables.ts";
import { dispatchRules } from "./dispatch-rules.ts";

type Waiting = {
  readonly request: RequestRow;
  /** Best first. */
  readonly waiting: readonly MatchRow[];
  readonly now: Date;
};

/**
 * The first of `waiting`, as many as `most`, whose offers have a place left and whose providers have not enough to
 * answer already, with their places taken: whom Minka asks by itself. `also`: providers whose load the caller is
 * about to change.
 */
export async function takeNext(
  tx: Transaction,
  { request, waiting, now, most = 1, also = [] }: Waiting & { most?: number; also?: readonly string[] },
): Promise<MatchRow[]> {
  await lockPlaces(tx, waiting, now);
  const taken = await placesTaken(tx, waiting, now);
  const open = waiting.filter((match) => hasPlace(match, taken));
  const providers = open.map(({ providerId }) => providerId);
  await lockLoads(tx, [...providers, ...also]);
  const asks = await openAsks(tx, providers);
  const next: MatchRow[] = [];
  for (const match of open) {
    if (next.length === most) break;
    const asked = asks.get(match.providerId) ?? 0;
    if (asked >= dispatchRules[request.kind].openAsks) continue;
    if (!(await takePlace(tx, match, monthOf(match, now)))) continue;
    asks.set(match.providerId, asked + 1);
    next.push(match);
  }
  return next;
}

/**
 * Takes the place of the match that somebody chose. All 409: `capacity-gone`, `provider-busy` (with more questions
 * open than it answers, and than it has places); with `alternatives`, matches of the list that can be chosen instead.
 */
export async function takeChosen(
  tx: Transaction,
  { request, match, waiting, now }: Waiting & { match: MatchRow },
): Promise<void> {
  const instead = async () => ({
    details: { alternatives: await alternatives(tx, { request, waiting, now }, match) },
  });
  if (!(await takePlace(tx, match, monthOf(match, now))))
    throw new DomainError(
      "conflict",
      "capacity-gone",
      "This provider has no place left this month.",
      await instead(),
    );
  const most = mostAsks(request, match);
  if (most === Infinity) return;
  await lockLoads(tx, [match.providerId]);
  const asks = await openAsks(tx, [match.providerId]);
  if ((asks.get(match.providerId) ?? 0) >= most)
    throw new DomainError(
      "conflict",
      "provider-busy",
      "This provider has more questions open than it can answer.",
      await instead(),
    );
}

/** Who is chosen is asked as long as there are places: it said itself how many it can serve. */
function mostAsks({ kind }: RequestRow, { monthlyCapacity }: MatchRow): number {
  return Math.max(dispatchRules[kind].openAsks, monthlyCapacity ?? Infinity);
}

/** As it is now: whoever picks one may still be too late. */
async function alternatives(
  tx: Transaction,
  { request, waiting, now }: Waiting,
  refused: MatchRow,
): Promise<string[]> {
  const others = waiting.filter(({ id }) => id !== refused.id);
  const taken = await placesTaken(tx, others, now);
  const open = others.filter((match) => hasPlace(match, taken));
  const asks = await openAsks(
    tx,
    open.map(({ providerId }) => providerId),
  );
  return open
    .filter((match) => (asks.get(match.providerId) ?? 0) < mostAsks(request, match))
    .map(({ id }) => id);
}

function hasPlace(match: MatchRow, taken: (match: MatchRow) => number): boolean {
  return match.monthlyCapacity === null || taken(match) < match.monthlyCapacity;
}

/** What of a request's list can still be asked, best first. */
export function stillListed({ round }: Pick<RequestRow, "round">, all: readonly MatchRow[]): MatchRow[] {
  return all.filter((match) => match.round === round && match.state === "listed");
}

/** Its question was taken back by the producer: its provider has said no word, and may be asked again. */
export function isTakenBack({ state, withdrawnBecause }: MatchRow): boolean {
  return state === "withdrawn" && withdrawnBecause === "taken-back";
}
