import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { listMemberIds, listMemberships } from "@minka/contracts/memberships";
import type {
  listLotInvitees as inviteesContract,
  listLots as listContract,
  readLot as readContract,
} from "@minka/contracts/lots";
import { readTraits } from "@minka/contracts/traits";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import { and, desc, eq, exists, inArray, isNotNull, lt, ne, notExists, or } from "@minka/database/query";
import { z } from "zod";
import { refuseUnlessProvider, refuseUnlessThemself } from "../authority.ts";
import { pledges } from "../pledges/pledges-tables.ts";
import { lotContracts } from "./contracts-tables.ts";
import { findLot } from "./lock-lot.ts";
import {
  isMember,
  isOrganizer,
  isStaff,
  readOrganizer,
  refuseUnlessOrganizer,
} from "../organizers/organizer.ts";
import { lotViews } from "./lot-view.ts";
import { lotPoints, lots, type LotRow } from "./lots-tables.ts";
import type { Calling } from "./open-lot.ts";

type Asking = Pick<Context, "actor" | "trace">;

/** One lot. `no-such-lot` (404), `not-your-lot` (403). */
export async function readLot(
  means: Calling,
  asking: Asking,
  { params: { lotId } }: HandlerInput<typeof readContract>,
): Promise<HandlerAnswer<typeof readContract>> {
  const row = await findLot(means.db.read, lotId);
  if (!(await concerns(means, asking, row))) throw notYourLot();
  const [lot] = await lotViews(means.db.read, [row]);
  if (!lot) throw new Error("a lot that was read is not there");
  return { lot };
}

export const notYourLot = () => new DomainError("forbidden", "not-your-lot", "This lot is of others.");

async function concerns({ db, call }: Calling, { actor, trace }: Asking, lot: LotRow): Promise<boolean> {
  if (actor.kind === "service") return true;
  if (actor.kind !== "person") return false;
  const forAll = lot.openToNeighbours || lot.organizerKind === "provider";
  if (actor.operator || (lot.state === "open" && forAll)) return true;
  if (await isOrganizer(call, { actor, trace }, lot)) return true;
  const { personId } = actor;
  const [own] = await db.read
    .select({ id: pledges.id })
    .from(pledges)
    .where(and(eq(pledges.lotId, lot.id), eq(pledges.personId, personId)))
    .limit(1);
  if (own) return true;
  if (lot.organizerKind === "organization" && (await isMember(call, personId, lot.organizerId, trace)))
    return true;
  for (const buyerId of await buyersOf(db.read, lot))
    if (await isStaff(call, actor, buyerId, trace)) return true;
  return false;
}

/** Whose offer it answers, and with whom it has or had a contract to negotiate. */
async function buyersOf(queries: Calling["db"]["read"], lot: LotRow): Promise<string[]> {
  const rows = await queries
    .select({ buyerId: lotContracts.buyerId })
    .from(lotContracts)
    .where(and(eq(lotContracts.lotId, lot.id), ne(lotContracts.state, "ended")));
  return [...new Set([...(lot.buyerId ? [lot.buyerId] : []), ...rows.map(({ buyerId }) => buyerId)])];
}

/**
 * Lots, the newest first: an organizer's, a buyer's, or a person's. `filter-missing` (422) for who is no operator and
 * says neither; `cursor-wrong` (422).
 */
