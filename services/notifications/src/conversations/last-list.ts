import { and, desc, eq, isNotNull, sql } from "@minka/database/query";
import { prompts } from "../tables.ts";
import type { Turn } from "./turn.ts";

/** The matches that the phone was shown last of a request, in the order of their numbers; none by another way. */
export async function lastList(
  { kit, phone }: Pick<Turn, "kit" | "phone">,
  requestId: string,
): Promise<string[]> {
  const [list] = await kit.db.read
    .select({ subject: prompts.subject })
    .from(prompts)
    .where(
      and(
        eq(prompts.phone, phone),
        eq(prompts.kind, "choice"),
        sql`${prompts.subject}->>'requestId' = ${requestId}`,
        isNotNull(prompts.openedAt),
      ),
    )
    .orderBy(desc(prompts.openedAt))
    .limit(1);
  return list?.subject.kind === "choice" ? list.subject.matchIds : [];
}
