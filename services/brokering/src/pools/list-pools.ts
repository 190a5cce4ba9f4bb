import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { listJoinablePools, listOwnPoolOrders, listPoolOrders } from "@minka/contracts/pool-orders";
import type { listPools as contract } from "@minka/contracts/pools";
import { membershipRoles } from "@minka/contracts/memberships";
import { listMemberships } from "@minka/contracts/memberships";
import { contactCards, readPerson } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import {
  and,
  arrayContains,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  lt,
  or,
  type SQL,
} from "@minka/database/query";
import { z } from "zod";
import { refuseUnlessThemself } from "../authority.ts";
import { findPool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { readOrderViews } from "./order-view.ts";
import { standingOrders } from "./pool-lifecycle.ts";
import { poolOrders } from "./pool-orders-tables.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { standingViews } from "./pool-view.ts";
import { pools } from "./pools-tables.ts";

type Reading = Pick<Calling, "db" | "call" | "clock">;

/**
 * What is open to everybody, the next deadline first; or all of an organizer's, the newest first, for its people.
 * `cursor-wrong` (422).
 */
export async function listPools(
  { db, call, clock }: Reading,
  context: Context,
  { query: { districtCode, product, organizerId, state, cursor, limit } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const wanted = and(
    districtCode === undefined ? undefined : arrayContains(pools.districts, [districtCode]),
    product === undefined ? undefined : eq(pools.product, product),
  );
  if (organizerId !== undefined) {
    const [any] = await db.read.select().from(pools).where(eq(pools.organizerId, organizerId)).limit(1);
    if (any) await refuseUnlessOrganizer(call, context, any);
    const rows = await db.read
      .select()
      .from(pools)
      .where(
        and(
          wanted,
          eq(pools.organizerId, organizerId),
          state === undefined ? undefined : eq(pools.state, state),
          cursor === undefined ? undefined : lt(pools.id, uuidCursor(cursor)),
        ),
      )
      .orderBy(desc(pools.id))
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    return {
      items: await standingViews(db.read, shown),
      next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    };
  }
  const rows = await db.read
    .select()
    .from(pools)
    .where(
      and(
        wanted,
        eq(pools.state, "open"),
        gt(pools.deadline, clock()),
        eq(pools.joiners, "members_and_neighbours"),
        cursor === undefined ? undefined : afterDeadline(cursor),
      ),
    )
    .orderBy(asc(pools.deadline), asc(pools.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await standingViews(db.read, shown),
    next: rows.length > limit && last ? `${last.deadline.getTime()}_${last.id}` : null,
  };
}

function afterDeadline(cursor: string): SQL | undefined {
  const [time = "", id = ""] = cursor.split("_");
  if (!/^\d{1,13}$/.test(time)) throw cursorWrong();
  const at = new Date(Number(time));
  return or(gt(pools.deadline, at), and(eq(pools.deadline, at), gt(pools.id, uuidCursor(id))));
}

export function uuidCursor(cursor: string): string {
  if (!z.uuid().safeParse(cursor).success) throw cursorWrong();
  return cursor;
}

const cursorWrong = () =>
  new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.", {
    errors: [{ path: "query.cursor", message: "is not one that a page gave" }],
  });

/** Who wants how much, in the order of joining, with names for the organizer's people. */
export async function listOrders(
  { db, call }: Reading,
  context: Context,
  { params: { poolId }, query: { cursor, limit } }: HandlerInput<typeof listPoolOrders>,
): Promise<Answer<typeof listPoolOrders>> {
  await refuseUnlessOrganizer(call, context, await findPool(db.read, poolId));
  const rows = await db.read
    .select()
    .from(poolOrders)
    .where(
      and(
        eq(poolOrders.poolId, poolId),
        cursor === undefined ? undefined : gt(poolOrders.id, uuidCursor(cursor)),
      ),
    )
    .orderBy(asc(poolOrders.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const personIds = shown.map(({ personId }) => personId);
  const { trace } = context;
  const { contacts } =
    personIds.length === 0 ? { contacts: [] } : await call(contactCards, { body: { personIds } }, { trace });
  const names = new Map(contacts.map(({ personId, name }) => [personId, name]));
  const views = await readOrderViews(db.read, shown);
  return {
    items: views.map((view) => ({ ...view, name: names.get(view.personId) ?? null })),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

export async function listOwnOrders(
  { db }: Reading,
  { actor }: Context,
  { params: { personId }, query: { cursor, limit } }: HandlerInput<typeof listOwnPoolOrders>,
): Promise<Answer<typeof listOwnPoolOrders>> {
  refuseUnlessThemself(actor, personId);
  const rows = await db.read
    .select({ order: poolOrders, pool: pools })
    .from(poolOrders)
    .innerJoin(pools, eq(pools.id, poolOrders.poolId))
    .where(
      and(
        eq(poolOrders.personId, personId),
        cursor === undefined ? undefined : lt(poolOrders.id, uuidCursor(cursor)),
      ),
    )
    .orderBy(desc(poolOrders.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const orders = await readOrderViews(
    db.read,
    shown.map(({ order }) => order),
  );
  const views = await standingViews(
    db.read,
    shown.map(({ pool }) => pool),
  );
  return {
    items: orders.flatMap((order, index) => {
      const pool = views[index];
      return pool ? [{ order, pool }] : [];
    }),
    next: rows.length > limit ? (shown.at(-1)?.order.id ?? null) : null,
  };
}

const mostJoinable = 20;
/** What people call just fertilizer. */
const fertilizers = ["urea", "dap", "potassium_chloride", "npk", "guano", "compost", "fertilizer"] as const;

/** What a person's message about a joint purchase may mean, and what they may choose from. `not-yours` (403). */
export async function listJoinable(
  { db, call, clock }: Reading,
  { actor, trace }: Context,
  { params: { personId }, query }: HandlerInput<typeof listJoinablePools>,
): Promise<Answer<typeof listJoinablePools>> {
  refuseUnlessThemself(actor, personId);
  const { memberships } = await call(listMemberships, { params: { personId } }, { trace });
  const { person } = await call(readPerson, { params: { personId } }, { trace });
  const districtCode = query.districtCode ?? person.districtCode;
  const organizations = memberships
    .filter(({ state, role }) => state === "active" && membershipRoles.includes(role))
    .map(({ organizationId }) => organizationId);
  const wanted =
    query.product === undefined
      ? undefined
      : query.product === "fertilizer"
        ? inArray(pools.product, [...fertilizers])
        : eq(pools.product, query.product);
  const open = and(
    eq(pools.state, "open"),
    gt(pools.deadline, clock()),
    or(
      organizations.length === 0
        ? undefined
        : and(eq(pools.organizerKind, "organization"), inArray(pools.organizerId, organizations)),
      districtCode === null
        ? undefined
        : and(eq(pools.joiners, "members_and_neighbours"), arrayContains(pools.districts, [districtCode])),
    ),
  );
  // Who came at the deadline's second is told what they have in it, whatever the second is by then.
  const isIn = and(inArray(pools.state, ["open", "closed"]), isNotNull(poolOrders.id));
  const rows = await db.read
    .select({ pool: pools, order: poolOrders })
    .from(pools)
    .leftJoin(
      poolOrders,
      and(
        eq(poolOrders.poolId, pools.id),
        eq(poolOrders.personId, personId),
        inArray(poolOrders.state, [...standingOrders]),
      ),
    )
    .where(and(wanted, or(open, isIn, eq(poolOrders.state, "asked"))))
    .orderBy(asc(pools.deadline), asc(pools.id))
    .limit(mostJoinable);
  const views = await standingViews(
    db.read,
    rows.map(({ pool }) => pool),
  );
  const orders = await readOrderViews(
    db.read,
    rows.flatMap(({ order }) => (order ? [order] : [])),
  );
  return {
    pools: views.map((view) => ({ ...view, order: orders.find(({ poolId }) => poolId === view.id) ?? null })),
  };
}
