import { refuseWordless } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  listCredits as listContract,
  listOriginatedCredits as originatedContract,
  readCredit as readContract,
} from "@minka/contracts/credits";
import { limaDay } from "@minka/domain/lima-time";
import type { Context } from "@minka/service/act";
import { and, desc, eq, isNotNull, lt } from "@minka/database/query";
import { brokers, refuseUnlessOrganization, refuseUnlessThemself } from "../authority.ts";
import { findCredit } from "./credit-row.ts";
import { creditViews } from "./credit-view.ts";
import { consents, credits } from "./credits-tables.ts";
import { cursorOf } from "./cursor.ts";
import { refuseUnlessBorrower, speakerOf, type Calling } from "./speaker.ts";

/** A credit, for its borrower. `no-such-credit` (404) for everybody else, so that nobody learns that there is one. */
export async function readCredit(
  { db, clock, call }: Calling,
  context: Context,
  { params: { creditId }, query }: HandlerInput<typeof readContract>,
): Promise<HandlerAnswer<typeof readContract>> {
  const speaker = speakerOf(context, query.personId);
  const row = await findCredit(db.read, creditId);
  await refuseUnlessBorrower(call, { speaker, trace: context.trace }, row);
  const [credit] = await creditViews(db.read, [row], limaDay(clock()));
  if (!credit) throw new Error("a credit that was read has no view");
  return { credit };
}

/** `not-yours`, `word-needed`, `not-your-organization` (403), `cursor-wrong` (422). */
export async function listCredits(
  { db, clock, call }: Calling,
  context: Context,
  { query: { personId: asked, organizationId, cursor, limit } }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  const speaker = speakerOf(context, asked);
  const personId = asked ?? speaker.personId;
  if (organizationId === undefined) {
    refuseUnlessThemself(speaker, personId);
    refuseWordless(speaker, personId);
  } else
    await refuseUnlessOrganization(call, { actor: speaker, trace: context.trace }, organizationId, brokers);
  const before = cursorOf(cursor);
  const rows = await db.read
    .select()
    .from(credits)
    .where(
      and(
        organizationId === undefined
          ? eq(credits.personId, personId)
          : eq(credits.organizationId, organizationId),
        before === undefined ? undefined : lt(credits.id, before),
      ),
    )
    .orderBy(desc(credits.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    items: await creditViews(db.read, page, limaDay(clock())),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** What the caller asked for others, who agreed to it: how far it is. */
export async function listOriginatedCredits(
  { db }: Calling,
  context: Context,
  { query: { cursor, limit } }: HandlerInput<typeof originatedContract>,
): Promise<HandlerAnswer<typeof originatedContract>> {
  const { personId } = speakerOf(context, undefined);
  const before = cursorOf(cursor);
  const rows = await db.read
    .select({ credit: credits })
    .from(credits)
    .innerJoin(
      consents,
      and(eq(consents.creditId, credits.id), eq(consents.consent, "origination"), eq(consents.given, true)),
    )
    .where(
      and(
        eq(credits.originatorId, personId),
        isNotNull(credits.personId),
        before === undefined ? undefined : lt(credits.id, before),
      ),
    )
    .orderBy(desc(credits.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return {
    items: page.map(
      ({ credit: { id, personId: borrowerId, state, amountCentimos, months, purpose, createdAt } }) => ({
        creditId: id,
        personId: borrowerId,
        state,
        amountCentimos,
        months,
        purpose,
        createdAt: createdAt.toISOString(),
      }),
    ),
    next: rows.length > limit ? (page.at(-1)?.credit.id ?? null) : null,
  };
}
