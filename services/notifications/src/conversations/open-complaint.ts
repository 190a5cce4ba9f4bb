import { and, eq, isNull } from "@minka/database/query";
import { attentionItems } from "../tables.ts";
import type { Turn } from "./turn.ts";

/** Whether a person still has to look at what this phone wrote about a provider. */
export async function hasOpenComplaint({ kit, phone }: Turn, providerId: string): Promise<boolean> {
  const found = await kit.db.read
    .select({ id: attentionItems.id })
    .from(attentionItems)
    .where(
      and(
        eq(attentionItems.phone, phone),
        eq(attentionItems.kind, "complaint"),
        eq(attentionItems.subject, providerId),
        isNull(attentionItems.resolvedAt),
      ),
    )
    .limit(1);
  return found.length > 0;
}
