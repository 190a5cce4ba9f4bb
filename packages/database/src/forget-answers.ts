import type { Subject } from "@minka/contracts/personal-data";
import { sql } from "./query.ts";
import type { CommonTables } from "./columns.ts";
import type { Transaction } from "./connect.ts";

/**
 * Takes a person out of the answers that are kept for repeated commands. The commands stay known: who repeats one
 * is told that its key was used with another body, and nothing is done twice.
 */
export async function forgetAnswers(
  tx: Transaction,
  idempotencyKeys: CommonTables["idempotencyKeys"],
  { personId, phones, names, documents }: Subject,
): Promise<void> {
  const words = [...phones, ...documents, ...names.filter(isFullName)];
  const written = sql.param(words);
  // The scope ends with the caller's own key, which may be anything.
  if (words.length > 0)
    await tx
      .delete(idempotencyKeys)
      .where(
        sql`exists (select 1 from unnest(${written}::text[]) w where strpos(${idempotencyKeys.scope}, w) > 0)`,
      );
  const theirs = sql.param([personId, ...words]);
  await tx
    .update(idempotencyKeys)
    .set({ answer: null, bodyHash: "" })
    .where(
      sql`strpos(${idempotencyKeys.scope}, ${personId}) > 0 or exists (select 1 from unnest(${theirs}::text[]) w
        where strpos(${idempotencyKeys.answer}::text, w) > 0)`,
    );
}

/** A name that tells who it is wherever it stands: "Rosa" is in many texts that are about somebody else. */
export function isFullName(name: string): boolean {
  return /\S\s+\S/.test(name.trim()) && name.trim().length >= 8;
}
