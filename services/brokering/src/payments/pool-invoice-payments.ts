import { eq } from "@minka/database/query";
import { completePool, reviewPool } from "../deliveries/complete-pool.ts";
import { creditOfInvoice } from "../deliveries/credits-given.ts";
import { lockPool } from "../pools/lock-pool.ts";
import { poolInvoices } from "../pools/pool-awards-tables.ts";
import { confirmedCentimos } from "./paid.ts";
import type { PaymentSubject } from "./payment-subjects.ts";

/** What the organizer pays a supplier. Who organizes and supplies owes itself nothing. */
export const poolInvoiceSubject: PaymentSubject = {
  kind: "pool-invoice",
  async due(tx, id) {
    const [invoice] = await tx.select().from(poolInvoices).where(eq(poolInvoices.id, id));
    if (!invoice) return null;
    const pool = await lockPool(tx, invoice.poolId);
    const own = pool.organizerId === invoice.providerId;
    return {
      payer: { kind: pool.organizerKind, id: pool.organizerId },
      payee: { kind: "provider", id: invoice.providerId },
      dueCentimos: own ? 0 : invoice.totalCentimos - (await creditOfInvoice(tx, id)),
      paidCentimos: await confirmedCentimos(tx, "pool-invoice", id),
    };
  },
  async confirmed(tx, act, { subjectId }) {
    const [invoice] = await tx.select().from(poolInvoices).where(eq(poolInvoices.id, subjectId));
    if (invoice) await completePool(tx, act, await lockPool(tx, invoice.poolId));
  },
  async undone(tx, act, { subjectId }) {
    const [invoice] = await tx.select().from(poolInvoices).where(eq(poolInvoices.id, subjectId));
    if (invoice) await reviewPool(tx, act, await lockPool(tx, invoice.poolId));
  },
};
