import { listBulletins } from "@minka/contracts/bulletins";
import { listEndorsements } from "@minka/contracts/endorsements";
import { listInvitations } from "@minka/contracts/imports";
import { listLots, type Lot, type LotState } from "@minka/contracts/lots";
import { listMembers, readMemberFigures } from "@minka/contracts/memberships";
import { listBoard } from "@minka/contracts/organizations";
import { listPlans } from "@minka/contracts/plans";
import { listPoolDeliveries } from "@minka/contracts/pool-deliveries";
import { listPools, readPool, type PoolState } from "@minka/contracts/pools";
import { limaDay } from "@minka/domain/lima-time";
import type { Listed } from "../purchases/purchase-words.ts";
import { isBroker, isManager, readDesk, type DeskVisit } from "./own-organization.ts";

/** A purchase that closes within this is looked into: is there a price, is there enough? */
const soonMs = 4 * 24 * 60 * 60 * 1000;
/** More than these at once are followed on their own pages. */
const most = 8;

/** All that may wait for somebody of the organization. What this person may not see is left out. */
export async function readToday(visit: DeskVisit) {
  const desk = await readDesk(visit);
  const params = visit.params;
  const { organizationId } = params;
  const [manages, arranges] = [isManager(desk), isBroker(desk)];
  const [asking, figures, invitations, board, pools, lots, endorsements, plans, bulletins] =
    await Promise.all([
      visit.callIfAny(listMembers, { params, query: { state: "asked", waitsFor: "organization" } }),
      visit.callIfAny(readMemberFigures, { params }),
      arranges ? visit.callIfAny(listInvitations, { params, query: { state: "waiting", limit: 1 } }) : null,
      visit.callIfAny(listBoard, { params }),
      arranges ? readPools(visit) : { pools: [], running: [] },
      arranges ? readLots(visit) : { lots: [], runningLots: [] },
      arranges && !visit.person.actedBy ? readEndorsements(visit) : [],
      manages ? visit.callIfAny(listPlans, { query: { organizationId, limit: 20 } }) : null,
      manages ? visit.callIfAny(listBulletins, { query: { organizationId, limit: 20 } }) : null,
    ]);
  return {
    desk,
    asking: asking ?? { items: [], next: null },
    figures,
    unasked: invitations?.count ?? 0,
    seats: board?.seats ?? null,
    ...pools,
    ...lots,
    endorsements,
    plans: plans?.items.filter(({ state }) => state === "draft") ?? [],
    bulletins: bulletins?.items.filter(({ state }) => state === "draft") ?? [],
  };
}
export type Today = Awaited<ReturnType<typeof readToday>>;

export type TodaysPool = {
  readonly pool: Listed;
  /** How many suppliers have quoted; null where it was not asked. */
  readonly quotes: number | null;
  readonly withoutDay: number;
  readonly due: number;
  readonly claims: number;
};

async function readPools(visit: DeskVisit): Promise<{ pools: TodaysPool[]; running: readonly Listed[] }> {
  const { organizationId: organizerId } = visit.params;
  const inState = async (state: PoolState): Promise<readonly Listed[]> =>
    (await visit.callIfAny(listPools, { query: { organizerId, state, limit: 20 } }))?.items ?? [];
  const [open, proposed, undecided, ordered] = await Promise.all([
    inState("open"),
    inState("proposed"),
    inState("undecided"),
    inState("ordered"),
  ]);
  const plain = (pool: Listed): TodaysPool => ({ pool, quotes: null, withoutDay: 0, due: 0, claims: 0 });
  const endsSoon = ({ deadline }: Listed) => Date.parse(deadline) - visit.now.getTime() < soonMs;
  const pools = [
    ...[...proposed, ...undecided].map(plain),
    ...(await Promise.all(
      open
        .filter(endsSoon)
        .slice(0, most)
        .map(async (pool) => {
          const found = await visit.callIfAny(readPool, { params: { poolId: pool.id }, query: {} });
          return { ...plain(pool), quotes: found?.pool.quotes ?? null };
        }),
    )),
    ...(await Promise.all(ordered.slice(0, most).map((pool) => readDeliveries(visit, plain(pool))))),
  ];
  return { pools, running: open.filter((pool) => !endsSoon(pool)) };
}

async function readDeliveries(visit: DeskVisit, standing: TodaysPool): Promise<TodaysPool> {
  const params = { poolId: standing.pool.id };
  const found = await visit.callIfAny(listPoolDeliveries, { params, query: {} });
  const deliveries = found?.deliveries ?? [];
  const planned = deliveries.filter(({ state }) => state === "planned");
  return {
    ...standing,
    withoutDay: planned.filter(({ day }) => day === null).length,
    due: planned.filter(({ day }) => day !== null && day <= visit.today).length,
    claims: deliveries.reduce((sum, { openClaims }) => sum + openClaims, 0),
  };
}

/** Lots of which a day has come, and those that are to be sold or settled; and apart those that run by themselves. */
async function readLots(visit: DeskVisit): Promise<{ lots: readonly Lot[]; runningLots: readonly Lot[] }> {
  const { organizationId: organizerId } = visit.params;
  const inState = async (state: LotState) =>
    (
      await visit.callIfAny(listLots, {
        query: { organizerKind: "organization", organizerId, state, limit: 20 },
      })
    )?.items ?? [];
  const [open, collecting, composed] = await Promise.all([
    inState("open"),
    inState("collecting"),
    inState("composed"),
  ]);
  const closes = ({ pledgeUntil }: Lot) => limaDay(new Date(pledgeUntil)) <= visit.today;
  const begun = ({ collectFrom }: Lot) => collectFrom <= visit.today;
  return {
    lots: [...open.filter(closes), ...collecting.filter(begun), ...composed],
    runningLots: [...open.filter((lot) => !closes(lot)), ...collecting.filter((lot) => !begun(lot))],
  };
}

async function readEndorsements(visit: DeskVisit) {
  const { organizationId } = visit.params;
  const [asked, proposed] = await Promise.all([
    visit.callIfAny(listEndorsements, { query: { organizationId, state: "asked", limit: 20 } }),
    visit.callIfAny(listEndorsements, { query: { organizationId, state: "proposed", limit: 20 } }),
  ]);
  const mine = [
    ...(asked?.items ?? []),
    ...(proposed?.items ?? []).filter(({ proposedByYou }) => !proposedByYou),
  ];
  const names = await visit.namesOf(mine.map(({ personId }) => personId));
  return mine.map((one) => ({ ...one, name: names.get(one.personId) ?? "Una socia o socio" }));
}
