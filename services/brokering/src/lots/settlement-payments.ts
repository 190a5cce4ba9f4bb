import { and, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { dependedOn } from "../payments/depended-on.ts";
import { confirmedCentimos } from "../payments/paid.ts";
import type { PaymentSubject } from "../payments/payment-subjects.ts";
import { lotContracts, lotDeliveries } from "./contracts-tables.ts";
import { lockLot } from "./lock-lot.ts";
import type { LotRow } from "./lots-tables.ts";
import { lotAdvances, type LotAdvanceRow, settlementLines, settlements } from "./settlements-tables.ts";

/** What a member gets of a settled lot, paid by its organizer. The id is of the member's line. */
export const settlementSubject: PaymentSubject = {
  kind: "settlement",
  async due(tx, id) {
    const [found] = await tx
      .select({ line: settlementLines, state: settlements.state })
      .from(settlementLines)
      .innerJoin(settlements, eq(settlements.id, settlementLines.settlementId))
      .where(eq(settlementLines.id, id));
    if (!found) return null;
    const lot = await lockLot(tx, found.line.lotId);
    return {
      payer: { kind: lot.organizerKind, id: lot.organizerId },
      payee: { kind: "person", id: found.line.personId },
      dueCentimos: found.state === "approved" ? found.line.netCentimos : 0,
      paidCentimos: await confirmedCentimos(tx, "settlement", id),
    };
  },
  confirmed: (tx, act, { subjectId, back }) =>
    record(tx, act, back ? "settlement.give-back" : "settlement.pay", `settlement-line:${subjectId}`),
  undone: (tx, act, { subjectId }) => record(tx, act, "settlement.undo", `settlement-line:${subjectId}`),
};

/** What a member is given before the settlement, which takes it off. The id is of the advance. */
export const advanceSubject: PaymentSubject = {
  kind: "advance",
  owedBack: true,
  async due(tx, id) {
    const [found] = await tx
      .select({ lotId: lotAdvances.lotId })
      .from(lotAdvances)
      .where(eq(lotAdvances.id, id));
    if (!found) return null;
    const lot = await lockLot(tx, found.lotId);
    // A later lot's settlement may be taking what is carried of it.
    const [advance] = await tx.select().from(lotAdvances).where(eq(lotAdvances.id, id)).for("update");
    if (!advance) return null;
    const paidCentimos = await confirmedCentimos(tx, "advance", id);
    return {
      payer: { kind: lot.organizerKind, id: lot.organizerId },
      payee: { kind: "person", id: advance.personId },
      dueCentimos: stillDue(lot, advance, paidCentimos),
      paidCentimos,
    };
  },
  confirmed: (tx, act, { subjectId, back }) =>
    record(tx, act, back ? "lot-advance.give-back" : "lot-advance.pay", `lot-advance:${subjectId}`),
  async undone(tx, act, { subjectId }) {
    const [advance] = await tx.select().from(lotAdvances).where(eq(lotAdvances.id, subjectId));
    const lot = advance && (await lockLot(tx, advance.lotId));
    if (lot?.state === "settled") throw dependedOn("The settlement has taken this advance off.");
    await record(tx, act, "lot-advance.undo", `lot-advance:${subjectId}`);
  },
};

/**
 * What was not handed out before the settlement is not any more, and what settlements could not take of it comes back;
 * of a lot that was given up it all does. What was settled before that was written down was taken as it was paid.
 */
function stillDue({ state }: LotRow, { centimos, takenCentimos }: LotAdvanceRow, paid: number): number {
  if (state === "cancelled") return 0;
  return state === "settled" ? (takenCentimos ?? paid) : centimos;
}

/** What the buyer pays for what it has confirmed; until it is settled its advance at least. The id is of the contract. */
export const lotInvoiceSubject: PaymentSubject = {
  kind: "lot-invoice",
  async due(tx, id) {
    const [found] = await tx.select().from(lotContracts).where(eq(lotContracts.id, id));
    if (!found) return null;
    const lot = await lockLot(tx, found.lotId);
    const delivered = await tx
      .select()
      .from(lotDeliveries)
      .where(and(eq(lotDeliveries.contractId, id), eq(lotDeliveries.state, "confirmed")));
    const worth = delivered.reduce((sum, each) => sum + each.valueCentimos + each.womenPremiumCentimos, 0);
    const ahead =
      found.state === "signed" && lot.state !== "settled" ? (found.terms?.advanceCentimos ?? 0) : 0;
    return {
      payer: { kind: "provider", id: found.buyerId },
      payee: { kind: lot.organizerKind, id: lot.organizerId },
      dueCentimos: lot.state === "cancelled" ? 0 : Math.max(ahead, worth),
      paidCentimos: await confirmedCentimos(tx, "lot-invoice", id),
    };
  },
  confirmed: (tx, act, { subjectId, back }) =>
    record(tx, act, back ? "lot-invoice.give-back" : "lot-invoice.pay", `lot-contract:${subjectId}`),
  undone: (tx, act, { subjectId }) => record(tx, act, "lot-invoice.undo", `lot-contract:${subjectId}`),
};
