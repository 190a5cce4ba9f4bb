import type { Subject } from "@minka/contracts/personal-data";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { Transaction } from "@minka/database/connect";
import { erasedMark, mentionPattern } from "@minka/database/mentions";
import { and, eq, ne, sql, type SQL } from "@minka/database/query";
import type { PgColumn } from "@minka/database/table";
import { offerVersions } from "../offers/offers-tables.ts";
import { providerStaff } from "../providers/providers-tables.ts";
import { offers, providers } from "../tables.ts";

/** What names the person in what others are called and offer. */
export type Named = { readonly offerIds: readonly string[]; readonly providerIds: readonly string[] };

type OfferOf = { id: string; providerId: string };

/** The offers that name the person, as they are or were. */
export async function readNaming(tx: Transaction, who: Subject): Promise<Named> {
  const pattern = mentionPattern(who);
  if (pattern === null) return { offerIds: [], providerIds: [] };
  // Each goes through a whole table, some four seconds for a million rows: one after the other, before anything is held.
  const now = await tx.execute<OfferOf>(sql`
    select id, provider_id as "providerId" from ${offers} where ${names(offers.terms, pattern)}`);
  const before = await tx.execute<OfferOf>(sql`
    select distinct o.id, o.provider_id as "providerId" from ${offerVersions}
    join ${offers} o on o.id = ${offerVersions.offerId} where ${names(offerVersions.terms, pattern)}`);
  const rows = [...now, ...before];
  return {
    offerIds: [...new Set(rows.map(({ id }) => id))],
    providerIds: rows.map(({ providerId }) => providerId),
  };
}

/** Takes the person out of those offers and their versions; the caller holds their providers. */
export async function eraseFromOffers(tx: Transaction, { offerIds }: Named, who: Subject): Promise<void> {
  const pattern = mentionPattern(who);
  if (pattern === null) return;
  for (const id of offerIds) {
    const [offer] = await tx.select({ terms: offers.terms }).from(offers).where(eq(offers.id, id));
    if (!offer) continue;
    const terms = await withoutMentions(tx, offer.terms, pattern);
    await tx
      .update(offers)
      .set({ terms, title: "title" in terms ? terms.title : null })
      .where(eq(offers.id, id));
    const versions = await tx.select().from(offerVersions).where(eq(offerVersions.offerId, id));
    for (const { version, terms: said } of versions) {
      await tx
        .update(offerVersions)
        .set({ terms: await withoutMentions(tx, said, pattern) })
        .where(and(eq(offerVersions.offerId, id), eq(offerVersions.version, version)));
    }
  }
}

/**
 * Takes the person out of the names of companies and organizations that they had a part in, and gives back which.
 * Elsewhere the same name is somebody else's, and a person's own entry is always called as that person.
 */
export async function eraseFromNames(tx: Transaction, who: Subject): Promise<string[]> {
  const pattern = mentionPattern(who);
  if (pattern === null) return [];
  const without = (column: SQL) => sql`regexp_replace(${column}, ${pattern}, ${erasedMark}, 'gi')`;
  const rows = await tx
    .update(providers)
    .set({ name: without(sql`${providers.name}`), legalName: without(sql`${providers.legalName}`) })
    .where(
      and(
        ne(providers.form, "person"),
        hadPartIn(who),
        sql`(${providers.name} ~* ${pattern} or ${providers.legalName} ~* ${pattern})`,
      ),
    )
    .returning({ id: providers.id });
  return rows.map(({ id }) => id);
}

/** The providers that a person is asked for, acts for or has acted for. */
export function hadPartIn({ personId }: Subject): SQL {
  return sql`(${providers.personId} = ${personId} or exists (select 1 from ${providerStaff} s
    where s.provider_id = ${providers.id} and s.person_id = ${personId}))`;
}

/** As JSON writes a new line, its letter would become the beginning of the next word. */
const names = (column: PgColumn, pattern: string) =>
  sql`replace(replace(replace(${column}::text, '\\n', ' '), '\\r', ' '), '\\t', ' ') ~* ${pattern}`;

/** Only texts are rewritten: a phone's nine digits may stand in a coordinate too. */
async function withoutMentions(tx: Transaction, terms: OfferTerms, pattern: string): Promise<OfferTerms> {
  const texts = [...new Set(textsOf(terms))];
  const rows = await tx.execute<{ text: string; without: string }>(sql`
    select text, regexp_replace(text, ${pattern}, ${erasedMark}, 'gi') as without
    from unnest(${sql.param(texts)}::text[]) as text where text ~* ${pattern}`);
  const rewritten = new Map(rows.map(({ text, without }) => [text, without]));
  return JSON.parse(JSON.stringify(terms), (_, value) => rewritten.get(value) ?? value);
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(textsOf) : [];
}
