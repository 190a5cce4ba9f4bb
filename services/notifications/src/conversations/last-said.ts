import { foldToGsm7 } from "@minka/language/gsm7";
import { desc, eq } from "@minka/database/query";
import { outboundMessages } from "../tables.ts";
import type { Turn } from "./turn.ts";

/** Minka's last words to the phone, as they were sent; "" when there are none. */
export async function lastSaid({ kit, phone }: Turn): Promise<string> {
  const [last] = await kit.db.read
    .select({ body: outboundMessages.body })
    .from(outboundMessages)
    .where(eq(outboundMessages.phone, phone))
    .orderBy(desc(outboundMessages.sequence))
    .limit(1);
  return last?.body ?? "";
}

/** Whether the last words began with these. */
export async function hasJustSaid(turn: Turn, words: string): Promise<boolean> {
  return (await lastSaid(turn)).startsWith(foldToGsm7(words));
}
