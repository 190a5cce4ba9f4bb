import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { changeCredit as contract } from "@minka/contracts/credits";
import { once } from "@minka/database/once";
import { actOf, type Context } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { releaseEndorsements } from "../endorsements/endorsement-row.ts";
import { releaseGuarantee } from "../group-guarantees/guarantee-row.ts";
import { idempotencyKeys } from "../tables.ts";
import { refuseUnlessAsks, refuseUnlessDraft } from "./compare-products.ts";
import { findCredit, lockCredit } from "./credit-row.ts";
import { timerOf } from "./credit-timer.ts";
import { creditProducts, credits, type CreditRow } from "./credits-tables.ts";
import { refuseToDeclare, speakerOf, type Calling } from "./speaker.ts";

/**
 * Asks for something else before it is submitted. What was compared and chosen was for something else, and goes.
 * `no-such-credit` (404), `not-a-draft` (409), `not-theirs-to-declare` (422).
 */
export async function changeCredit(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const speaker = speakerOf(context, body.personId);
  await refuseUnlessAsks(kit, { speaker, trace: context.trace }, await findCredit(kit.db.read, creditId));
  const { amountCentimos, months, purpose, declared } = body;
  const inTheirName = ({ originatorId, personId }: CreditRow) =>
    speaker.personId === originatorId && speaker.personId !== personId;
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, creditId);
      refuseUnlessDraft(credit);
      if (inTheirName(credit)) refuseToDeclare(declared);
      const act = actOf(context, kit.clock());
      // Who answers for it agreed to shares of another amount.
      if (credit.amountCentimos !== amountCentimos) await releaseGuarantee(tx, act, creditId);
      // An organization vouches for an amount and a purpose; one that has only been asked reads the new ones.
      if (credit.amountCentimos !== amountCentimos || credit.purpose !== purpose)
        await releaseEndorsements(tx, act, creditId, ["proposed", "standing"]);
      await tx.delete(creditProducts).where(eq(creditProducts.creditId, creditId));
      await tx
        .update(credits)
        .set({
          amountCentimos,
          months,
          purpose,
          // What the borrower said stays theirs, whoever changes what is asked for.
          ...(inTheirName(credit) ? {} : { declared: [...new Set(declared)] }),
          version: credit.version + 1,
          ...timerOf("draft", act.at),
          offerId: null,
          offerVersion: null,
          offerTitle: null,
          lenderId: null,
          lenderName: null,
          lenderPersonId: null,
          terms: null,
        })
        .where(eq(credits.id, creditId));
      await record(tx, act, "credit.change", `credit:${creditId}`);
      return { creditId, state: "draft" as const };
    }),
  );
}
