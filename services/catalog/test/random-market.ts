import type { OfferTerms } from "@minka/contracts/offer-terms";
import { certificates, loanRequirements, packUnits } from "@minka/domain/vocabulary";
import * as fc from "fast-check";
import type { ProviderRow } from "../src/service.ts";
import { assistance, other, tocache } from "./catalog-run.ts";

export const today = "2026-11-24";
export const some = <T>(...values: T[]) => fc.constantFrom(...values);
export const maybe = <T>(...values: T[]) => fc.option(some(...values), { nil: undefined, freq: 1 });
export const crop = some("cacao" as const, "coffee" as const);
const crops = fc.subarray(["cacao" as const, "coffee" as const]);
const audience = some("everyone" as const, "women_only" as const, "women_preferred" as const);
const packs = {
  tiers: some(1, 1, 5).map((minimumPacks) => [{ minimumPacks, priceCentimos: 1_000 }]),
  stockPacks: maybe(0, 3, 40),
};

/** Few words and narrow limits, so that offers and searches meet often and miss each other for every reason. */
const terms: fc.Arbitrary<OfferTerms> = fc.oneof(
  fc
    .record({
      km: some(0.5, 20, 29, 31, 44, 50),
      topics: fc.subarray(["pruning" as const, "harvest" as const], { minLength: 1 }),
      crops: fc.subarray(["cacao" as const, "coffee" as const], { minLength: 1 }),
      modalities: fc.subarray(["phone" as const, "field_visit" as const], { minLength: 1 }),
    })
    .map(({ km, ...more }) => assistance(km, more)),
  fc
    .record({ crops, audience, endsOn: some("2026-11-23", today, "2026-12-06") })
    .map((more) => other("training", more)),
  fc
    .record({
      ...packs,
      crops,
      product: some("urea" as const, "copper" as const, "guano" as const),
      organicApproved: fc.boolean(),
      registerNumber: maybe("PQUA 1"),
      pack: fc.record({ amount: some(0.1, 1, 50), unit: fc.constantFrom(...packUnits) }),
    })
    .map((more) => other("input", more as object)),
  fc
    .record({ ...packs, product: some("saw" as const, "pruning_shears" as const) })
    .map((more) => other("equipment", more as object)),
  fc.record({ crops }).map((more) => other("service", more)),
  fc
    .record({
      crops,
      audience,
      purposes: fc.subarray(["harvest" as const, "tools" as const], { minLength: 1 }),
      minimumCentimos: some(10_000, 50_000),
      requirements: fc.uniqueArray(
        fc.record({
          requirement: fc.constantFrom(...loanRequirements),
          substitutes: fc.subarray([...loanRequirements], { maxLength: 2 }),
        }),
        { selector: ({ requirement }) => requirement, maxLength: 3 },
      ),
    })
    .map((more) => other("credit", more)),
  fc
    .record({
      crop,
      state: some("wet" as const, "dry" as const),
      minimumKg: some(0, 46, 100),
      certificates: fc.subarray([...certificates], { maxLength: 2 }),
      quality: fc.record({
        maximumMoisturePercent: maybe(8),
        maximumDefectsPercent: maybe(5),
        minimumFermentationPercent: maybe(70),
        minimumCupPoints: maybe(80),
        maximumCadmiumMgPerKg: maybe(0.6),
      }),
      delivery: fc.record({
        districtCode: fc.constant(tocache),
        from: maybe("2026-11-01", "2026-12-01"),
        until: maybe(today, "2026-12-31"),
      }),
    })
    .map((more) => other("purchase", JSON.parse(JSON.stringify(more)) as object)),
);

const provider = fc
  .record({
    id: fc.uuid({ version: 7 }),
    offerIds: fc.tuple(fc.uuid({ version: 7 }), fc.uuid({ version: 7 })),
    personId: fc.uuid({ version: 4 }),
    terms: fc.tuple(terms, terms),
    coverage: some(["PE"], ["PE"], ["22"], ["2210"], [tocache], ["10"]),
    evidence: some("Seen", "Seen", "Seen", null),
    confirmedDaysAgo: some(0, 0, 3),
  })
  .map(({ terms: offered, offerIds, coverage, ...row }): ProviderRow => ({
    ...row,
    form: "company",
    kinds: ["supplier"],
    name: `Provider ${row.id.slice(0, 8)}`,
    districtCode: tocache,
    document: null,
    offers: offered.map((each, index) => ({
      id: offerIds[index]!,
      terms: JSON.parse(JSON.stringify(each)) as OfferTerms,
      coverage,
    })),
  }));

/** The same market each time; what is searched in it differs. */
export const marketRows = fc.sample(provider, { numRuns: 45, seed: 5 });
