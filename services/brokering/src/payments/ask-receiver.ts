import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import type { Act } from "@minka/service/act";
import { and, eq, inArray } from "@minka/database/query";
import { askPerson } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { isOwnAlone } from "./payment-subjects.ts";
import { paymentAsks, type PaymentRow } from "./payments-tables.ts";

/** Has the receiver's people asked whether it came: the first who answers speaks for all. */
export async function askReceiver(
  tx: Transaction,
  act: Act,
  { id: paymentId, subjectKind }: Pick<PaymentRow, "id" | "subjectKind">,
  personIds: readonly string[],
): Promise<void> {
  if (personIds.length === 0) return;
  const asks = await tx
    .insert(paymentAsks)
    .values(personIds.map((personId) => ({ id: newId(), paymentId, personId, askedAt: act.at })))
    .returning({ id: paymentAsks.id });
  const kind = isOwnAlone(subjectKind) ? "credit-received" : "payment";
  for (const { id } of asks) await askPerson(tx, act, { kind, id });
}

/** Nobody needs to answer any more; who just wrote the answer has the question ended by who passes it on. */
export async function endAsks(
  tx: Transaction,
  act: Act,
  { paymentId, answeredBy }: { paymentId: string; answeredBy: string | null },
): Promise<void> {
  const asked = await tx
    .select({ personId: paymentAsks.personId })
    .from(paymentAsks)
    .where(eq(paymentAsks.paymentId, paymentId));
  const personIds = [...new Set(asked.map(({ personId }) => personId))].filter((each) => each !== answeredBy);
  if (personIds.length > 0) await emit(tx, answeredElsewhere.brokering, { personIds }, act);
}

/** Asks who is there now once more: who was asked before by the same question. */
export async function remindReceiver(
  tx: Transaction,
  act: Act,
  payment: Pick<PaymentRow, "id" | "subjectKind">,
  personIds: readonly string[],
): Promise<void> {
  const asked = await tx
    .select({ id: paymentAsks.id, personId: paymentAsks.personId })
    .from(paymentAsks)
    .where(and(eq(paymentAsks.paymentId, payment.id), inArray(paymentAsks.personId, [...personIds])));
  const kind = isOwnAlone(payment.subjectKind) ? "credit-received" : "payment";
  for (const { id } of asked) await askPerson(tx, act, { kind, id });
  const never = personIds.filter((each) => !asked.some(({ personId }) => personId === each));
  await askReceiver(tx, act, payment, never);
}

/** That it came, or did not, or is taken back, to whom it concerns: of a loan by a name that a shared phone's rules know. */
export async function tellPayment(
  tx: Transaction,
  act: Act,
  { id, subjectKind, state }: PaymentRow,
  personIds: readonly string[],
): Promise<void> {
  const said = state === "recorded" ? "disputed" : state;
  const kind = isOwnAlone(subjectKind) ? (`credit-payment-${said}` as const) : (`payment-${said}` as const);
  await tellPeople(tx, act, { kind, id }, personIds);
}
