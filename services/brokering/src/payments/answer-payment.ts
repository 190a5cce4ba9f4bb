import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerPayment as contract, cancelPayment as cancelContract } from "@minka/contracts/payments";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { eq } from "drizzle-orm";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { endAsks, tellPayment } from "./ask-receiver.ts";
import { paymentLifecycle, type PaymentTransition } from "./payment-lifecycle.ts";
import {
  ownPayment,
  peopleOf,
  refusePayersOwn,
  speakerOf,
  speaksFor,
  type Speaker,
} from "./payment-parties.ts";
import { subjectOf } from "./payment-subjects.ts";
import {
  findPayment,
  lockPayment,
  notYourPayment,
  payerOf,
  paymentView,
  receiverOf,
} from "./payment-view.ts";
import { payments, type PaymentRow } from "./payments-tables.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "call">;

/**
 * The receiver's side says whether it came. Throws `no-such-payment` (404), `not-your-payment` (403), `own-payment` (403)
 * for who paid or wrote it down as the payer, `illegal-transition` (409).
 */
export async function answerPayment(
  kit: Kit,
  context: Context,
  { params: { paymentId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { db, clock, call } = kit;
  const speaker = speakerOf(context.actor, body.personId);
  const before = await findPayment(db.read, paymentId);
  const subject = subjectOf(before.subjectKind, context.actor);
  if (!(await speaksFor(call, speaker, receiverOf(before), context.trace))) throw notYourPayment();
  refusePayer(before, speaker);
  await refusePayersOwn(call, context.actor, { payer: payerOf(before), trace: context.trace });
  const told = await peopleOf(call, payerOf(before), { trace: context.trace, except: speaker.humans });
  const { subjectId } = before;
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      // What is paid for is locked before the payment.
      await subject.due(tx, subjectId);
      const step = body.received ? "confirm" : "dispute";
      const row = await move(tx, act, { paymentId, step, speaker, side: "provider" });
      if (body.received) await subject.confirmed(tx, act, row);
      await tellPayment(tx, act, row, told);
      const answeredBy = context.actor.kind === "service" ? speaker.personId : null;
      await endAsks(tx, act, { paymentId, answeredBy });
      return { payment: paymentView(row) };
    }),
  );
}

/** The side that wrote it down takes it back. */
export async function cancelPayment(
  { db, clock, call }: Kit,
  context: Context,
  { params: { paymentId }, body }: HandlerInput<typeof cancelContract>,
): Promise<HandlerAnswer<typeof cancelContract>> {
  const speaker = speakerOf(context.actor, body.personId);
  const before = await findPayment(db.read, paymentId);
  subjectOf(before.subjectKind, context.actor);
  const side = before.recordedAs === "payer" ? payerOf(before) : receiverOf(before);
  if (!(await speaksFor(call, speaker, side, context.trace))) throw notYourPayment();
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const row = await move(tx, act, { paymentId, step: "cancel", speaker, side: "requester" });
      await endAsks(tx, act, { paymentId, answeredBy: null });
      return { payment: paymentView(row) };
    }),
  );
}

/** A person to whom money goes says best whether they have it; for a side of several, who paid says nothing. */
function refusePayer(payment: PaymentRow, { humans }: Speaker): void {
  const others =
    payment.receiverKind === "person" ? humans.filter((personId) => personId !== payment.receiverId) : humans;
  const paying = [
    ...(payment.recordedAs === "payer" ? payment.recordedBy : []),
    ...(payment.payerKind === "person" ? [payment.payerId] : []),
  ];
  if (others.some((personId) => paying.includes(personId))) throw ownPayment();
}

async function move(
  tx: Transaction,
  act: Act,
  given: { paymentId: string; step: PaymentTransition; speaker: Speaker; side: "requester" | "provider" },
): Promise<PaymentRow> {
  const { paymentId, step, speaker, side } = given;
  const payment = await lockPayment(tx, paymentId);
  const state = nextState(paymentLifecycle, payment.state, step, speaker.operator ? "operator" : side);
  const answeredAt = step === "cancel" ? payment.answeredAt : act.at;
  const [row] = await tx
    .update(payments)
    .set({ state, answeredAt })
    .where(eq(payments.id, paymentId))
    .returning();
  await record(tx, act, `payment.${step}`, `payment:${paymentId}`);
  return row ?? payment;
}
