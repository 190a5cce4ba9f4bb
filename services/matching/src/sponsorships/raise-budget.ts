import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { raiseBudget as contract } from "@minka/contracts/sponsorships";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import type { Calling } from "./propose-sponsorship.ts";
import { sponsorRole } from "./sponsor-rights.ts";
import { findSponsorship } from "./sponsorship-view.ts";
import { sponsorships } from "./sponsorships-tables.ts";
import { lockSponsorship } from "./take-step.ts";

/**
 * Adds to a budget: what people were told is paid is never taken back. `budget-not-raised` (422),
 * `sponsorship-ended` (409), and as for any step of it.
 */
export async function raiseBudget(
  { db, clock, call }: Calling,
  context: Context,
  { params: { sponsorshipId }, body: { budgetCentimos } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  await sponsorRole(call, context.actor, await findSponsorship(db.read, sponsorshipId), context.trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const sponsorship = await lockSponsorship(tx, sponsorshipId);
      if (sponsorship.state === "ended")
        throw new DomainError("conflict", "sponsorship-ended", "Nothing new is paid of what has ended.");
      const before = sponsorship.budgetCentimos;
      if (budgetCentimos <= before)
        throw new DomainError("invalid", "budget-not-raised", "A budget is raised, never lowered.", {
          errors: [{ path: "body.budgetCentimos", message: `must be more than ${before}` }],
        });
      await tx.update(sponsorships).set({ budgetCentimos }).where(eq(sponsorships.id, sponsorshipId));
      const act = actOf(context, clock());
      await record(tx, act, `sponsorship.raise ${before} ${budgetCentimos}`, `sponsorship:${sponsorshipId}`);
      return { sponsorshipId, budgetCentimos };
    }),
  );
}
