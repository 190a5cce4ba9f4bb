import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerPayment as contract, cancelPayment as cancelContract } from "@minka/contracts/payments";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { unaskedOf } from "../credits/household.ts";
import { idempotencyKeys } from "../tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { endAsks, tellPayment } from "./ask-receiver.ts";
import { dependedOn } from "./depended-on.ts";
import { balance, paidOf } from "./paid.ts";
import { paymentLifecycle, type PaymentTransition } from "./payment-lifecycle.ts";
import {
  refuseHousehold,
  ownPayment,
  peopleOf,
  refusePayersOwn,
  speakerOf,
  speaksFor,
  type Speaker,
} from "./payment-parties.ts";
import { isOwnAlone, subjectOf, type PaymentSubject } from "./payment-subjects.ts";
import {
  findPayment,
  lockPayment,
  notYourPayment,
  payerOf,
  paymentView,
  receiverOf,
} from "./payment-view.ts";
import { payments, type PaymentRow } from "./payments-tables.ts";
import { refuseTakenNumber } from "./same-operation.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "call">;

/**
 * The receiver's side says whether it came. Throws `no-such-payment` (404), `not-your-payment` (403), `own-payment` (403)
 * for who paid or wrote it down as the payer, `illegal-transition` and `payment-already-recorded` (409).
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
  const { trace } = context;
  const [payer, receiver] = [payerOf(before), receiverOf(before)];
  const unasked = await unaskedOf(call, { kind: before.subjectKind, sides: [payer, receiver] }, trace);
  refuseHousehold(speaker, unasked);
  const told = await peopleOf(call, payer, { trace, except: [...speaker.humans, ...unasked] });
  const receivers = await peopleOf(call, receiver, { trace, except: unasked });
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
      if (body.received)
        await tellExcess(tx, act, { payment: row, subject, personIds: [...told, ...receivers] });
      const answeredBy = context.actor.kind === "service" ? speaker.personId : null;
      await endAsks(tx, act, { paymentId, answeredBy });
      return { payment: paymentView(row) };
    }),
  );
}

/**
 * More was paid than is due: something else had paid it meanwhile, or it was called off. A purchase tells of its own
 * refunds.
 */
async function tellExcess(
  tx: Transaction,
  act: Act,
  { payment, subject, personIds }: { payment: PaymentRow; subject: PaymentSubject; personIds: string[] },
): Promise<void> {
  if (payment.back || subject.kind === "pool-order") return;
  const due = await subject.due(tx, payment.subjectId);
  if (!due || balance(due).backCentimos === 0) return;
  const kind = isOwnAlone(subject.kind) ? "credit-payment-excess" : "payment-excess";
  await tellPeople(tx, act, { kind, id: payment.id }, personIds);
}

/**
 * The side that wrote it down takes it back; of one that is confirmed the receiver's side, where it wrote it down and
 * would not undo a debt of its own, or an operator: then both sides are told, and what it had paid is owed again. `payment-depended-on` (409) where something
 * rests on it.
 */
export async function cancelPayment(
  { db, clock, call }: Kit,
  context: Context,
  { params: { paymentId }, body }: HandlerInput<typeof cancelContract>,
): Promise<HandlerAnswer<typeof cancelContract>> {
  const speaker = speakerOf(context.actor, body.personId);
  const before = await findPayment(db.read, paymentId);
  const subject = subjectOf(before.subjectKind, context.actor);
  const [payer, receiver] = [payerOf(before), receiverOf(before)];
  const side = before.recordedAs === "payer" ? payer : receiver;
  if (!(await speaksFor(call, speaker, side, context.trace))) throw notYourPayment();
  const of = { kind: before.subjectKind, sides: [payer, receiver] };
  const unasked = await unaskedOf(call, of, context.trace);
  refuseHousehold(speaker, unasked);
  const except = { trace: context.trace, except: [...speaker.humans, ...unasked] };
  const told = [...(await peopleOf(call, payer, except)), ...(await peopleOf(call, receiver, except))];
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      await subject.due(tx, before.subjectId);
      const { state } = await lockPayment(tx, paymentId);
      const mayUndo =
        speaker.operator || (before.recordedAs === "receiver" && (before.back || !subject.owedBack));
      const step = state === "confirmed" && mayUndo ? "undo" : "cancel";
      const row = await move(tx, act, {
        paymentId,
        step,
        speaker,
        side: step === "undo" ? "provider" : "requester",
      });
      if (step === "undo") {
        await refuseGivenBack(tx, row);
        await subject.undone(tx, act, row);
        await tellPayment(tx, act, row, told);
      }
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

/** What went back of a payment would be owed by the wrong side. */
async function refuseGivenBack(tx: Transaction, { back, subjectKind, subjectId }: PaymentRow): Promise<void> {
  if (back) return;
  const paid = await paidOf(tx, subjectKind, subjectId);
  if (paid.back + paid.waitingBack > paid.confirmed)
    throw dependedOn("Money of this payment was given back: take that back first.");
}

async function move(
  tx: Transaction,
  act: Act,
  given: { paymentId: string; step: PaymentTransition; speaker: Speaker; side: "requester" | "provider" },
): Promise<PaymentRow> {
  const { paymentId, step, speaker, side } = given;
  const payment = await lockPayment(tx, paymentId);
  const state = nextState(paymentLifecycle, payment.state, step, speaker.operator ? "operator" : side);
  if (step === "confirm") await refuseTakenNumber(tx, payment);
  const answeredAt = step === "cancel" || step === "undo" ? payment.answeredAt : act.at;
  const [row] = await tx
    .update(payments)
    .set({ state, answeredAt })
    .where(eq(payments.id, paymentId))
    .returning();
  await record(tx, act, `payment.${step}`, `payment:${paymentId}`);
  return row ?? payment;
}
