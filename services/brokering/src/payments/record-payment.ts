import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { recordPayment as contract } from "@minka/contracts/payments";
import { once } from "@minka/database/once";
import { actOf, type Context } from "@minka/service/act";
import { idempotencyKeys } from "../tables.ts";
import { noSuchSubject, subjectOf } from "./payment-subjects.ts";
import { paymentView } from "./payment-view.ts";
import { preparePayment, sayingWhich, sidesOf, writePayment, type PaymentKit } from "./write-payment.ts";

/**
 * Writes down that one side paid the other. The receiver's own word confirms it at once, and who paid is told;
 * otherwise the receiver is asked. Throws `no-such-payment-subject` (404), `not-your-payment` (403), `operation-number-wrong`,
 * `paid-on-wrong`, `more-than-due`, `no-deposit-taken` (422) and `payment-already-recorded` (409).
 */
export async function recordPayment(
  kit: PaymentKit,
  context: Context,
  { body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { db, clock } = kit;
  const subject = subjectOf(body.subject.kind, context.actor);
  const known = await db.transaction((tx) => subject.due(tx, body.subject.id));
  if (!known) throw noSuchSubject();
  const prepared = await preparePayment(kit, context, { body, sides: sidesOf(known, body.back) });
  return sayingWhich(kit, context, prepared, () =>
    db.transaction((tx) =>
      once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
        const row = await writePayment(tx, actOf(context, clock()), prepared);
        return { payment: paymentView(row) };
      }),
    ),
  );
}
