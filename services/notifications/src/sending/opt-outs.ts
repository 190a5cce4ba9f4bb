import type { Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { eq } from "drizzle-orm";
import { audit, optOuts } from "../tables.ts";
import type { OutboundMessage } from "./finish-attempt.ts";

/** Whether the phone wants no messages but answers to its own. */
export async function isOptedOut(queries: Queries, phone: string): Promise<boolean> {
  const found = await queries
    .select({ phone: optOuts.phone })
    .from(optOuts)
    .where(eq(optOuts.phone, phone))
    .limit(1);
  return found.length > 0;
}

/** Remembers that the phone said to the gateway itself that it wants no messages. */
export async function recordGatewayOptOut(
  tx: Transaction,
  { id, phone, trace }: OutboundMessage,
  at: Date,
): Promise<void> {
  const recorded = await tx
    .insert(optOuts)
    .values({ phone, since: at })
    .onConflictDoNothing()
    .returning({ phone: optOuts.phone });
  if (recorded.length === 0) return;
  await tx
    .insert(audit)
    .values({ id: newId(), at, actor: "service:notifications", action: "opted-out", subject: id, trace });
}
