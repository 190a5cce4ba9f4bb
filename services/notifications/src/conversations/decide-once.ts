import { eq } from "@minka/database/query";
import { idempotencyKeys } from "../tables.ts";
import type { Turn } from "./turn.ts";

/**
 * Finds out once which of a person's matters a message is about. A turn that a crash cut off is repeated,
 * and its first command may have changed the very thing that was looked at: "listo" would find nothing any
 * more, and CANCELAR the next request. What was decided is kept before the command goes out; null is not
 * kept, since no command follows from it.
 */
export async function decideOnce<Decision>(
  { kit, messageId, now }: Turn,
  name: string,
  decide: () => Promise<Decision | null>,
): Promise<Decision | null> {
  const scope = `decision:${messageId}:${name}`;
  const kept = async () => {
    const [row] = await kit.db.read
      .select({ answer: idempotencyKeys.answer })
      .from(idempotencyKeys)
      .where(eq(idempotencyKeys.scope, scope));
    return row?.answer as Decision | undefined;
  };
  const before = await kept();
  if (before !== undefined) return before;
  const decision = await decide();
  if (decision === null) return null;
  await kit.db.read
    .insert(idempotencyKeys)
    .values({ scope, bodyHash: "", answer: decision, createdAt: now })
    .onConflictDoNothing();
  // Another holder of this turn may have been quicker.
  return (await kept()) ?? decision;
}
