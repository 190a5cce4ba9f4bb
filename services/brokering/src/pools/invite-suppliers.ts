import { findCandidates, type Candidate } from "@minka/contracts/catalog";
import { readOffer } from "@minka/contracts/offers";
import { DomainError } from "@minka/domain/errors";
import { inputProducts } from "@minka/domain/vocabulary";
import type { Caller } from "@minka/http/caller";
import type { Job } from "@minka/queue/worker";
import { timerAct } from "@minka/service/act";
import { and, asc, eq, inArray, isNull, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { findPool, lockPool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { pools, poolSuppliers, type PoolRow, type PoolSupplierRow } from "./pools-tables.ts";

/** More would be a list of everybody. */
const mostSuppliers = 30;

type Found = Pick<
  PoolSupplierRow,
  "providerId" | "providerName" | "personId" | "offerId" | "publicTiers" | "publicStockPacks"
>;

/** The job `invite-suppliers`: who offers what a pool is for, where it is for, is asked for a quote. */
export function inviteSuppliersJob({ db, clock, call }: Calling): Job {
  const due = db.read
    .select({ id: pools.id, trace: pools.trace })
    .from(pools)
    .where(isNull(pools.suppliersInvitedAt))
    .orderBy(asc(pools.id))
    .limit(sql.placeholder("limit"))
    .prepare("pools_without_suppliers");
  return {
    due: (limit) => due.execute({ limit }),
    async run(id, trace) {
      const before = await findPool(db.read, id);
      if (before.suppliersInvitedAt !== null) return;
      const found = before.state === "open" ? await findSuppliers(call, trace, before) : [];
      await db.transaction(async (tx) => {
        const pool = await lockPool(tx, id);
        if (pool.suppliersInvitedAt !== null) return;
        const act = timerAct(clock(), trace);
        await tx.update(pools).set({ suppliersInvitedAt: act.at }).where(eq(pools.id, id));
        for (const supplier of found) {
          const row = { ...supplier, poolId: id, found: true, invitedAt: act.at };
          // The organizer is in already when it sells this itself: its public price counts like others'.
          await tx
            .insert(poolSuppliers)
            .values(row)
            .onConflictDoUpdate({
              target: [poolSuppliers.poolId, poolSuppliers.providerId],
              set: {
                offerId: row.offerId,
                publicTiers: row.publicTiers,
                publicStockPacks: row.publicStockPacks,
              },
            });
        }
        await record(tx, act, "pool.invite-suppliers", `pool:${id}`);
        const invited = await tx
          .select({ personId: poolSuppliers.personId })
          .from(poolSuppliers)
          .where(
            and(
              eq(poolSuppliers.poolId, id),
              inArray(
                poolSuppliers.providerId,
                found.map(({ providerId }) => providerId),
              ),
            ),
          );
        const told = invited.map(({ personId }) => personId).filter((one) => !pool.makers.includes(one));
        await tellPeople(tx, act, { kind: "pool-quote-wanted", id }, told);
      });
    },
  };
}

/** Each provider once, with its nearest offer. */
async function findSuppliers(call: Caller, trace: string, pool: PoolRow): Promise<Found[]> {
  const kind = inputProducts.some((input) => input === pool.product)
    ? ("input" as const)
    : ("equipment" as const);
  const [requesterPersonId = ""] = pool.makers;
  const byProvider = new Map<string, Candidate>();
  for (const districtCode of pool.districts) {
    const { candidates } = await call(
      findCandidates,
      { body: { need: { kind, product: pool.product }, districtCode, requesterPersonId, limit: 50 } },
      { trace },
    );
    for (const candidate of candidates)
      if (!byProvider.has(candidate.providerId)) byProvider.set(candidate.providerId, candidate);
    if (byProvider.size >= mostSuppliers) break;
  }
  return Promise.all(
    [...byProvider.values()].slice(0, mostSuppliers).map(async (candidate) => ({
      providerId: candidate.providerId,
      providerName: candidate.providerName,
      personId: candidate.providerPersonId,
      ...(await readPublic(call, trace, pool, candidate.offerId)),
    })),
  );
}

const nothingPublic = { offerId: null, publicTiers: null, publicStockPacks: null };

/** What the offer says to everybody, if it is of the very pack that the pool buys. */
async function readPublic(
  call: Caller,
  trace: string,
  pool: PoolRow,
  offerId: string,
): Promise<Pick<Found, "offerId" | "publicTiers" | "publicStockPacks">> {
  try {
    const { terms } = (await call(readOffer, { params: { offerId } }, { trace })).offer;
    const isPack =
      terms.kind === "input"
        ? terms.pack.amount === pool.packAmount && terms.pack.unit === pool.packUnit
        : terms.kind === "equipment" && terms.mode === "sale";
    if (!isPack || (terms.kind !== "input" && terms.kind !== "equipment")) return nothingPublic;
    return { offerId, publicTiers: terms.tiers, publicStockPacks: terms.stockPacks ?? null };
  } catch (error) {
    // Taken back meanwhile: the provider may quote all the same.
    if (error instanceof DomainError && error.category === "not-found") return nothingPublic;
    throw error;
  }
}
