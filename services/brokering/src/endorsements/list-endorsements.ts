import { refuseWhileActing } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listEndorsements as contract } from "@minka/contracts/endorsements";
import { humansOf, type Context } from "@minka/service/act";
import { and, desc, eq, isNotNull, lt, notInArray } from "@minka/database/query";
import { brokers, refuseUnlessOrganization } from "../authority.ts";
import { cursorOf } from "../credits/cursor.ts";
import { credits } from "../credits/credits-tables.ts";
import { householdOf } from "../credits/household.ts";
import type { Calling } from "../credits/speaker.ts";
import { endorsements } from "./endorsements-tables.ts";

/** What members asked the organization to vouch for, the newest first. `not-your-organization` (403). */
export async function listEndorsements(
  { db, call }: Calling,
  context: Context,
  { query: { organizationId, state, cursor, limit } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  refuseWhileActing(context.actor);
  await refuseUnlessOrganization(call, context, organizationId, brokers);
  const humans = humansOf(context.actor);
  const households = await Promise.all(humans.map((one) => householdOf(call, one, context.trace)));
  // What somebody of their household borrows is not for them to know.
  const hidden = households.flat().filter((one) => !humans.includes(one));
  const before = cursorOf(cursor);
  const rows = await db.read
    .select({ endorsement: endorsements, askedCentimos: credits.amountCentimos, purpose: credits.purpose })
    .from(endorsements)
    .innerJoin(credits, eq(credits.id, endorsements.creditId))
    .where(
      and(
        eq(endorsements.organizationId, organizationId),
        isNotNull(endorsements.personId),
        hidden.length > 0 ? notInArray(endorsements.personId, hidden) : undefined,
        state === undefined ? undefined : eq(endorsements.state, state),
        before === undefined ? undefined : lt(endorsements.id, before),
      ),
    )
    .orderBy(desc(endorsements.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit).flatMap(({ endorsement, askedCentimos, purpose }) => {
    const { id, personId, amountCentimos, conditions, version, makers, askedAt } = endorsement;
    if (personId === null) return [];
    return {
      id,
      state: endorsement.state,
      personId,
      askedCentimos,
      purpose,
      amountCentimos,
      conditions,
      version,
      unanswered: endorsement.unansweredAt !== null,
      proposedByYou: humans.some((each) => makers.includes(each)),
      askedAt: askedAt.toISOString(),
    };
  });
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
