import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { sql } from "@minka/database/query";
import type { SigningKey } from "../sign-in/signing-key.ts";
import { refusals } from "./invitations-tables.ts";

/** What hashes phones and DNIs of who refused. */
export type RefusalKey = Pick<SigningKey, "refusalHash">;

/** When a phone was used by somebody whom only others named: whoever did use it comes first. */
export const neverUsed = new Date(0);

/** By what somebody who is not known yet would be reached. */
type Named = { readonly phone: string | null; readonly dni: string | null };

/** Before the person is erased: nobody makes Minka write to them again by naming them anew. */
export async function rememberRefusal(
  tx: Transaction,
  key: RefusalKey,
  phonesAndDnis: readonly string[],
  since: Date,
): Promise<void> {
  if (phonesAndDnis.length === 0) return;
  await tx
    .insert(refusals)
    .values(phonesAndDnis.map((each) => ({ hash: key.refusalHash(each), since })))
    .onConflictDoNothing();
}

/** Tells of whoever is named whether their phone or DNI is that of somebody who refused. */
export async function findRefusals(
  queries: Queries,
  key: RefusalKey,
  named: readonly Named[],
): Promise<(one: Named) => boolean> {
  const hashed = (one: Named) => [one.phone, one.dni].flatMap((each) => each ?? []).map(key.refusalHash);
  const found = await queries
    .select({ hash: refusals.hash })
    .from(refusals)
    .where(
      sql`${refusals.hash} in (select jsonb_array_elements_text(${JSON.stringify(named.flatMap(hashed))}::jsonb))`,
    );
  const refused = new Set(found.map(({ hash }) => hash));
  return (one) => refused.size > 0 && hashed(one).some((hash) => refused.has(hash));
}

/** Throws `wants-no-questions` (409) for a phone at which somebody who was named said no to Minka. */
export async function refuseRefused(queries: Queries, key: RefusalKey, phone: string): Promise<void> {
  const one = { phone, dni: null };
  const isRefused = await findRefusals(queries, key, [one]);
  if (!isRefused(one)) return;
  throw new DomainError("conflict", "wants-no-questions", "At this phone nobody wants to be asked by Minka.");
}
