import { listProviders } from "@minka/contracts/catalog";
import { readPoolAward, type PoolAward } from "@minka/contracts/pool-awards";
import { listDeliveryClaims, listPoolDeliveries, type PoolDelivery } from "@minka/contracts/pool-deliveries";
import { listPoolOrders } from "@minka/contracts/pool-orders";
import { listPoolQuotes, listPoolSuppliers, type PoolQuote } from "@minka/contracts/pool-quotes";
import { readPool, type Pool } from "@minka/contracts/pools";
import type { Answer } from "@minka/contracts/endpoint";
import { DomainError } from "@minka/domain/errors";
import { readSilent, type Silent } from "../invitations/silent-part.ts";
import { readMembers, type Members } from "../organization-desk/choose-member.ts";
import type { SignedVisit } from "../../visits/visit.ts";

export type Claims = Answer<typeof listDeliveryClaims>["claims"];

/** What who arranges a joint purchase sees of it. */
export type Desk = {
  readonly pool: Pool;
  readonly orders: Answer<typeof listPoolOrders>;
  readonly suppliers: Answer<typeof listPoolSuppliers>["suppliers"];
  /** Null while they are sealed. */
  readonly quotes: readonly PoolQuote[] | null;
  readonly award: PoolAward | null;
  readonly deliveries: readonly PoolDelivery[];
  /** What was missing or wrong, by delivery. */
  readonly claims: ReadonlyMap<string, Claims>;
  /** Who may still be put down, while it is open. */
  readonly members: Members | null;
  readonly invitable: readonly { readonly id: string; readonly name: string }[];
  readonly names: ReadonlyMap<string, string>;
  /** Members who have not answered, while it is open. */
  readonly silent: Silent | null;
};

export type DeskParams = { readonly organizationId: string; readonly poolId: string };
export type DeskVisit = SignedVisit<DeskParams>;

/** Another organizer's purchase is not found under this one's address. */
export function refuseOthers({ organizer }: Pool, organizationId: string): void {
  if (organizer.id !== organizationId)
    throw new DomainError("not-found", "no-such-page", "This organization has no such purchase.");
}

export async function readDesk(visit: DeskVisit): Promise<Desk> {
  const params = { poolId: visit.params.poolId };
  const cursor = visit.query["desde"];
  const { pool } = await visit.call(readPool, { params, query: {} });
  refuseOthers(pool, visit.params.organizationId);
  const open = pool.state === "open";
  const [orders, { suppliers }, quoted, awarded, brought, members, sellers, silent] = await Promise.all([
    visit.call(listPoolOrders, { params, query: { limit: 100, ...(cursor ? { cursor } : {}) } }),
    visit.call(listPoolSuppliers, { params }),
    visit.callIfAny(listPoolQuotes, { params, query: {} }),
    pool.awardId ? visit.callIfAny(readPoolAward, { params: { awardId: pool.awardId } }) : null,
    pool.orderedAt ? visit.call(listPoolDeliveries, { params, query: {} }) : { deliveries: [] },
    open ? readMembers(visit) : null,
    open
      ? visit.callIfAny(listProviders, { query: { providerKind: "supplier", limit: 100, sort: "name" } })
      : null,
    open ? readSilent(visit, { kind: "pool", id: pool.id }) : null,
  ]);
  const award = awarded?.award ?? null;
  const inIt = new Set(orders.items.flatMap(({ personId, state }) => (state === "left" ? [] : [personId])));
  const invited = new Set(suppliers.map(({ providerId }) => providerId));
  return {
    pool,
    orders,
    suppliers,
    quotes: quoted?.quotes ?? null,
    award,
    deliveries: brought.deliveries,
    claims: await readClaims(visit, brought.deliveries),
    members: members && {
      ...members,
      people: members.people.filter(({ personId }) => !inIt.has(personId)),
    },
    invitable: (sellers?.items ?? []).filter(({ id }) => !invited.has(id)),
    names: award
      ? await visit.namesOf([
          ...award.makers,
          award.approvedBy,
          ...award.orders.map(({ personId }) => personId),
        ])
      : new Map(),
    silent,
  };
}

/** Those that came, or did not, have what can be claimed of them. */
export async function readClaims(
  visit: SignedVisit,
  deliveries: readonly PoolDelivery[],
): Promise<ReadonlyMap<string, Claims>> {
  const past = deliveries.filter(({ state, openClaims }) => state !== "planned" || openClaims > 0);
  const claims = await Promise.all(
    past.map(async ({ id }) => {
      const found = await visit.callIfAny(listDeliveryClaims, { params: { deliveryId: id } });
      return [id, found?.claims ?? []] as const;
    }),
  );
  return new Map(claims);
}
