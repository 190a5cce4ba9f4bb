import { refuseWordless } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  listPayments as listContract,
  readPayment as readContract,
  readPaymentAccount as accountContract,
} from "@minka/contracts/payments";
import type { PaymentParty } from "@minka/contracts/payments";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, desc, eq, lt, notInArray, or } from "@minka/database/query";
import { z } from "zod";
import { refuseUnlessThemself } from "../authority.ts";
import { unaskedOf } from "../credits/household.ts";
import { balance, paidOf } from "./paid.ts";
import { refuseHousehold, speakerOf, speaksFor, type Speaker } from "./payment-parties.ts";
import { noSuchSubject, ownAlone, subjectOf } from "./payment-subjects.ts";
import { findPayment, notYourPayment, payerOf, paymentView, receiverOf } from "./payment-view.ts";
import { titlesOf } from "./payment-titles.ts";
import { payments, type PaymentRow } from "./payments-tables.ts";

type Kit = Pick<ServiceKit, "db" | "call">;

/** `no-such-payment` (404), `not-your-payment` (403). */
export async function readPayment(
  { db, call }: Kit,
  { actor, trace }: Context,
  { params: { paymentId }, query }: HandlerInput<typeof readContract>,
): Promise<HandlerAnswer<typeof readContract>> {
  const row = await findPayment(db.read, paymentId);
  subjectOf(row.subjectKind, actor);
  const speaker = speakerOf(actor, query.personId);
  const sides = [payerOf(row), receiverOf(row)];
  await refuseUnlessSide(call, speaker, { sides, trace });
  refuseHousehold(speaker, await unaskedOf(call, { kind: row.subjectKind, sides }, trace));
  return { payment: paymentView(row) };
}

/** `no-such-payment-subject` (404), `not-your-payment` (403). */
export async function readPaymentAccount(
  { db, call }: Kit,
  { actor, trace }: Context,
  { params: { kind, id }, query }: HandlerInput<typeof accountContract>,
): Promise<HandlerAnswer<typeof accountContract>> {
  const due = await db.transaction((tx) => subjectOf(kind, actor).due(tx, id));
  if (!due) throw noSuchSubject();
  const { payer, payee } = due;
  const speaker = speakerOf(actor, query.personId);
  await refuseUnlessSide(call, speaker, { sides: [payer, payee], trace });
  refuseHousehold(speaker, await unaskedOf(call, { kind, sides: [payer, payee] }, trace));
  const rows = await db.read
    .select()
    .from(payments)
    .where(and(eq(payments.subjectKind, kind), eq(payments.subjectId, id)))
    .orderBy(desc(payments.id));
  return {
    account: {
      subject: { kind, id },
      payer,
      receiver: payee,
      dueCentimos: due.dueCentimos,
      paidCentimos: Math.max(0, due.paidCentimos),
      waitingCentimos: (await paidOf(db.read, kind, id)).waiting,
      ...balance(due),
      takesDeposits: due.takesDeposits ?? false,
      title: (await titlesOf(db.read, [{ subjectKind: kind, subjectId: id }])).get(id) ?? null,
      payments: rows.map(paymentView),
    },
  };
}

/** `not-yours`, `word-needed`, `not-your-payment` (403), `cursor-wrong` (422). */
export async function listPayments(
  { db, call }: Kit,
  { actor, trace }: Context,
  {
    query: { personId, organizationId, providerId, state, cursor, limit },
  }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  const party = partyOf({ personId, organizationId, providerId });
  if (party.kind === "person") {
    refuseUnlessThemself(actor, party.id);
    refuseWordless(actor, party.id);
  } else await refuseUnlessSide(call, speakerOf(actor, undefined), { sides: [party], trace });
  const before = cursor === undefined ? undefined : z.uuid().safeParse(cursor);
  if (before?.success === false)
    throw new DomainError("invalid", "cursor-wrong", "This is no page of this list.");
  const rows = await db.read
    .select()
    .from(payments)
    .where(
      and(
        or(
          and(eq(payments.payerKind, party.kind), eq(payments.payerId, party.id)),
          and(eq(payments.receiverKind, party.kind), eq(payments.receiverId, party.id)),
        ),
        state && eq(payments.state, state),
        before && lt(payments.id, before.data),
        actor.kind === "person" && actor.through
          ? notInArray(payments.subjectKind, [...ownAlone])
          : undefined,
      ),
    )
    .orderBy(desc(payments.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const shown = party.kind === "person" ? page : await withoutHouseholds(call, actor, page, trace);
  const titles = await titlesOf(db.read, shown);
  return {
    items: shown.map((row) => ({ ...paymentView(row), title: titles.get(row.subjectId) ?? null })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function partyOf(of: {
  personId: string | undefined;
  organizationId: string | undefined;
  providerId: string | undefined;
}): PaymentParty {
  if (of.organizationId !== undefined) return { kind: "organization", id: of.organizationId };
  if (of.providerId !== undefined) return { kind: "provider", id: of.providerId };
  return { kind: "person", id: of.personId ?? "" };
}

/** What a borrower pays or gets is nothing that others of their household read, whatever office they hold. */
async function withoutHouseholds(
  call: Kit["call"],
  actor: Context["actor"],
  rows: readonly PaymentRow[],
  trace: string,
): Promise<PaymentRow[]> {
  const { operator, humans } = speakerOf(actor, undefined);
  if (operator) return [...rows];
  const hidden = await Promise.all(
    rows.map((row) =>
      unaskedOf(call, { kind: row.subjectKind, sides: [payerOf(row), receiverOf(row)] }, trace),
    ),
  );
  return rows.filter((_row, index) => !humans.some((personId) => hidden[index]?.includes(personId)));
}

async function refuseUnlessSide(
  call: Kit["call"],
  speaker: Speaker,
  { sides, trace }: { sides: readonly PaymentParty[]; trace: string },
): Promise<void> {
  for (const side of sides) if (await speaksFor(call, speaker, side, trace)) return;
  throw notYourPayment();
}
