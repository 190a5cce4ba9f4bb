import type { Database } from "@minka/database/connect";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import type { CallContext } from "@minka/http/mount-endpoint";
import { idempotencyKeys } from "../tables.ts";
import { endTakeover } from "./end-takeover.ts";
import { lockById, operatorOf, recordAct } from "./take-over.ts";
import { readOwnTakeover, settleLeft } from "./taken-over.ts";

/**
 * The operator who has a conversation in hand gives it back; what has come since they wrote last, and since the
 * message that they say they saw, Minka answers. Throws like `readOwnTakeover`.
 */
export async function handBack(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace, claim }: CallContext,
  { conversationId, seen }: { conversationId: string; seen?: string | undefined },
): Promise<{ leftToMinka: number }> {
  const operatorId = operatorOf(actor);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const { phone } = await lockById(tx, conversationId);
      const at = clock();
      const takeover = await readOwnTakeover(tx, { phone, operatorId, at });
      if (seen) await settleLeft(tx, { phone, seen, at });
      const leftToMinka = await endTakeover(tx, takeover, "handed_back", { at, trace });
      await recordAct(tx, { actor, at, trace }, "handed-back-conversation", conversationId);
      return { leftToMinka };
    }),
  );
}
