import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerApproval as contract } from "@minka/contracts/credits";
import type { Queries, Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { managers, refuseUnlessOrganization } from "../authority.ts";
import { vouching } from "../endorsements/endorsement-row.ts";
import { endorsements, type EndorsementRow } from "../endorsements/endorsements-tables.ts";
import { idempotencyKeys } from "../tables.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { findCredit, lockCredit, moveCredit, toldOf } from "./credit-row.ts";
import type { CreditRow } from "./credits-tables.ts";
import { bySms, refuseUnlessBorrower, roleOf, speakerOf, type Calling } from "./speaker.ts";

/**
 * The borrower takes what was approved, or not. Who takes it under the condition that a lot's settlement pays it back
 * cannot say no to that. `no-such-credit` (404), `illegal-transition` (409), `settlement-is-a-condition` (422).
 */
export async function answerApproval(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { trace } = context;
  const speaker = speakerOf(context, body.personId);
  const before = await findCredit(kit.db.read, creditId);
  await refuseUnlessBorrower(kit.call, { speaker, trace }, before);
  if (before.organizationId !== null)
    await refuseUnlessOrganization(kit.call, { actor: speaker, trace }, before.organizationId, managers);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, creditId);
      const act = actOf(context, kit.clock());
      const role = roleOf(speaker, "requester");
      const { state } = body.accepted
        ? await moveCredit(tx, act, {
            credit,
            step: "accept",
            role,
            set: { repayFromSettlement: await agreedTo(tx, credit, body.repayFromSettlement) },
          })
        : await moveCredit(tx, act, { credit, step: "decline", role });
      await endQuestions(tx, act, toldOf(credit), bySms(context, speaker));
      if (credit.lenderPersonId)
        await tellPeople(tx, act, { kind: "credit-answered", id: creditId }, [credit.lenderPersonId]);
      return { creditId, state };
    }),
  );
}

async function agreedTo(tx: Transaction, credit: CreditRow, said: boolean | undefined): Promise<boolean> {
  const wanted = await settlementPays(tx, credit);
  if (wanted && said === false)
    throw new DomainError(
      "invalid",
      "settlement-is-a-condition",
      "It was approved on the condition that a lot's money pays it back.",
      { errors: [{ path: "body.repayFromSettlement", message: "cannot be false here" }] },
    );
  return said ?? wanted;
}

/** Whether the lender or who vouches demands that instalments are kept back from what a lot brings. */
export async function settlementPays(queries: Queries, credit: CreditRow): Promise<boolean> {
  const vouched = await queries.select().from(endorsements).where(eq(endorsements.creditId, credit.id));
  return asksForSettlement(credit, vouched);
}

export function asksForSettlement(
  { conditions }: Pick<CreditRow, "conditions">,
  vouched: readonly Pick<EndorsementRow, "state" | "conditions">[],
): boolean {
  return (
    conditions.includes("repay_from_settlement") ||
    vouched.some(
      (one) =>
        vouching.some((state) => state === one.state) && one.conditions.includes("repay_from_settlement"),
    )
  );
}
