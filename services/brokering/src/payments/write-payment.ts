import type { Reason } from "@minka/contracts/common";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { PaymentParty, PaymentSide, recordPayment } from "@minka/contracts/payments";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay } from "@minka/domain/lima-time";
import type { Act, Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, ne } from "@minka/database/query";
import { record } from "../acting.ts";
import { unaskedOf } from "../credits/household.ts";
import { askReceiver, tellPayment } from "./ask-receiver.ts";
import { readOperationNumber } from "./operation-number.ts";
import { paidOf } from "./paid.ts";
import {
  refuseHousehold,
  peopleOf,
  refusePayersOwn,
  speakerOf,
  speaksFor,
  type Speaker,
} from "./payment-parties.ts";
import { noSuchSubject, subjectOf, type Due, type PaymentSubject } from "./payment-subjects.ts";
import { notYourPayment, payerOf, receiverOf } from "./payment-view.ts";
import { payments, type PaymentRow } from "./payments-tables.ts";
import { recordedBefore, refuseRecorded, sameOperation } from "./same-operation.ts";

export type PaymentKit = Pick<ServiceKit, "db" | "clock" | "call">;
type Body = HandlerInput<typeof recordPayment>["body"];

/** Nobody remembers a payment better than its receipt, and nobody has that for ever. */
const latestDays = 90;

/** A payment that may be written down, with all that other services had to say first. */
export type Prepared = {
  readonly body: Body;
  readonly subject: PaymentSubject;
  readonly operationNumber: string | null;
  readonly paidOn: string;
  readonly sides: Sides;
  readonly recordedAs: PaymentSide;
  readonly speaker: Speaker;
  /** Who is asked or told on the other side. */
  readonly others: readonly string[];
};

/**
 * Reads what was given and who says it. `within`: where in the call it stood, for what is refused of it. Reads other
 * services: never call it in a transaction.
 */
export async function preparePayment(
  kit: Pick<PaymentKit, "clock" | "call">,
  context: Context,
  { body, sides, within = "body" }: { body: Body; sides: Sides; within?: string },
): Promise<Prepared> {
  const { clock, call } = kit;
  const speaker = speakerOf(context.actor, body.personId);
  const operationNumber = readOperationNumber(body.method, body.operationNumber, `${within}.operationNumber`);
  const paidOn = readPaidOn(body.paidOn, clock(), `${within}.paidOn`);
  const subject = subjectOf(body.subject.kind, context.actor);
  const recordedAs = await sideOf(kit, context, { speaker, sides, as: body.as });
  const of = { kind: body.subject.kind, sides: [sides.payer, sides.receiver] };
  const unasked = await unaskedOf(call, of, context.trace);
  refuseHousehold(speaker, unasked);
  const others = await peopleOf(call, recordedAs === "payer" ? sides.receiver : sides.payer, {
    trace: context.trace,
    except: [...speaker.humans, ...unasked],
  });
  return { body, subject, operationNumber, paidOn, sides, recordedAs, speaker, others };
}

export async function writePayment(tx: Transaction, act: Act, prepared: Prepared): Promise<PaymentRow> {
  const { body, subject, operationNumber, sides, others } = prepared;
  const due = await subject.due(tx, body.subject.id);
  if (!due) throw noSuchSubject();
  await refuseRecorded(tx, { method: body.method, operationNumber, ...sides });
  refuseTooMuch(body, due, await paidOf(tx, body.subject.kind, body.subject.id));
  const row = await insert(tx, act, prepared);
  if (row.state === "confirmed") {
    await subject.confirmed(tx, act, row);
    // Whose money it was has it in writing: nobody pays a broker twice, or for nothing.
    await tellPayment(tx, act, row, others);
  } else await askReceiver(tx, act, row, others);
  return row;
}

/** What writes it, with `payment-already-recorded` (409) naming the first one to its own sides alone. */
export async function sayingWhich<Answer>(
  { db, call }: PaymentKit,
  { trace }: Context,
  { body, operationNumber, sides, speaker }: Prepared,
  write: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "payment-already-recorded") throw error;
    const operation = { method: body.method, operationNumber, ...sides };
    const [first] = await db.read.select().from(payments).where(sameOperation(operation));
    if (!first) throw recordedBefore();
    for (const side of [payerOf(first), receiverOf(first)])
      if (await speaksFor(call, speaker, side, trace)) throw recordedBefore({ paymentId: first.id });
    throw recordedBefore();
  }
}

