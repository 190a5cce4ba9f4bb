import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  approveExposureLimit as approveContract,
  proposeExposureLimit as proposeContract,
} from "@minka/contracts/endorsements";
import type { Queries } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, humansOf, type Context } from "@minka/service/act";
import { desc, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { brokers, managers, refuseOwnProposal, refuseUnlessOrganization } from "../authority.ts";
import type { Calling } from "../credits/speaker.ts";
import { notePart } from "../decision-makers/note-part.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson } from "../telling/asking.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { approverOf, nobodyApproves } from "./approver.ts";
import { exposureLimits, limitChanges } from "./endorsements-tables.ts";

/**
 * How much the organization vouches for in all, as one proposes it. `not-your-organization` (403), `nobody-approves`
 * (409) where there is no other manager.
 */
export async function proposeExposureLimit(
  kit: Calling,
  context: Context,
  { body: { organizationId, limitCentimos } }: HandlerInput<typeof proposeContract>,
): Promise<HandlerAnswer<typeof proposeContract>> {
  await refuseUnlessOrganization(kit.call, context, organizationId, brokers);
  const makers = humansOf(context.actor);
  const approverId = await approverOf(kit.call, { organizationId, except: makers }, context.trace);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      if (approverId === null) throw nobodyApproves();
      const act = actOf(context, kit.clock());
      const changeId = newId();
      const proposed = { organizationId, limitCentimos, makers, approverId, proposedAt: act.at };
      await tx.insert(limitChanges).values({ id: changeId, state: "proposed", ...proposed });
      await record(tx, act, "exposure-limit.propose", `exposure-limit:${changeId}`);
      for (const personId of makers)
        await notePart(tx, act, {
          noun: "exposure-limit",
          subjectId: changeId,
          part: "proposed",
          personId,
          organizationId,
        });
      await askPerson(tx, act, { kind: "exposure-limit", id: changeId });
      return { changeId, limitCentimos, state: "proposed" as const };
    }),
  );
}

/**
 * A second person approves it: from now on it holds, whatever is vouched for already. `no-such-limit` (404),
 * `not-your-organization` (403), `own-proposal` (403), `already-approved` (409).
 */
export async function approveExposureLimit(
  kit: Calling,
  context: Context,
  { params: { changeId } }: Pick<HandlerInput<typeof approveContract>, "params">,
  answeredBySms: string | null = null,
): Promise<HandlerAnswer<typeof approveContract>> {
  const [before] = await kit.db.read.select().from(limitChanges).where(eq(limitChanges.id, changeId));
  if (!before) throw noSuchLimit();
  const { organizationId, limitCentimos } = before;
  await refuseUnlessOrganization(kit.call, context, organizationId, managers);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const [change] = await tx
        .select()
        .from(limitChanges)
        .where(eq(limitChanges.id, changeId))
        .for("update");
      if (!change) throw noSuchLimit();
      refuseOwnProposal(context.actor, change.makers);
      if (change.state !== "proposed")
        throw new DomainError("conflict", "already-approved", "It was approved already.");
      const act = actOf(context, kit.clock());
      await tx
        .insert(exposureLimits)
        .values({ organizationId, limitCentimos })
        .onConflictDoUpdate({ target: exposureLimits.organizationId, set: { limitCentimos } });
      await tx
        .update(limitChanges)
        .set({ state: "approved", approvedAt: act.at })
        .where(eq(limitChanges.id, changeId));
      await record(tx, act, "exposure-limit.approve", `exposure-limit:${changeId}`);
      await endQuestions(tx, act, [change.approverId], answeredBySms);
      for (const personId of humansOf(context.actor))
        await notePart(tx, act, {
          noun: "exposure-limit",
          subjectId: changeId,
          part: "approved",
          personId,
          organizationId,
        });
      return { changeId, limitCentimos, state: "approved" as const };
    }),
  );
}

/** The newest limit, while it waits for a second person. */
export async function proposedLimit(
  queries: Queries,
  { organizationId, humans }: { organizationId: string; humans: readonly string[] },
) {
  const [newest] = await queries
    .select()
    .from(limitChanges)
    .where(eq(limitChanges.organizationId, organizationId))
    .orderBy(desc(limitChanges.id))
    .limit(1);
  if (newest?.state !== "proposed") return null;
  const { id, limitCentimos, proposedAt, makers } = newest;
  return {
    changeId: id,
    limitCentimos,
    proposedAt: proposedAt.toISOString(),
    proposedByYou: humans.some((each) => makers.includes(each)),
  };
}

const noSuchLimit = () => new DomainError("not-found", "no-such-limit", "There is no such limit.");
