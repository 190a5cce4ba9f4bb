import { findDistrict, type District } from "@minka/geography/districts";
import type { OfferCounts, RequestCounts } from "./read-market.ts";

/** Regions where the programmes work, by INEI code: what the map shows. */
const programmeRegions = new Set(["22", "10", "25", "19"]);

export function inProgramme({ code }: District): boolean {
  return programmeRegions.has(code.slice(0, 2));
}

export type DistrictCounts = {
  readonly district: District;
  /** Offers that have their base here; null when the catalog did not answer. */
  readonly offers: number | null;
  /** Null when matching did not answer. */
  readonly requests: OpenRequests | null;
};

/** `withheld` kinds have from one to four open requests each: how many exactly is never told. */
type OpenRequests = { readonly told: number; readonly withheld: number };

const noRequests: OpenRequests = { told: 0, withheld: 0 };

/** One row a district that has something, those with the most offers first. */
export function countByDistrict(
  offerCounts: OfferCounts | null,
  requestCounts: RequestCounts | null,
): DistrictCounts[] {
  const offers = new Map<string, number>();
  for (const row of offerCounts ?? []) {
    offers.set(row.districtCode, (offers.get(row.districtCode) ?? 0) + row.offers);
  }
  const requests = new Map<string, OpenRequests>();
  for (const { districtCode, open } of requestCounts ?? []) {
    const { told, withheld } = requests.get(districtCode) ?? noRequests;
    requests.set(districtCode, { told: told + (open ?? 0), withheld: withheld + (open === null ? 1 : 0) });
  }
  const rows: DistrictCounts[] = [];
  for (const code of new Set([...offers.keys(), ...requests.keys()])) {
    const district = findDistrict(code);
    if (!district) continue;
    rows.push({
      district,
      offers: offerCounts ? (offers.get(code) ?? 0) : null,
      requests: requestCounts ? (requests.get(code) ?? noRequests) : null,
    });
  }
  return rows.sort(
    (a, b) => (b.offers ?? 0) - (a.offers ?? 0) || a.district.name.localeCompare(b.district.name, "es"),
  );
}

export function offersWords(count: number): string {
  if (count === 0) return "sin ofertas";
  return count === 1 ? "1 oferta" : `${count} ofertas`;
}

export function requestsWords({ told, withheld }: OpenRequests): string {
  if (told === 0) {
    if (withheld === 0) return "ningún pedido abierto";
    return withheld === 1 ? "menos de 5 pedidos abiertos" : "pocos pedidos abiertos";
  }
  const words = told === 1 ? "1 pedido abierto" : `${told} pedidos abiertos`;
  return withheld === 0 ? words : `más de ${words}`;
}
