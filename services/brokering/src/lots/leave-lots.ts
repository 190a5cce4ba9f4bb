import type { Transaction } from "@minka/database/connect";
import type { Act, Means } from "@minka/service/act";
import { and, asc, eq, inArray, isNull, ne, or, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { withdraw } from "../pledges/end-pledge.ts";
import { lockPledge } from "../pledges/lock-pledge.ts";
import { pledgePlots, pledges } from "../pledges/pledges-tables.ts";
import { giveUp, isSigned } from "./change-lot.ts";
import { lotContracts } from "./contracts-tables.ts";
import { lockLot } from "./lock-lot.ts";
import { lotLifecycle } from "./lot-lifecycle.ts";
import { lots } from "./lots-tables.ts";

/** What an erased provider is called in the history of others. */
const erasedProvider = "Proveedor retirado";

/**
 * Somebody is erased: what they offered and nobody has decided on is withdrawn, and where it would have grown goes with
 * it. What is in a composed or settled lot stays as a weight without a name, and lots that they arranged alone end. Each
 * pledge and lot is a transaction of its own.
 */
export async function leaveLots(
  means: Means,
  act: Act,
  { personId, providerIds }: { personId: string; providerIds: readonly string[] },
): Promise<void> {
  await withdrawPledges(means, act, personId);
  await endOrganized(means.db, act, providerIds);
  await means.db.transaction((tx) => forget(tx, act, { personId, providerIds }));
}

/** What a person offered and nobody has decided on is withdrawn. A second time it does nothing. */
export async function withdrawPledges({ db }: Means, act: Act, personId: string): Promise<void> {
  const open = await db.read
    .select({ id: pledges.id })
    .from(pledges)
    .innerJoin(lots, eq(lots.id, pledges.lotId))
    .where(
      and(
        eq(pledges.personId, personId),
        eq(pledges.state, "open"),
        inArray(lots.state, ["open", "collecting"]),
      ),
    )
    .orderBy(asc(pledges.id));
  for (const { id } of open)
    await db.transaction(async (tx) => {
      const { lot, pledge } = await lockPledge(tx, id);
      if (pledge.state === "open" && (lot.state === "open" || lot.state === "collecting"))
        await withdraw(tx, act, pledge, "system");
    });
}

/** Nobody collects any more what an erased provider was to collect; what was signed is kept. */
async function endOrganized(db: Means["db"], act: Act, providerIds: readonly string[]): Promise<void> {
  if (providerIds.length === 0) return;
  const organized = await db.read
    .select({ id: lots.id })
    .from(lots)
    .where(
      and(
        eq(lots.organizerKind, "provider"),
        inArray(lots.organizerId, [...providerIds]),
        inArray(lots.state, [...lotLifecycle.cancel.from]),
      ),
    )
    .orderBy(asc(lots.id));
  for (const { id } of organized)
    await db.transaction(async (tx) => {
      const lot = await lockLot(tx, id);
      if (!lotLifecycle.cancel.from.some((state) => state === lot.state) || (await isSigned(tx, id))) return;
      await giveUp(tx, act, { lot, role: "system" });
    });
}

async function forget(
  tx: Transaction,
  act: Act,
  { personId, providerIds }: { personId: string; providerIds: readonly string[] },
): Promise<void> {
  const unsold = tx
    .select({ id: pledges.id })
    .from(pledges)
    .where(
      and(
        eq(pledges.personId, personId),
        or(ne(pledges.state, "open"), isNull(pledges.takenGrams), eq(pledges.takenGrams, 0)),
      ),
    );
  const gone = await tx
    .delete(pledgePlots)
    .where(inArray(pledgePlots.pledgeId, unsold))
    .returning({ plotId: pledgePlots.plotId });
  const noted = await tx
    .update(pledges)
    .set({ flags: [], variety: null })
    .where(
      and(
        eq(pledges.personId, personId),
        sql`(${pledges.flags} <> '[]'::jsonb or ${pledges.variety} is not null)`,
      ),
    )
    .returning({ id: pledges.id });
  if (gone.length + noted.length > 0) await record(tx, act, "pledge.forget", personId);
  if (providerIds.length === 0) return;
  const organized = await tx
    .update(lots)
    .set({ organizerName: erasedProvider })
    .where(
      and(
        eq(lots.organizerKind, "provider"),
        inArray(lots.organizerId, [...providerIds]),
        ne(lots.organizerName, erasedProvider),
      ),
    )
    .returning({ id: lots.id });
  const linked = await tx
    .update(lots)
    .set({ demand: sql`jsonb_set(${lots.demand}, '{providerName}', to_jsonb(${erasedProvider}::text))` })
    .where(
      and(inArray(lots.buyerId, [...providerIds]), sql`${lots.demand}->>'providerName' <> ${erasedProvider}`),
    )
    .returning({ id: lots.id });
  const bought = await tx
    .update(lotContracts)
    .set({ buyerName: erasedProvider })
    .where(and(inArray(lotContracts.buyerId, [...providerIds]), ne(lotContracts.buyerName, erasedProvider)))
    .returning({ id: lotContracts.id });
  if (organized.length + linked.length + bought.length > 0) await record(tx, act, "lot.unname", personId);
}
