import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { sayHelp as contract } from "@minka/contracts/follow-ups";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { endQuestions, record, roleOf } from "../acting.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { engagements, idempotencyKeys } from "../tables.ts";

/** Whether what was done helped, as its producer says a month later, once. `not-done`, `help-said` (409). */
export async function sayHelp(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body: { helped } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, engagement } = await lockRequestOfEngagement(tx, engagementId);
      roleOf(context.actor, "requester", request.personId);
      const said = { requestId: request.id };
      if (engagement.helped === helped) return said;
      if (engagement.helped !== null)
        throw new DomainError("conflict", "help-said", "They have said whether it helped.");
      if (engagement.state !== "done")
        throw new DomainError("conflict", "not-done", "Only of a finished visit.", {
          details: { state: engagement.state },
        });
      await tx.update(engagements).set({ helped }).where(eq(engagements.id, engagementId));
      await endQuestions(tx, act, context, [request.personId]);
      await record(tx, act, "engagement.say-help", `engagement:${engagementId}`);
      await addToStanding(tx, engagement.providerId, { helpAsked: 1, helped: helped === "no" ? 0 : 1 });
      return said;
    }),
  );
}