export async function listLots(
  { db, call }: Calling,
  { actor, trace }: Asking,
  { query }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  const { organizerKind = "organization", organizerId, buyerId, state, cursor, limit } = query;
  const { personId, pledged } = query;
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success)
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.");
  const asking = { actor, trace };
  if (organizerId !== undefined && actor.kind === "person") {
    const [any] = await db.read.select().from(lots).where(eq(lots.organizerId, organizerId)).limit(1);
    const { isGroup } = any
      ? { isGroup: any.organizerIsGroup }
      : await readOrganizer(call, { kind: organizerKind, id: organizerId }, trace);
    const organizer = any ?? { organizerKind, organizerId, organizerIsGroup: isGroup };
    await refuseUnlessOrganizer(call, asking, organizer);
  } else if (buyerId !== undefined && actor.kind === "person")
    await refuseUnlessProvider(call, asking, buyerId);
  else if (
    personId === undefined &&
    !(actor.kind === "service" || (actor.kind === "person" && actor.operator))
  )
    throw new DomainError("invalid", "filter-missing", "Say whose lots.", {
      errors: [{ path: "query.organizerId", message: "or buyerId, or personId" }],
    });
  // A buyer learns of nobody what they have a part in.
  if (personId !== undefined && organizerId === undefined) refuseUnlessThemself(actor, personId);
  const rows = await db.read
    .select()
    .from(lots)
    .where(
      and(
        organizerId === undefined ? undefined : eq(lots.organizerId, organizerId),
        buyerId === undefined ? undefined : ofBuyer(db.read, buyerId),
        personId === undefined ? undefined : await ofPerson({ db, call }, personId, trace),
        personId === undefined || pledged === undefined
          ? undefined
          : pledged === "yes"
            ? exists(standing(db.read, personId))
            : notExists(standing(db.read, personId)),
        state === undefined ? undefined : eq(lots.state, state),
        cursor === undefined ? undefined : lt(lots.id, cursor),
      ),
    )
    .orderBy(desc(lots.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    items: await lotViews(db.read, page),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function ofBuyer(queries: Calling["db"]["read"], buyerId: string) {
  const withContract = queries
    .select({ id: lotContracts.id })
    .from(lotContracts)
    .where(and(eq(lotContracts.lotId, lots.id), eq(lotContracts.buyerId, buyerId)));
  return or(and(isNotNull(lots.demand), eq(lots.buyerId, buyerId)), exists(withContract));
}

const standing = (queries: Calling["db"]["read"], personId: string) =>
  queries
    .select({ id: pledges.id })
    .from(pledges)
    .where(and(eq(pledges.lotId, lots.id), eq(pledges.personId, personId), eq(pledges.state, "open")));

/** What they pledged to, and what is open to them: of where they are members, or collected in their district. */
async function ofPerson({ db, call }: Pick<Calling, "db" | "call">, personId: string, trace: string) {
  const { memberships } = await call(listMemberships, { params: { personId } }, { trace });
  const { traits } = await call(readTraits, { body: { personIds: [personId] } }, { trace });
  const districtCode = traits[0]?.districtCode ?? null;
  const near = db.read
    .select({ id: lotPoints.id })
    .from(lotPoints)
    .where(and(eq(lotPoints.lotId, lots.id), eq(lotPoints.districtCode, districtCode ?? "")));
  const theirs = memberships.flatMap(({ state, organizationId }) =>
    state === "active" ? [organizationId] : [],
  );
  const pledged = db.read
    .select({ id: pledges.id })
    .from(pledges)
    .where(and(eq(pledges.lotId, lots.id), eq(pledges.personId, personId)));
  return or(
    exists(pledged),
    theirs.length === 0 ? undefined : and(eq(lots.state, "open"), inArray(lots.organizerId, theirs)),
    and(
      eq(lots.state, "open"),
      or(eq(lots.openToNeighbours, true), eq(lots.organizerKind, "provider")),
      exists(near),
    ),
  );
}

/** Whom to tell of it. `no-such-lot` (404). */
export async function listInvitees(
  { db, call }: Calling,
  { trace }: Pick<Context, "trace">,
  { params: { lotId }, query: { cursor, limit } }: HandlerInput<typeof inviteesContract>,
): Promise<HandlerAnswer<typeof inviteesContract>> {
  const lot = await findLot(db.read, lotId);
  if (lot.organizerKind === "provider") return { personIds: [], next: null };
  return call(
    listMemberIds,
    {
      params: { organizationId: lot.organizerId },
      query: { limit, ...(cursor === undefined ? {} : { after: cursor }) },
    },
    { trace },
  );
}
