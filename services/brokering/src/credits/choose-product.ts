import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { chooseProduct as contract } from "@minka/contracts/credits";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { and, eq, isNull } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson } from "../telling/asking.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { refuseUnlessAsks, refuseUnlessDraft } from "./compare-products.ts";
import { findCredit, lockCredit } from "./credit-row.ts";
import { timerOf } from "./credit-timer.ts";
import { consents, creditProducts, credits } from "./credits-tables.ts";
import { bySms, speakerOf, type Calling } from "./speaker.ts";

/**
 * Chooses a product that was compared, with its terms as they were shown. What somebody agreed to show one lender is
 * not agreed for another: they are asked again, where they are: who chooses on a page answers before they send it there,
 * everybody else by SMS. `no-such-credit` (404), `not-a-draft` (409), `not-compared` (409).
 */
export async function chooseProduct(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const speaker = speakerOf(context, body.personId);
  await refuseUnlessAsks(kit, { speaker, trace: context.trace }, await findCredit(kit.db.read, creditId));
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, creditId);
      refuseUnlessDraft(credit);
      const [chosen] = await tx
        .select()
        .from(creditProducts)
        .where(and(eq(creditProducts.creditId, creditId), eq(creditProducts.offerId, body.offerId)));
      if (!chosen)
        throw new DomainError("conflict", "not-compared", "Choose one of the products that were compared.");
      const { product, terms, lenderPersonId } = chosen;
      const act = actOf(context, kit.clock());
      await tx
        .update(credits)
        .set({
          offerId: product.offerId,
          offerVersion: product.offerVersion,
          offerTitle: product.title,
          lenderId: product.lenderId,
          lenderName: product.lenderName,
          lenderPersonId,
          terms,
          version: credit.version + 1,
          ...timerOf("draft", act.at),
        })
        .where(eq(credits.id, creditId));
      await record(tx, act, "credit.choose", `credit:${creditId}`);
      if (credit.personId !== null) {
        const isOther = credit.lenderId !== product.lenderId;
        if (isOther) await openHistory(tx, creditId, act.at);
        const onPage = speaker.personId === credit.personId && bySms(context, speaker) === null;
        // Their phone may still be asked about the lender they chose before.
        if (onPage) await endQuestions(tx, act, [credit.personId]);
        // Who chose the same lender on a page before was asked there, and has not answered.
        else if (isOther || (await isHistoryOpen(tx, creditId)))
          await askPerson(tx, act, { kind: "credit-history", id: creditId });
      }
      return { creditId, state: credit.state };
    }),
  );
}

async function openHistory(tx: Transaction, creditId: string, askedAt: Date): Promise<void> {
  const asked = { given: null, askedAt, answeredAt: null };
  await tx
    .insert(consents)
    .values({ creditId, consent: "history", ...asked })
    .onConflictDoUpdate({ target: [consents.creditId, consents.consent], set: asked });
}

async function isHistoryOpen(tx: Transaction, creditId: string): Promise<boolean> {
  const [open] = await tx
    .select({ consent: consents.consent })
    .from(consents)
    .where(and(eq(consents.creditId, creditId), eq(consents.consent, "history"), isNull(consents.given)));
  return open !== undefined;
}
