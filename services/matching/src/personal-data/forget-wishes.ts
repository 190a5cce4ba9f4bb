import { and, eq, inArray, isNotNull, or } from "@minka/database/query";
import { actOf, type Context, type Means } from "@minka/service/act";
import { record } from "../acting.ts";
import { blocks } from "../blocks/blocks-tables.ts";
import { reviews } from "../reviews/reviews-tables.ts";

/** Of whom they wanted nothing more, and their words on why somebody should look: both end with them. */
export async function forgetWishes(
  { db, clock }: Means,
  context: Context,
  { personId, providerIds }: { personId: string; providerIds: readonly string[] },
): Promise<void> {
  await db.transaction(async (tx) => {
    const parted = await tx
      .delete(blocks)
      .where(or(eq(blocks.personId, personId), inArray(blocks.providerId, [...providerIds])))
      .returning({ id: blocks.id });
    const said = await tx
      .update(reviews)
      .set({ why: null })
      .where(and(eq(reviews.personId, personId), isNotNull(reviews.why)))
      .returning({ id: reviews.id });
    if (parted.length + said.length > 0)
      await record(tx, actOf(context, clock()), "person.forget-wishes", personId);
  });
}
