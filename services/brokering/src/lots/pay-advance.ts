import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { payAdvance as contract } from "@minka/contracts/lot-settlements";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { pledges } from "../pledges/pledges-tables.ts";
import { idempotencyKeys } from "../tables.ts";
import { findLot, lockLot } from "./lock-lot.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import type { Calling } from "./open-lot.ts";
import { lotAdvances } from "./settlements-tables.ts";

/**
 * Money for a member before the settlement; its payment is recorded and confirmed like any other. `lot-over` (409),
 * `not-in-lot` (409) for who has offered nothing to it.
 */
export async function payAdvance(
  { db, clock, call }: Calling,
  context: Context,
  { params: { lotId }, body: { personId, amountCentimos } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  await refuseUnlessOrganizer(call, context, await findLot(db.read, lotId));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { state } = await lockLot(tx, lotId);
      if (state === "settled" || state === "cancelled")
        throw new DomainError("conflict", "lot-over", "Nothing is sold of it any more.", {
          details: { state },
        });
      const [pledge] = await tx
        .select({ id: pledges.id })
        .from(pledges)
        .where(and(eq(pledges.lotId, lotId), eq(pledges.personId, personId), eq(pledges.state, "open")))
        .limit(1);
      if (!pledge)
        throw new DomainError("conflict", "not-in-lot", "This person has offered nothing to the lot.");
      const advanceId = newId();
      await tx
        .insert(lotAdvances)
        .values({ id: advanceId, lotId, personId, centimos: amountCentimos, promisedAt: act.at });
      await record(tx, act, "lot-advance.promise", `lot-advance:${advanceId}`);
      return { advanceId };
    }),
  );
}