type Sides = { readonly payer: PaymentParty; readonly receiver: PaymentParty };

/** What goes back goes from who is paid to who pays. */
export function sidesOf({ payer, payee }: Due, back: boolean): Sides {
  return back ? { payer: payee, receiver: payer } : { payer, receiver: payee };
}

/** For which side somebody writes it down. Nobody is the receiver of what they pay themself. */
async function sideOf(
  { call }: Pick<PaymentKit, "call">,
  { actor, trace }: Context,
  { speaker, sides, as }: { speaker: Speaker; sides: Sides; as: PaymentSide | undefined },
): Promise<PaymentSide> {
  const pays = await speaksFor(call, speaker, sides.payer, trace);
  if (pays && as !== "receiver") return "payer";
  const isPayer = sides.payer.kind === "person" && speaker.humans.includes(sides.payer.id);
  if (as !== "payer" && !isPayer && (await speaksFor(call, speaker, sides.receiver, trace))) {
    await refusePayersOwn(call, actor, { payer: sides.payer, trace });
    return "receiver";
  }
  throw notYourPayment();
}

function readPaidOn(given: string | undefined, now: Date, path: string): string {
  const today = limaDay(now);
  const paidOn = given ?? today;
  if (paidOn <= today && paidOn >= addDays(today, -latestDays)) return paidOn;
  throw new DomainError("invalid", "paid-on-wrong", "Nobody paid on that day.", {
    errors: [{ path, message: `is today or up to ${latestDays} days ago` }],
  });
}

function refuseTooMuch(
  { amountCentimos, deposit, back }: Body,
  { dueCentimos, paidCentimos, takesDeposits = false }: Due,
  { waiting, waitingBack }: Awaited<ReturnType<typeof paidOf>>,
): void {
  if (deposit && !back) {
    if (takesDeposits) return;
    throw new DomainError("invalid", "no-deposit-taken", "What is due is known: pay that, or nothing is.");
  }
  const room = back ? paidCentimos - dueCentimos - waitingBack : dueCentimos - paidCentimos - waiting;
  if (amountCentimos <= room) return;
  throw new DomainError("invalid", "more-than-due", "Less than this is due.", {
    details: { owedCentimos: Math.max(0, room) },
    errors: [{ path: "body.amountCentimos", message: `is at most ${Math.max(0, room)}` }],
  });
}

async function insert(tx: Transaction, act: Act, prepared: Prepared): Promise<PaymentRow> {
  const { body, operationNumber, paidOn, sides, recordedAs, speaker } = prepared;
  const confirmed = recordedAs === "receiver";
  const [row] = await tx
    .insert(payments)
    .values({
      id: newId(),
      subjectKind: body.subject.kind,
      subjectId: body.subject.id,
      payerKind: sides.payer.kind,
      payerId: sides.payer.id,
      receiverKind: sides.receiver.kind,
      receiverId: sides.receiver.id,
      amountCentimos: body.amountCentimos,
      back: body.back,
      deposit: body.deposit && !body.back,
      method: body.method,
      operationNumber,
      paidOn,
      state: confirmed ? "confirmed" : "recorded",
      recordedAs,
      recordedBy: [...speaker.humans],
      recordedAt: act.at,
      answeredAt: confirmed ? act.at : null,
      flags: await flagsOf(tx, body, paidOn),
      trace: act.trace,
    })
    .onConflictDoNothing()
    .returning();
  // Written down by two at the same instant.
  if (!row) throw recordedBefore();
  await record(tx, act, confirmed ? "payment.receive" : "payment.record", `payment:${row.id}`);
  return row;
}

/** Cash has no number that would tell a second payment from the first one written down twice. */
async function flagsOf(tx: Transaction, body: Body, paidOn: string): Promise<Reason[]> {
  if (body.method !== "cash") return [];
  const [before] = await tx
    .select({ id: payments.id })
    .from(payments)
    .where(
      and(
        eq(payments.subjectKind, body.subject.kind),
        eq(payments.subjectId, body.subject.id),
        eq(payments.method, "cash"),
        eq(payments.amountCentimos, body.amountCentimos),
        eq(payments.back, body.back),
        eq(payments.paidOn, paidOn),
        ne(payments.state, "cancelled"),
      ),
    )
    .orderBy(asc(payments.id))
    .limit(1);
  return before ? [{ code: "same-cash-again", parameters: { paymentId: before.id } }] : [];
}
