import { refuseWhileActing } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  listLenderCredits as listContract,
  readLenderCredit as readContract,
} from "@minka/contracts/credit-decisions";
import { readOrganization } from "@minka/contracts/organizations";
import { contactCards } from "@minka/contracts/profiles";
import type { Queries } from "@minka/database/connect";
import type { Context } from "@minka/service/act";
import {
  and,
  asc,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  lt,
  notInArray,
  or,
  sql,
} from "@minka/database/query";
import { refuseUnlessProvider } from "../authority.ts";
import { exposureOf, vouching } from "../endorsements/endorsement-row.ts";
import { endorsements } from "../endorsements/endorsements-tables.ts";
import { guarantees, guarantors } from "../group-guarantees/group-guarantees-tables.ts";
import { isWithLender } from "./credit-lifecycle.ts";
import { findCredit, noSuchCredit } from "./credit-row.ts";
import { credits, type CreditRow } from "./credits-tables.ts";
import { cursorOf } from "./cursor.ts";
import { householdOf } from "./household.ts";
import { refuseUnlessLender } from "./lender-steps.ts";
import { speakerOf, type Calling } from "./speaker.ts";

/** What was sent to a lender, the newest first. `not-your-provider` (403), `cursor-wrong` (422). */
export async function listLenderCredits(
  { db, call }: Calling,
  context: Context,
  { params: { providerId }, query: { state, cursor, limit } }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  refuseWhileActing(context.actor);
  await refuseUnlessProvider(call, context, providerId);
  const hidden = await householdOf(call, speakerOf(context, undefined).personId, context.trace);
  const before = cursorOf(cursor);
  const rows = await db.read
    .select()
    .from(credits)
    .where(
      and(
        eq(credits.lenderId, providerId),
        isNotNull(credits.submittedAt),
        hidden.length > 0 ? or(isNull(credits.personId), notInArray(credits.personId, hidden)) : undefined,
        state === undefined ? undefined : eq(credits.state, state),
        before === undefined ? undefined : lt(credits.id, before),
      ),
    )
    .orderBy(desc(credits.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    items: page.map((row) => ({
      id: row.id,
      kind: row.kind,
      state: row.state,
      amountCentimos: row.amountCentimos,
      months: row.months,
      purpose: row.purpose,
      districtCode: row.districtCode,
      submittedAt: (row.submittedAt ?? row.createdAt).toISOString(),
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/**
 * All that a lender sees: the request itself, what vouches for it, and counts and sums of what the person did here
 * where they agreed to that. Who they are is gone once the lender has no business with it. `no-such-credit` (404).
 */
export async function readLenderCredit(
  kit: Calling,
  context: Context,
  { params: { creditId } }: HandlerInput<typeof readContract>,
): Promise<HandlerAnswer<typeof readContract>> {
  const { trace } = context;
  const speaker = speakerOf(context, undefined);
  const row = await findCredit(kit.db.read, creditId);
  await refuseUnlessLender(kit, { speaker, trace }, row);
  const { offerId, offerVersion, submittedAt } = row;
  if (offerId === null || offerVersion === null || submittedAt === null) throw noSuchCredit();
  const open = isWithLender(row.state);
  return {
    credit: {
      id: row.id,
      kind: row.kind,
      state: row.state,
      offerId,
      offerVersion,
      amountCentimos: row.amountCentimos,
      months: row.months,
      purpose: row.purpose,
      districtCode: row.districtCode,
      submittedAt: submittedAt.toISOString(),
      borrower: open ? await borrowerOf(kit, row, trace) : null,
      through: { way: row.way, interest: row.interest },
      requirements: open ? (row.assessed ?? []) : [],
      history: open ? row.history : null,
      endorsements: open ? await endorsementsOf(kit.db.read, creditId) : [],
      guarantee: open ? await guaranteeOf(kit.db.read, creditId) : null,
      contractCentimos: row.contractCentimos,
      more: open ? row.more : null,
      useVerified: row.useBy !== null,
    },
  };
}

/** A phone that others use too would tell them of it. */
async function borrowerOf({ call }: Calling, { personId, organizationId }: CreditRow, trace: string) {
  if (organizationId !== null) {
    const { organization } = await call(readOrganization, { params: { organizationId } }, { trace });
    return { name: organization.name, phone: null };
  }
  if (personId === null) return null;
  const { contacts } = await call(contactCards, { body: { personIds: [personId] } }, { trace });
  const [contact] = contacts;
  return contact ? { name: contact.name, phone: contact.shared ? null : contact.phone } : null;
}

async function endorsementsOf(queries: Queries, creditId: string) {
  const rows = await queries
    .select()
    .from(endorsements)
    .where(and(eq(endorsements.creditId, creditId), inArray(endorsements.state, [...vouching])))
    .orderBy(asc(endorsements.id));
  return Promise.all(
    rows.map(async ({ organizationId, amountCentimos, conditions }) => {
      const { exposureCentimos, limitCentimos } = await exposureOf(queries, organizationId);
      return {
        organizationId,
        amountCentimos: amountCentimos ?? 0,
        conditions,
        exposureCentimos,
        limitCentimos,
      };
    }),
  );
}

/** How many answer for it and for how much: who they are is theirs to say. */
async function guaranteeOf(queries: Queries, creditId: string) {
  const [counted] = await queries
    .select({
      guarantors: sql<number>`count(*)::int`,
      centimos: sql<number>`coalesce(sum(${guarantors.centimos}), 0)::int`,
    })
    .from(guarantors)
    .innerJoin(guarantees, eq(guarantees.id, guarantors.guaranteeId))
    .where(
      and(
        eq(guarantees.creditId, creditId),
        inArray(guarantees.state, ["standing", "called"]),
        eq(guarantors.state, "agreed"),
      ),
    );
  return counted && counted.guarantors > 0 ? counted : null;
}
