import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { DecisionPart } from "@minka/contracts/decision-makers";
import type { Act } from "@minka/service/act";
import { asc, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { notePart as note } from "../decision-makers/note-part.ts";
import { lotLifecycle, type LotStep } from "./lot-lifecycle.ts";
import { lotPoints, lots, type LotRow } from "./lots-tables.ts";

/** `no-such-lot` (404). */
export async function findLot(queries: Queries, lotId: string): Promise<LotRow> {
  const [row] = await queries.select().from(lots).where(eq(lots.id, lotId));
  if (!row) throw noSuchLot();
  return row;
}

/** The lot is locked before anything of it. */
export async function lockLot(tx: Transaction, lotId: string): Promise<LotRow> {
  const [row] = await tx.select().from(lots).where(eq(lots.id, lotId)).for("update");
  if (!row) throw noSuchLot();
  return row;
}

const noSuchLot = () => new DomainError("not-found", "no-such-lot", "There is no such lot.");

export function pointsOf(queries: Queries, lotId: string) {
  return queries.select().from(lotPoints).where(eq(lotPoints.lotId, lotId)).orderBy(asc(lotPoints.id));
}

/** Makes a transition of a lot whose row is locked. */
export async function moveLot(
  tx: Transaction,
  act: Act,
  { lot, step, role }: { lot: LotRow; step: LotStep; role: Role },
): Promise<LotRow["state"]> {
  const state = nextState(lotLifecycle, lot.state, step, role);
  await tx
    .update(lots)
    .set(step === "settle" ? { state, settledAt: act.at } : { state })
    .where(eq(lots.id, lot.id));
  await record(tx, act, `lot.${step}`, `lot:${lot.id}`);
  return state;
}

/** Who had which part in what was decided on a lot: it is counted by sex. */
export async function notePart(
  tx: Transaction,
  act: Act,
  { lot, part, personIds }: { lot: LotRow; part: DecisionPart; personIds: readonly string[] },
): Promise<void> {
  const organizationId = lot.organizerKind === "organization" ? lot.organizerId : null;
  for (const personId of new Set(personIds))
    await note(tx, act, { noun: "lot", subjectId: lot.id, part, personId, organizationId });
}
