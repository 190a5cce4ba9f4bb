import type { listOffers as contract, OfferTerms } from "@minka/contracts/catalog";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Queries } from "@minka/database/connect";
import { areasContaining } from "@minka/domain/coverage";
import { DomainError } from "@minka/domain/errors";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { refuseUnknownDistrict } from "../providers/district.ts";
import { offers, postings, providers } from "../tables.ts";

const position = z.tuple([z.iso.date(), z.uuid()]);

/** What anyone may see: no base point, no person, no document. Only verified providers' offers. */
export async function listOffers(
  queries: Queries,
  { kind, districtCode, cursor, limit }: HandlerInput<typeof contract>["query"],
): Promise<HandlerAnswer<typeof contract>> {
  if (districtCode !== undefined) refuseUnknownDistrict(districtCode);
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await queries
    .select({
      id: offers.id,
      version: offers.version,
      terms: offers.terms,
      coverage: offers.coverage,
      confirmedOn: offers.confirmedOn,
      provider: { id: providers.id, name: providers.name, kind: providers.kind },
    })
    .from(offers)
    .innerJoin(providers, eq(providers.id, offers.providerId))
    .where(
      and(
        eq(providers.state, "verified"),
        kind === undefined ? undefined : eq(offers.kind, kind),
        districtCode === undefined
          ? undefined
          : sql`${offers.id} in (select ${postings.offerId} from ${postings}
              where ${postings.area} in ${[...areasContaining(districtCode)]}
                and ${postings.kind} = ${offers.kind}
                and not ${postings.stretched})`,
        after && sql`(${offers.confirmedOn}, ${offers.id}) < (${after[0]}::date, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(offers.confirmedOn), desc(offers.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit).map((row) => ({ ...row, terms: withoutBase(row.terms) }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? writeCursor(last.confirmedOn, last.id) : null };
}

function withoutBase(terms: OfferTerms) {
  if (terms.kind !== "assistance") return terms;
  const { base: _base, ...shown } = terms;
  return shown;
}

function writeCursor(confirmedOn: string, id: string): string {
  return Buffer.from(JSON.stringify([confirmedOn, id])).toString("base64url");
}

function readCursor(cursor: string): z.output<typeof position> {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new DomainError("invalid", "cursor-wrong", "This cursor was not given by this list.");
  }
}
