import { readTraits, mostTraits, type Traits } from "@minka/contracts/traits";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import type { LotInstance } from "@minka/pooling/lot-instance";
import { adjustPrice } from "@minka/pooling/price-adjustments";
import type { Reason } from "@minka/contracts/common";
import { measures } from "@minka/contracts/lot-pledges";
import type { ContractTerms } from "@minka/contracts/lot-contracts";
import { and, asc, eq, inArray } from "@minka/database/query";
import { qualityOf, type QualityNow } from "../pledges/pledge-view.ts";
import { pledges, type PledgeRow } from "../pledges/pledges-tables.ts";
import { lotContracts } from "./contracts-tables.ts";
import { pointsOf } from "./lock-lot.ts";
import type { LotRow } from "./lots-tables.ts";

/** What a composition is made from, as the database has it: read before it is computed, and compared when it is stored. */
export type LotFacts = {
  readonly terms: ContractTerms | null;
  readonly pledged: readonly (PledgeRow & { quality: QualityNow })[];
};

export async function lotFacts(queries: Queries, lot: LotRow): Promise<LotFacts> {
  const pledged = await queries
    .select()
    .from(pledges)
    .where(and(eq(pledges.lotId, lot.id), eq(pledges.state, "open")))
    .orderBy(asc(pledges.id));
  const quality = await qualityOf(
    queries,
    pledged.map(({ id }) => id),
  );
  return {
    terms: await agreedTerms(queries, lot.id),
    pledged: pledged.map((each) => ({ ...each, quality: quality.get(each.id) ?? {} })),
  };
}

/** What organizer and buyer have agreed on; null while they have not. */
async function agreedTerms(queries: Queries, lotId: string): Promise<ContractTerms | null> {
  const [contract] = await queries
    .select({ terms: lotContracts.terms })
    .from(lotContracts)
    .where(and(eq(lotContracts.lotId, lotId), inArray(lotContracts.state, ["agreed", "signed"])));
  return contract?.terms ?? null;
}

/** What of the facts decides: two that are alike give the same composition. */
export function sameFacts(a: LotFacts, b: LotFacts): boolean {
  const deciding = ({ terms, pledged }: LotFacts) =>
    JSON.stringify([
      terms,
      pledged.map(({ id, weighedGrams, confirmed, certificates, pointId, quality }) => [
        id,
        weighedGrams,
        confirmed,
        certificates,
        pointId,
        measures.map((measure) => quality[measure] ?? null),
      ]),
    ]);
  return deciding(a) === deciding(b);
}

/** By sex and size, of however many people. */
export async function traitsOf(
  call: Caller,
  personIds: readonly string[],
  trace: string,
): Promise<Map<string, Traits>> {
  const found = new Map<string, Traits>();
  const each = [...new Set(personIds)];
  for (let from = 0; from < each.length; from += mostTraits) {
    const { traits } = await call(
      readTraits,
      { body: { personIds: each.slice(from, from + mostTraits) } },
      { trace },
    );
    for (const one of traits) found.set(one.personId, one);
  }
  return found;
}

/** What could not even be considered: nothing was weighed, or its owner has not agreed. */
export type Unready = { readonly pledge: PledgeRow; readonly reason: Reason };

/**
 * The question to the solver, and what is left out of it. `price-unknown` (409) while neither a contract, nor the buyer's
 * offer, nor the organizer says what a kilogram brings.
 */
export async function lotInstance(
  queries: Queries,
  lot: LotRow,
  { terms, pledged }: LotFacts,
  traits: ReadonlyMap<string, Traits>,
): Promise<{ instance: LotInstance; unready: Unready[] }> {
  const price = terms?.centimosPerKg ?? fixedPrice(lot) ?? lot.expectedCentimosPerKg;
  if (price === null)
    throw new DomainError("conflict", "price-unknown", "Nobody has said what a kilogram brings.");
  const points = await pointsOf(queries, lot.id);
  const unready: Unready[] = [];
  const contributions = pledged.flatMap((pledge, index) => {
    const { id, personId, weighedGrams, confirmed, quality, certificates, pointId } = pledge;
    if (weighedGrams === null) {
      unready.push({ pledge, reason: { code: "not-weighed", parameters: {} } });
      return [];
    }
    // An agent or supplier alone has no second person: there the member's own yes is needed.
    if (!confirmed && lot.organizerKind === "provider") {
      unready.push({ pledge, reason: { code: "not-confirmed", parameters: {} } });
      return [];
    }
    const woman = traits.get(personId)?.sex === "f";
    const adjusted = adjustPrice(price, quality, terms?.adjustments ?? []).centimosPerKg;
    const premium = woman ? (terms?.womenPremiumCentimosPerKg ?? 0) : 0;
    return [
      {
        id,
        personId,
        grams: weighedGrams,
        woman,
        sizeClass: traits.get(personId)?.sizeClass ?? null,
        point: pointId,
        pledgedOrder: index,
        quality,
        certificates,
        // The solver counts what is worth something at least.
        centimosPerKg: Math.max(1, adjusted + premium),
      },
    ];
  });
  const grams = (kg: number) => Math.round(kg * 1000);
  const maximumGrams = terms ? Math.min(grams(terms.maximumKg), lot.maximumGrams) : lot.maximumGrams;
  const minimumGrams = terms ? Math.max(grams(terms.minimumKg), lot.minimumGrams) : lot.minimumGrams;
  return {
    unready,
    instance: {
      contributions,
      minimumGrams: Math.min(minimumGrams, maximumGrams),
      maximumGrams,
      limits: lot.limits,
      certificates: lot.certificates,
      minimumWomenSharePercent: lot.minimumWomenSharePercent,
      pickupCentimos: Object.fromEntries(points.map(({ id, pickupCentimos }) => [id, pickupCentimos])),
      parts: lot.parts,
      minimumPartGrams: Math.min(lot.minimumPartGrams, maximumGrams),
      fairness: lot.fairness,
    },
  };
}

function fixedPrice({ demand }: LotRow): number | null {
  return demand?.price?.mode === "fixed" ? demand.price.centimosPerKg : null;
}
