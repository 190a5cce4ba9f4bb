import { listAudience } from "@minka/contracts/audiences";
import { audience } from "@minka/contracts/bulletins";
import { listMemberIds } from "@minka/contracts/memberships";
import { readTraits } from "@minka/contracts/traits";
import { nudgeAfterCommit } from "@minka/database/connect";
import type { Caller } from "@minka/http/caller";
import type { Job } from "@minka/queue/worker";
import { timerAct } from "@minka/service/act";
import { asc, eq, isNotNull, sql } from "@minka/database/query";
import { tellPeople } from "../telling/tell-people.ts";
import { findPool, lockPool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { pools, type PoolRow } from "./pools-tables.ts";

/** What is left to tell: `members` or `neighbours`, with the last one of the page before. */
type Page = { personIds: readonly string[]; next: string | null };

/**
 * The job `invite-people`: tells who may join that a pool is open, a page at a time: its members, then the neighbours
 * who agreed to bulletins. Who opened it knows.
 */
export function invitePeopleJob({ db, clock, call }: Calling): Job {
  const due = db.read
    .select({ id: pools.id, trace: pools.trace })
    .from(pools)
    .where(isNotNull(pools.inviting))
    .orderBy(asc(pools.id))
    .limit(sql.placeholder("limit"))
    .prepare("pools_inviting_people");
  return {
    due: (limit) => due.execute({ limit }),
    async run(id, trace) {
      const before = await findPool(db.read, id);
      if (before.inviting === null) return;
      const page =
        before.state === "open" ? await readPage(call, trace, before) : { personIds: [], next: null };
      await db.transaction(async (tx) => {
        const pool = await lockPool(tx, id);
        // Told meanwhile by another worker.
        if (pool.inviting !== before.inviting) return;
        const told = page.personIds.filter((personId) => !pool.makers.includes(personId));
        const act = timerAct(clock(), trace);
        if (pool.state === "open") await tellPeople(tx, act, { kind: "pool-opened", id }, told);
        await tx.update(pools).set({ inviting: page.next }).where(eq(pools.id, id));
        if (page.next !== null)
          nudgeAfterCommit(tx, { service: "brokering", job: "invite-people", id, trace });
      });
    },
  };
}

async function readPage(call: Caller, trace: string, pool: PoolRow): Promise<Page> {
  const [whose, after] = (pool.inviting ?? "").split(":");
  return whose === "members" ? members(call, trace, pool, after) : neighbours(call, trace, pool, after);
}

async function members(
  call: Caller,
  trace: string,
  { organizerId, joiners }: PoolRow,
  after: string | undefined,
): Promise<Page> {
  const query = after === undefined ? {} : { after };
  const { personIds, next } = await call(
    listMemberIds,
    { params: { organizationId: organizerId }, query },
    { trace },
  );
  if (next !== null) return { personIds, next: `members:${next}` };
  return { personIds, next: joiners === "members" ? null : "neighbours" };
}

async function neighbours(
  call: Caller,
  trace: string,
  { organizerId, districts }: PoolRow,
  after: string | undefined,
): Promise<Page> {
  const body = { ...audience.parse({ districts }), after: after ?? null };
  const { people, next } = await call(listAudience, { body }, { trace });
  const personIds = people.map(({ personId }) => personId);
  if (personIds.length === 0) return { personIds, next: null };
  const { traits } = await call(readTraits, { body: { personIds } }, { trace });
  const isMember = new Set(
    traits
      .filter(({ organizationIds }) => organizationIds.includes(organizerId))
      .map(({ personId }) => personId),
  );
  return {
    personIds: personIds.filter((personId) => !isMember.has(personId)),
    next: next === null ? null : `neighbours:${next}`,
  };
}
