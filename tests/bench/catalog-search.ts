import { offerLister } from "@minka/catalog";
import { listOffers } from "@minka/contracts/catalog";
import type { Database } from "@minka/database/connect";
import { marketDay, measureMarkets, type Market } from "./catalog-market.ts";
import { seeded, type Asker } from "./make-market.ts";
import type { Figure } from "./run-benches.ts";

/** The public list of offers with words, filters and orders as people use them, over reading 40 by primary key. */
export function benchCatalogSearch(): Promise<Figure[]> {
  return measureMarkets("catalog-search", askForOffers);
}

/** Each turn another search; words with slips, common and rare ones, and filters that seldom meet. */
export function askForOffers({ askers }: Market) {
  const random = seeded(11);
  const listers = new WeakMap<Database, ReturnType<typeof offerLister>>();
  return async (db: Database, turn: number): Promise<unknown> => {
    const list = listers.get(db) ?? offerLister({ db, clock: () => marketDay });
    listers.set(db, list);
    const { districtCode } = askers[(turn * 7_919) % askers.length] as Asker;
    const here = { districtCode };
    const searches: Record<string, string>[] = [
      { q: "abono" },
      { q: "abno organico" },
      { q: "despulpadra" },
      { q: "despulpadora san juan", ...here },
      { q: "técnico plagas cacao" },
      { q: "kafe", ...here },
      { q: random.pick(["shupingahua", "pinchy", "mozombite", "amasifuen"]) },
      { q: "crédito cosecha", ...here },
      {},
      { kind: "input", ...here },
      { kind: "input", organicApproved: "true", sort: "price" },
      { kind: "input", product: "urea", crop: "cacao", ...here },
      { kind: "equipment", product: "pulper", maximumPriceCentimos: "8000" },
      { kind: "assistance", topic: "pruning", ...here },
      { kind: "assistance", nearKm: "20", sort: "nearest", ...here },
      { sort: "nearest", ...here },
      { kind: "purchase", certificate: "organic", ...here },
      { kind: "credit", womenFocused: "true", ...here },
      { kind: "training", topic: "irrigation", sort: "freshest", ...here },
      { kind: "input", product: "urea", crop: "rice", districtCode: "010101" },
    ];
    const query = listOffers.query?.parse(searches[turn % searches.length]);
    return query ? list(query) : undefined;
  };
}
