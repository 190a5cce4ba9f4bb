import { providerSilent } from "@minka/contracts/events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Act } from "@minka/service/act";
import { and, asc, count, eq, inArray, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { matches, type MatchRow } from "../tables.ts";
import { askLoad } from "./ask-load-tables.ts";

/** Who answers none of so many in a row, and nothing else for two weeks, does not look at what it is asked. */
export const silentAsks = 5;
const silentMs = 14 * 24 * 60 * 60 * 1000;

/** Locks what several providers are being asked, in one order; after places, and before money and standings. */
export async function lockLoads(tx: Transaction, providerIds: readonly string[]): Promise<void> {
  const ids = [...new Set(providerIds)].toSorted();
  if (ids.length === 0) return;
  const lock = () =>
    tx
      .select({ id: askLoad.providerId })
      .from(askLoad)
      .where(inArray(askLoad.providerId, ids))
      .orderBy(asc(askLoad.providerId))
      .for("update");
  // A provider's row is there from its first ask on. Where one is missing, all are made before any is locked.
  const known = await tx
    .select({ id: askLoad.providerId })
    .from(askLoad)
    .where(inArray(askLoad.providerId, ids));
  if (known.length < ids.length)
    await tx
      .insert(askLoad)
      .values(ids.map((providerId) => ({ providerId })))
      .onConflictDoNothing();
  await lock();
}

/** How many questions of each are open. Exact while their loads are locked. */
export async function openAsks(
  tx: Transaction,
  providerIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx
    .select({ providerId: matches.providerId, open: count() })
    .from(matches)
    .where(and(inArray(matches.providerId, [...providerIds]), eq(matches.state, "asked")))
    .groupBy(matches.providerId);
  return new Map(rows.map(({ providerId, open }) => [providerId, open]));
}

/** It answered, yes or no: it looks at what it is asked. */
export async function noteAnswer(tx: Transaction, act: Act, { providerId }: MatchRow): Promise<void> {
  const heard = { silentInRow: 0, answeredAt: act.at };
  await tx
    .insert(askLoad)
    .values({ providerId, ...heard })
    .onConflictDoUpdate({ target: askLoad.providerId, set: heard });
}

/** It let a question run out. Once it has answered nothing for long, it is sent to rest: catalog hears of it. */
export async function noteSilence(tx: Transaction, act: Act, match: MatchRow): Promise<void> {
  const { providerId, providerPersonId: personId } = match;
  const [load] = await tx
    .insert(askLoad)
    .values({ providerId, silentInRow: 1 })
    .onConflictDoUpdate({
      target: askLoad.providerId,
      set: { silentInRow: sql`${askLoad.silentInRow} + 1` },
    })
    .returning();
  const longAgo = (at: Date | null) => at === null || at.getTime() <= act.at.getTime() - silentMs;
  if (!load || load.silentInRow < silentAsks || !longAgo(load.answeredAt) || !longAgo(load.restedAt)) return;
  await tx.update(askLoad).set({ restedAt: act.at }).where(eq(askLoad.providerId, providerId));
  await record(tx, act, "provider.silent", `provider:${providerId}`);
  await emit(tx, providerSilent, { providerId, personId }, act);
}
