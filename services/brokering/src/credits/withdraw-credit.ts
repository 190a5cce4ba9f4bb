import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { withdrawCredit as contract } from "@minka/contracts/credits";
import { once } from "@minka/database/once";
import { actOf, type Context } from "@minka/service/act";
import { idempotencyKeys } from "../tables.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { refuseHandedOver } from "./handed-over.ts";
import { findCredit, lockCredit, moveCredit, toldOf } from "./credit-row.ts";
import { refuseUnlessBorrower, roleOf, speakerOf, type Calling } from "./speaker.ts";

/**
 * The borrower does not want it any more. `no-such-credit` (404), `illegal-transition` (409) once the money came, and
 * `money-handed-over` (409) once the lender says that it paid some out.
 */
export async function withdrawCredit(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { trace } = context;
  const speaker = speakerOf(context, body.personId);
  await refuseUnlessBorrower(kit.call, { speaker, trace }, await findCredit(kit.db.read, creditId));
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, creditId);
      await refuseHandedOver(tx, creditId);
      const act = actOf(context, kit.clock());
      const { state } = await moveCredit(tx, act, {
        credit,
        step: "withdraw",
        role: roleOf(speaker, "requester"),
      });
      await endQuestions(tx, act, [...toldOf(credit), credit.lenderPersonId]);
      if (credit.state !== "draft" && credit.lenderPersonId)
        await tellPeople(tx, act, { kind: "credit-answered", id: creditId }, [credit.lenderPersonId]);
      return { creditId, state };
    }),
  );
}
