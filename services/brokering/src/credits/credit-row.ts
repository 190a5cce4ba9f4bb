import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { and, asc, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { releaseEndorsements } from "../endorsements/endorsement-row.ts";
import { releaseGuarantee } from "../group-guarantees/guarantee-row.ts";
import { creditLifecycle, isOver, type CreditTransition } from "./credit-lifecycle.ts";
import { timerOf } from "./credit-timer.ts";
import { credits, instalments, type CreditRow } from "./credits-tables.ts";

/** Also what somebody else's credit answers: nobody learns that there is one. */
export const noSuchCredit = () =>
  new DomainError("not-found", "no-such-credit", "There is no such credit of yours.");

export async function findCredit(queries: Queries, creditId: string): Promise<CreditRow> {
  const [row] = await queries.select().from(credits).where(eq(credits.id, creditId));
  if (!row) throw noSuchCredit();
  return row;
}

export async function lockCredit(tx: Transaction, creditId: string): Promise<CreditRow> {
  const [row] = await tx.select().from(credits).where(eq(credits.id, creditId)).for("update");
  if (!row) throw noSuchCredit();
  return row;
}

/**
 * Takes a step in the life of a credit whose row is locked, with what belongs to it. Whatever way it ends, who vouched
 * for it is free, and the lender sees no more of the borrower's history.
 */
export async function moveCredit(
  tx: Transaction,
  act: Act,
  { credit, step, role, set = {} }: Moving,
): Promise<CreditRow> {
  const state = nextState(creditLifecycle, credit.state, step, role);
  const over = isOver(state);
  const [row] = await tx
    .update(credits)
    .set({
      ...timerOf(state, act.at),
      ...(over ? { history: null, more: null, endedAt: act.at } : {}),
      ...set,
      state,
    })
    .where(eq(credits.id, credit.id))
    .returning();
  if (!row) throw noSuchCredit();
  await record(tx, act, `credit.${step}`, `credit:${credit.id}`);
  if (over) {
    await releaseEndorsements(tx, act, credit.id);
    await releaseGuarantee(tx, act, credit.id);
  }
  return row;
}
type Moving = {
  credit: CreditRow;
  step: CreditTransition;
  role: Role;
  set?: Partial<typeof credits.$inferInsert>;
};

/** Somebody did something about a draft: from now on it waits again as long before it lapses. */
export async function renewDraft(tx: Transaction, creditId: string, at: Date): Promise<void> {
  await tx
    .update(credits)
    .set(timerOf("draft", at))
    .where(and(eq(credits.id, creditId), eq(credits.state, "draft")));
}

export function instalmentsOf(queries: Queries, creditId: string) {
  return queries
    .select()
    .from(instalments)
    .where(eq(instalments.creditId, creditId))
    .orderBy(asc(instalments.number));
}
export type InstalmentRow = typeof instalments.$inferSelect;

/** What of some instalments is not paid, in céntimos. */
export const unpaid = (rows: readonly Pick<InstalmentRow, "totalCentimos" | "paidCentimos">[]): number =>
  rows.reduce((sum, { totalCentimos, paidCentimos }) => sum + totalCentimos - paidCentimos, 0);

/** Who is told how a credit goes: the person, or who asked for their organization. */
export const toldOf = ({ personId, contactId }: Pick<CreditRow, "personId" | "contactId">): string[] => {
  const told = personId ?? contactId;
  return told ? [told] : [];
};
