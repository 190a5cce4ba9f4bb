import type { Database } from "@minka/database/connect";
import { and, eq, inArray, lte } from "@minka/database/query";
import { prompts } from "../tables.ts";
import { lockConversation } from "./conversation-lease.ts";
import { closePrompt, putNext, type Moment } from "./prompts.ts";

export async function duePrompts(db: Database, now: Date, limit: number) {
  return db.read
    .select({ id: prompts.id, trace: prompts.trace })
    .from(prompts)
    .where(and(inArray(prompts.state, ["open", "waiting"]), lte(prompts.expiresAt, now)))
    .limit(limit);
}

/** A question whose time is over stops waiting for its answer. */
export async function expirePrompt(db: Database, id: string, moment: Moment): Promise<void> {
  const [found] = await db.read.select().from(prompts).where(eq(prompts.id, id));
  if (!found) return;
  await db.transaction(async (tx) => {
    await lockConversation(tx, found.phone, moment.trace);
    const [prompt] = await tx.select().from(prompts).where(eq(prompts.id, id));
    if (!prompt || !["open", "waiting"].includes(prompt.state) || prompt.expiresAt > moment.at) return;
    await closePrompt(tx, prompt, "expired");
    await putNext(tx, prompt.phone, moment);
  });
}
