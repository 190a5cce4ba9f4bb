import type { withdrawalCauses } from "@minka/contracts/asks";
import { matchWithdrawn } from "@minka/contracts/events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { freePlace, lockPlaces } from "../capacity/places.ts";
import { closeQuote, openQuote } from "../quotes/open-quote.ts";
import { release } from "../sponsorships/reserve.ts";
import { matches, type MatchRow } from "../tables.ts";
import { matchLifecycle } from "./match-lifecycle.ts";

/** With their provider asked, or waiting for the producer to answer the provider's price or day. */
export const isOpenAsk = ({ state }: Pick<MatchRow, "state">): boolean =>
  state === "asked" || state === "quoted";

type Withdrawing = {
  matches: readonly MatchRow[];
  role: Role;
  cause: (typeof withdrawalCauses)[number];
};

/**
 * Takes back what providers were asked: their places are free, nothing is said of it in their standing, and each is
 * told. The request's row must be locked.
 */
export async function withdrawAsked(
  tx: Transaction,
  act: Act,
  { matches: asked, role, cause }: Withdrawing,
): Promise<void> {
  await lockPlaces(tx, asked, act.at);
  for (const match of asked) {
    await tx
      .update(matches)
      .set({
        state: nextState(matchLifecycle, match.state, "withdraw", role),
        capacityMonth: null,
        withdrawnBecause: cause,
      })
      .where(eq(matches.id, match.id));
    const proposed = await openQuote(tx, match.id);
    if (proposed) await closeQuote(tx, proposed, "superseded");
    await record(tx, act, "match.withdraw", `match:${match.id}`);
    await freePlace(tx, match);
    await emit(tx, matchWithdrawn, { requestId: match.requestId, matchId: match.id, cause }, act);
  }
  for (const { id } of asked) await release(tx, act, id);
}
