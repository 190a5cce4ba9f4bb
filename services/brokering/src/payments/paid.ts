import type { PaymentSubjectKind } from "@minka/contracts/payments";
import type { Queries } from "@minka/database/connect";
import { and, eq, inArray, sql } from "@minka/database/query";
import type { Due } from "./payment-subjects.ts";
import { payments } from "./payments-tables.ts";

/** Céntimos: to who is owed, and back to who paid; written down alone, or confirmed. */
export type Paid = {
  readonly confirmed: number;
  readonly back: number;
  readonly waiting: number;
  readonly waitingBack: number;
};
export const nothingPaid: Paid = { confirmed: 0, back: 0, waiting: 0, waitingBack: 0 };

/** What was paid of each of many things. Those of which nothing was are left out. */
export async function paidOfEach(
  queries: Queries,
  kind: PaymentSubjectKind,
  ids: readonly string[],
): Promise<Map<string, Paid>> {
  if (ids.length === 0) return new Map();
  const sum = (state: string, back: boolean) =>
    sql<number>`coalesce(sum(${payments.amountCentimos}) filter (where state = ${state} and back = ${back}), 0)::float8`;
  const rows = await queries
    .select({
      id: payments.subjectId,
      confirmed: sum("confirmed", false),
      back: sum("confirmed", true),
      waiting: sum("recorded", false),
      waitingBack: sum("recorded", true),
    })
    .from(payments)
    .where(and(eq(payments.subjectKind, kind), inArray(payments.subjectId, [...ids])))
    .groupBy(payments.subjectId);
  return new Map(rows.map(({ id, ...paid }) => [id, paid]));
}

export async function paidOf(queries: Queries, kind: PaymentSubjectKind, id: string): Promise<Paid> {
  return (await paidOfEach(queries, kind, [id])).get(id) ?? nothingPaid;
}

/** Confirmed of one thing, less what was given back. */
export async function confirmedCentimos(
  queries: Queries,
  kind: PaymentSubjectKind,
  id: string,
): Promise<number> {
  const { confirmed, back } = await paidOf(queries, kind, id);
  return confirmed - back;
}

/** What is still to be paid, and what is to be given back; what is only written down changes neither. */
export function balance({ dueCentimos, paidCentimos, takesDeposits = false }: Omit<Due, "payer" | "payee">) {
  return {
    owedCentimos: Math.max(0, dueCentimos - paidCentimos),
    backCentimos: takesDeposits ? 0 : Math.max(0, paidCentimos - dueCentimos),
  };
}
