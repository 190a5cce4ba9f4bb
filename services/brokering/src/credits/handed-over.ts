import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, eq, inArray } from "@minka/database/query";
import { paidOf } from "../payments/paid.ts";
import { payments } from "../payments/payments-tables.ts";
import type { CreditRow } from "./credits-tables.ts";

/** What arrives in the borrower's hands: the opening fee is kept back. */
export function receivedCentimos({ approvedCentimos, terms }: Pick<CreditRow, "approvedCentimos" | "terms">) {
  return Math.max(0, (approvedCentimos ?? 0) - (terms?.openingFeeCentimos ?? 0));
}

/** Whether the lender says that it paid out some of a credit, also where the borrower says nothing or no. */
export async function isHandedOver(queries: Queries, creditId: string): Promise<boolean> {
  const { confirmed, back } = await paidOf(queries, "credit-disbursement", creditId);
  if (confirmed > back) return true;
  const [open] = await queries
    .select({ id: payments.id })
    .from(payments)
    .where(
      and(
        eq(payments.subjectKind, "credit-disbursement"),
        eq(payments.subjectId, creditId),
        eq(payments.back, false),
        inArray(payments.state, ["recorded", "disputed"]),
      ),
    )
    .limit(1);
  return open !== undefined;
}

/** Whether nothing is left for the lender to do: with what the borrower has not confirmed yet it paid out all. */
export async function isAllPaidOut(queries: Queries, credit: CreditRow): Promise<boolean> {
  const { confirmed, back, waiting } = await paidOf(queries, "credit-disbursement", credit.id);
  return waiting > 0 && confirmed - back + waiting >= receivedCentimos(credit);
}

/** Nobody walks away from a loan with the money: `money-handed-over` (409). */
export async function refuseHandedOver(queries: Queries, creditId: string): Promise<void> {
  if (await isHandedOver(queries, creditId))
    throw new DomainError(
      "conflict",
      "money-handed-over",
      "The lender wrote down that it paid it out: say first whether it came.",
    );
}
