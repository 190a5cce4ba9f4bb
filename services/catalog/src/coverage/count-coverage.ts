import type { readOfferCoverage as contract } from "@minka/contracts/coverage";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { Database } from "@minka/database/connect";
import { areasContaining } from "@minka/domain/coverage";
import { kinds } from "@minka/domain/vocabulary";
import { allDistricts } from "@minka/geography/districts";
import { servedAreas, widestAreas } from "../offers/posting-rows.ts";

type Kind = (typeof kinds)[number];
type Stage = "fresh" | "sunk" | "hidden";
type Offer = {
  kind: Kind;
  stage: Stage;
  coverage: string[];
  /** Of visits, which reach as far as their agent goes; null of the others. */
  visits: Extract<OfferTerms, { kind: "assistance" }> | null;
  providerId: string;
  listed: boolean;
};

const batch = 2_000;

/** How many providers and offers reach each district, how fresh the offers are. */
export async function countCoverage(
  { sql }: Pick<Database, "sql">,
  { area, kind }: HandlerInput<typeof contract>["query"],
): Promise<HandlerAnswer<typeof contract>> {
  const offers = sql<Offer[]>`
    select o.kind, f.stage, o.coverage, case when o.kind = 'assistance' then o.terms end as visits,
           o.provider_id as "providerId", l.number is not null as listed
      from catalog.freshness f
      join catalog.offers o on o.id = f.offer_id
      left join catalog.listings l on l.offer_id = o.id
     where ${kind === undefined ? sql`true` : sql`o.kind = ${kind}`}`;
  const districts = allDistricts().filter(({ code }) => code.startsWith(area));
  const reached = new Map<Kind, Reach>(kinds.map((each) => [each, new Reach()]));
  for await (const rows of offers.cursor(batch)) {
    for (const { visits, ...offer } of rows) {
      const areas = visits ? servedAreas(visits, offer.coverage, districts) : widestAreas(offer.coverage);
      reached.get(offer.kind)?.add(offer, areas);
    }
  }
  const countIn = new Map([...reached].map(([each, reach]) => [each, reach.counter()]));
  return {
    rows: districts.flatMap(({ code: districtCode }) =>
      [...countIn].flatMap(([each, count]) => {
        const counted = count(districtCode);
        const reaches = counted.fresh + counted.sunk + counted.hidden > 0;
        return reaches ? [{ districtCode, kind: each, ...counted }] : [];
      }),
    ),
  };
}

/** Of one kind, what reaches an area, by the areas that offers name: most are found in many districts. */
class Reach {
  readonly #offers = new Map<string, Record<Stage, number>>();
  readonly #areasOf = new Map<string, Set<string>>();

  add({ stage, providerId, listed }: Omit<Offer, "visits">, areas: readonly string[]): void {
    for (const area of areas) {
      const sums = this.#offers.get(area) ?? { fresh: 0, sunk: 0, hidden: 0 };
      sums[stage] += 1;
      this.#offers.set(area, sums);
    }
    if (!listed) return;
    const known = this.#areasOf.get(providerId) ?? new Set();
    for (const area of areas) known.add(area);
    this.#areasOf.set(providerId, known);
  }

  /** Counts for a district. A provider with several offers there is one. */
  counter(): (districtCode: string) => Record<Stage | "providers", number> {
    const providers = new Map<string, number>();
    for (const areas of this.#areasOf.values())
      for (const area of widestAreas([...areas])) providers.set(area, (providers.get(area) ?? 0) + 1);
    return (districtCode) => {
      const counted = { providers: 0, fresh: 0, sunk: 0, hidden: 0 };
      for (const area of areasContaining(districtCode)) {
        const sums = this.#offers.get(area);
        counted.providers += providers.get(area) ?? 0;
        counted.fresh += sums?.fresh ?? 0;
        counted.sunk += sums?.sunk ?? 0;
        counted.hidden += sums?.hidden ?? 0;
      }
      return counted;
    };
  }
}
