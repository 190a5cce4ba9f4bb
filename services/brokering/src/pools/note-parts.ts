import type { Actor } from "@minka/contracts/actor";
import type { DecisionPart } from "@minka/contracts/decision-makers";
import type { Transaction } from "@minka/database/connect";
import { humansOf, type Act } from "@minka/service/act";
import { notePart } from "../decision-makers/note-part.ts";
import type { PoolRow } from "./pools-tables.ts";

/** Who proposed, negotiated and approved a joint purchase is counted by sex. */
export async function noteParts(
  tx: Transaction,
  act: Act,
  { id, organizerKind, organizerId }: Pick<PoolRow, "id" | "organizerKind" | "organizerId">,
  part: DecisionPart,
  actor: Actor,
): Promise<void> {
  const organizationId = organizerKind === "organization" ? organizerId : null;
  for (const personId of humansOf(actor))
    await notePart(tx, act, { noun: "pool", subjectId: id, part, personId, organizationId });
}
