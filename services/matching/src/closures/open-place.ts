import type { openPlace as contract } from "@minka/contracts/closures";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { and, eq, isNull } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { refuseUnlessManager, type ClosureMeans } from "./close-place.ts";
import { closures } from "./closures-tables.ts";

/** The way is open again. `no-such-closure` (404), `not-your-organization` (403). */
export async function openPlace(
  { db, clock, call }: ClosureMeans,
  context: Context,
  { params: { closureId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const [closure] = await db.read.select().from(closures).where(eq(closures.id, closureId));
  if (!closure) throw new DomainError("not-found", "no-such-closure", "There is no such closure.");
  await refuseUnlessManager(call, context, closure.organizationId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const opened = await tx
        .update(closures)
        .set({ openedAt: act.at })
        .where(and(eq(closures.id, closureId), isNull(closures.openedAt)))
        .returning({ id: closures.id });
      if (opened.length > 0) await record(tx, act, "closure.end", `closure:${closureId}`);
      return { closureId };
    }),
  );
}
