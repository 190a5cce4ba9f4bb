import type { decidedNouns, DecisionPart } from "@minka/contracts/decision-makers";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Act } from "@minka/service/act";
import { partsTaken } from "./decision-makers-tables.ts";

type Taken = {
  noun: (typeof decidedNouns)[number];
  subjectId: string;
  part: DecisionPart;
  personId: string;
  organizationId: string | null;
};

/** Notes who proposed, negotiated or approved something, to be counted by sex; once for each person and part. */
export async function notePart(tx: Transaction, act: Act, taken: Taken): Promise<void> {
  await tx
    .insert(partsTaken)
    .values({ id: newId(), ...taken, at: act.at })
    .onConflictDoNothing();
}
