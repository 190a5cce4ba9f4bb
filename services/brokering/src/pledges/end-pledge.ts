import { refuseWhileActing } from "@minka/contracts/actor";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  confirmPledge as confirmContract,
  withdrawPledge as withdrawContract,
} from "@minka/contracts/lot-pledges";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseUnlessThemself } from "../authority.ts";
import { refuseUnlessOpen } from "../lots/change-lot.ts";
import { pledgeLifecycle } from "../lots/lot-lifecycle.ts";
import type { Calling } from "../lots/open-lot.ts";
import { supersedeComposition } from "../lots/supersede-composition.ts";
import { idempotencyKeys } from "../tables.ts";
import { changedMeanwhile } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { giveBack } from "./give-back.ts";
import { findOwn, findPledge, lockPledge, type As } from "./lock-pledge.ts";
import { pledgeAnswer } from "./pledge-view.ts";
import { pledges, type PledgeRow } from "./pledges-tables.ts";

/**
 * Takes back what was offered, until the deadline; and what was brought and nobody has composed long after the
 * collecting. `lot-closed`, `illegal-transition` (409).
 */
export async function withdrawPledge(
  means: Calling,
  context: Context,
  { params: { pledgeId } }: HandlerInput<typeof withdrawContract>,
): Promise<Answer<typeof withdrawContract>> {
  const { db, clock } = means;
  const { as } = await findOwn(means, context, pledgeId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { lot, pledge } = await lockPledge(tx, pledgeId);
      if (lot.state !== "collecting" || lot.freeSince === null) refuseUnlessOpen(lot, act.at);
      const withdrawn = await withdraw(tx, act, pledge, as);
      if (as !== "requester")
        await tellPeople(tx, act, { kind: "pledge-made", id: pledgeId }, [pledge.personId]);
      return pledgeAnswer(withdrawn);
    }),
  );
}

export async function withdraw(
  tx: Transaction,
  act: Act,
  pledge: PledgeRow,
  as: As | "system",
): Promise<PledgeRow> {
  const state = nextState(pledgeLifecycle, pledge.state, "withdraw", as);
  await tx.update(pledges).set({ state }).where(eq(pledges.id, pledge.id));
  await giveBack(tx, [pledge]);
  await supersedeComposition(tx, act, pledge.lotId);
  await record(tx, act, "pledge.withdraw", `pledge:${pledge.id}`);
  return { ...pledge, state };
}

/**
 * The person says whether what was recorded for them is so. The first answer stands; a no once something is weighed is
 * `already-weighed` (409), and to another weight than is written down by now `changed-meanwhile` (409). `not-yours`, `not-while-acting` (403): nobody else says it for them.
 */
export async function confirmPledge(
  { db, clock }: Pick<Calling, "db" | "clock">,
  context: Context,
  { params: { pledgeId }, body: { accepted, grams } }: HandlerInput<typeof confirmContract>,
): Promise<Answer<typeof confirmContract>> {
  const { personId } = await findPledge(db.read, pledgeId);
  refuseUnlessThemself(context.actor, personId);
  refuseWhileActing(context.actor);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { pledge } = await lockPledge(tx, pledgeId);
      if (pledge.state !== "open" || pledge.confirmed) return pledgeAnswer(pledge);
      if (grams !== undefined && pledge.grams !== grams) throw changedMeanwhile();
      if (!accepted) {
        if (pledge.weighedGrams !== null)
          throw new DomainError("conflict", "already-weighed", "What was offered has been brought.");
        return pledgeAnswer(await withdraw(tx, act, pledge, "requester"));
      }
      await tx.update(pledges).set({ confirmed: true }).where(eq(pledges.id, pledgeId));
      await record(tx, act, "pledge.confirm", `pledge:${pledgeId}`);
      return pledgeAnswer({ ...pledge, confirmed: true });
    }),
  );
}
