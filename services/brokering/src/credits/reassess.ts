import type { Transaction } from "@minka/database/connect";
import { meetsRequirements } from "@minka/domain/credit/meets-requirements";
import type { LoanRequirement } from "@minka/domain/vocabulary";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { isWithLender } from "./credit-lifecycle.ts";
import { credits, type CreditRow } from "./credits-tables.ts";

/** What a lender asks for may come or go after it was sent: it sees how that stands today. Of a locked credit. */
export async function reassess(
  tx: Transaction,
  act: Act,
  { id, state, terms, assessed, declared }: CreditRow,
  { requirement: changed, holds }: { requirement: LoanRequirement; holds: boolean },
): Promise<void> {
  if (!terms || !assessed || !isWithLender(state)) return;
  const known = new Set<LoanRequirement>(
    assessed.flatMap((one) => (one.by === null || one.declared ? [] : [one.by])),
  );
  if (holds) known.add(changed);
  else known.delete(changed);
  const { requirements } = meetsRequirements(terms.requirements, [...known, ...declared]);
  const now = requirements.map(({ requirement, met, by }) => ({
    requirement,
    met,
    by,
    declared: by !== null && !known.has(by),
  }));
  await tx.update(credits).set({ assessed: now }).where(eq(credits.id, id));
  await record(tx, act, "credit.reassess", `credit:${id}`);
}
