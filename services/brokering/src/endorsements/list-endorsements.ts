import { refuseWhileActing } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listEndorsements as contract } from "@minka/contracts/endorsements";
import { humansOf, type Context } from "@minka/service/act";
import { and, desc, eq, isNotNull, lt } from "drizzle-orm";
import { brokers, refuseUnlessOrganization } from "../authority.ts";
import { cursorOf } from "../credits/cursor.ts";
import { credits } from "../credits/credits-tables.ts";
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
  const before = cursorOf(cursor);
  const rows = await db.read
    .select({ endorsement: endorsements, askedCentimos: credits.amountCentimos, purpose: credits.purpose })
    .from(endorsements)
    .innerJoin(credits, eq(credits.id, endorsements.creditId))
    .where(
      and(
        eq(endorsements.organizationId, organizationId),
        isNotNull(endorsements.personId),
        state === undefined ? undefined : eq(endorsements.state, state),
        before === undefined ? undefined : lt(endorsements.id, before),
      ),
    )
    .orderBy(desc(endorsements.id))
    .limit(limit + 1);
  const humans = humansOf(context.actor);
  const items = rows.slice(0, limit).flatMap(({ endorsement, askedCentimos, purpose }) => {
    const { id, personId, amountCentimos, conditions, makers, askedAt } = endorsement;
    if (personId === null) return [];
    return {
      id,
      state: endorsement.state,
      personId,
      askedCentimos,
      purpose,
      amountCentimos,
      conditions,
      proposedByYou: humans.some((each) => makers.includes(each)),
      askedAt: askedAt.toISOString(),
    };
  });
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
