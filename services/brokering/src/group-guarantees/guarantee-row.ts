import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Act } from "@minka/service/act";
import { and, eq, inArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { guarantees, guarantors, type GuaranteeRow, type GuarantorRow } from "./group-guarantees-tables.ts";

const openGuarantees = ["gathering", "standing", "called"] as const;

export const noSuchGuarantee = () =>
  new DomainError("not-found", "no-such-guarantee", "There is no such guarantee.");

/** A credit's guarantee that is not over, locked; its credit is locked already. */
export async function lockGuaranteeOf(tx: Transaction, creditId: string): Promise<GuaranteeRow | undefined> {
  const [row] = await tx
    .select()
    .from(guarantees)
    .where(and(eq(guarantees.creditId, creditId), inArray(guarantees.state, [...openGuarantees])))
    .for("update");
  return row;
}

export function guarantorsOf(queries: Queries, guaranteeId: string): Promise<GuarantorRow[]> {
  return queries.select().from(guarantors).where(eq(guarantors.guaranteeId, guaranteeId));
}

export async function setGuarantee(
  tx: Transaction,
  act: Act,
  { guaranteeId, state }: { guaranteeId: string; state: GuaranteeRow["state"] },
): Promise<void> {
  await tx.update(guarantees).set({ state }).where(eq(guarantees.id, guaranteeId));
  await record(tx, act, `guarantee.${state}`, `guarantee:${guaranteeId}`);
}

/** A credit's guarantee is called for its arrears, or stands again; who answers for it. */
export async function turnGuarantee(
  tx: Transaction,
  act: Act,
  { creditId, to }: { creditId: string; to: "called" | "standing" },
): Promise<{ guarantorId: string; personId: string }[]> {
  const guarantee = await lockGuaranteeOf(tx, creditId);
  if (guarantee?.state !== (to === "called" ? "standing" : "called")) return [];
  await setGuarantee(tx, act, { guaranteeId: guarantee.id, state: to });
  const rows = await tx
    .select({ guarantorId: guarantors.id, personId: guarantors.personId })
    .from(guarantors)
    .where(and(eq(guarantors.guaranteeId, guarantee.id), eq(guarantors.state, "agreed")));
  return rows.flatMap(({ guarantorId, personId }) => (personId === null ? [] : [{ guarantorId, personId }]));
}

/** A credit is over, or others are named: nobody answers for it any more. */
export async function releaseGuarantee(tx: Transaction, act: Act, creditId: string): Promise<void> {
  const guarantee = await lockGuaranteeOf(tx, creditId);
  if (!guarantee) return;
  await setGuarantee(tx, act, { guaranteeId: guarantee.id, state: "released" });
  await freeGuarantors(tx, act, guarantee.id);
}

export async function freeGuarantors(tx: Transaction, act: Act, guaranteeId: string): Promise<void> {
  const freed = await tx
    .update(guarantors)
    .set({ state: "released" })
    .where(and(eq(guarantors.guaranteeId, guaranteeId), inArray(guarantors.state, ["asked", "agreed"])))
    .returning({ personId: guarantors.personId });
  await endQuestions(
    tx,
    act,
    freed.map(({ personId }) => personId),
  );
}
