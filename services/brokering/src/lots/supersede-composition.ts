import type { Transaction } from "@minka/database/connect";
import type { Act } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { compositions } from "./compositions-tables.ts";

/**
 * What a proposed composition was made from has changed: nobody approves weights, measures and terms that are no more. The lot
 * is locked.
 */
export async function supersedeComposition(tx: Transaction, act: Act, lotId: string): Promise<void> {
  const proposed = await tx
    .update(compositions)
    .set({ state: "superseded", decidedAt: act.at })
    .where(and(eq(compositions.lotId, lotId), eq(compositions.state, "proposed")))
    .returning({ id: compositions.id, approverId: compositions.approverId });
  for (const { id, approverId } of proposed) {
    await record(tx, act, "composition.supersede", `composition:${id}`);
    await endQuestions(tx, act, [approverId]);
  }
}
