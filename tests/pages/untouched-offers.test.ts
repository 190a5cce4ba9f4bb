import type { OfferTerms, TermsOf } from "@minka/contracts/offer-terms";
import {
  certificates,
  crops,
  equipmentProducts,
  hiredServices,
  loanPurposes,
  loanRequirements,
  modalities,
  topics,
  type Kind,
} from "@minka/domain/vocabulary";
import { allDistricts } from "@minka/geography/districts";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAt } from "../personal-data/signed-in.ts";
import { browse } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

// Of the demo: a shop, a lender and a buyer, each with what it may offer.
const offering: readonly (readonly [phone: string, kinds: readonly Kind[]])[] = [
  ["+51900095001", ["assistance", "training", "input", "equipment", "service"]],
  ["+51900095013", ["credit"]],
  ["+51900095019", ["purchase"]],
];

const districts = allDistricts().map(({ code }) => code);
const places = [...districts, ...new Set(districts.flatMap((code) => [code.slice(0, 4), code.slice(0, 2)]))];
const coverages = fc.uniqueArray(fc.constantFrom(...places), { minLength: 1, maxLength: 50, size: "max" });

/** Any of them in any order: lists are as long as they may be more often than not. */
const many = <Word>(list: readonly Word[], least = 0) =>
  fc.oneof(
    fc.shuffledSubarray([...list], { minLength: list.length }),
    fc.shuffledSubarray([...list], { minLength: least }),
  );
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const soles = (least = 0, most = 9_000_000) => fc.integer({ min: least, max: most });
/** "1.125" is what people read in two ways. */
const decimal = (least: number, most: number) =>
  fc
    .integer({ min: Math.ceil(least * 1_000), max: Math.floor(most * 1_000) })
    .map((number) => number / 1_000);
const title = fc.constantFrom("Abono, 50 kg", "Lo de <siempre> & más", "Ñ\"'»");
const note = maybe(
  fc.constantFrom("Una línea", "Dos líneas:\nla otra, y\n\nuna más", 'Con "comillas" & <algo>'),
);
const audience = fc.constantFrom("everyone" as const, "women_preferred" as const, "women_only" as const);
const district = fc.constantFrom(...districts);
const place = district.map((districtCode) => ({ districtCode, name: "Local comunal" }));
const tiers = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 999_999 }), soles()), {
    minLength: 1,
    maxLength: 12,
    size: "max",
    selector: ([packs]) => packs,
  })
  .map((list) => {
    const packs = list.map(([one]) => one).toSorted((one, other) => one - other);
    const prices = list.map(([, price]) => price).toSorted((one, other) => other - one);
    return packs.map((minimumPacks, index) => ({ minimumPacks, priceCentimos: prices[index] ?? 0 }));
  });
const goods = {
  title,
  crops: many(crops),
  tiers,
  stockPacks: maybe(fc.integer({ min: 0, max: 999_999 })),
  delivery: fc.record({
    districtCodes: fc.uniqueArray(district, { maxLength: 50, size: "max" }),
    days: fc.integer({ min: 0, max: 120 }),
  }),
  note,
};
const product = fc.constantFrom("guano" as const, "lime" as const, "compost" as const);

const anyTerms: { readonly [K in Kind]: fc.Arbitrary<TermsOf<K>> } = {
  assistance: many(topics, 1).chain((taught) =>
    fc.record({
      kind: fc.constant("assistance" as const),
      topics: fc.constant(taught),
      specialistTopics: many(taught),
      crops: many(crops, 1),
      modalities: many(modalities, 1),
      pricePerVisitCentimos: soles(),
      monthlyCapacity: fc.integer({ min: 1, max: 1_000 }),
      base: fc.record({
        latitude: decimal(-18.5, 0).map((one) => one / 1_000 - 0.0001),
        longitude: decimal(-81, -69),
      }),
      reachKm: decimal(1, 500),
      note,
    }),
  ),
  training: fc.record({
    kind: fc.constant("training" as const),
    title,
    topics: many(topics, 1),
    crops: many(crops),
    modality: fc.constantFrom("course" as const, "internship" as const, "mega_event" as const),
    startsOn: fc.constant("2027-03-01"),
    endsOn: fc.constantFrom("2027-03-01", "2027-04-30"),
    seats: fc.integer({ min: 1, max: 10_000 }),
    place,
    priceCentimos: soles(),
    audience,
    note,
  }),
  input: fc.record({
    kind: fc.constant("input" as const),
    product,
    ...goods,
    pack: fc.record({ amount: decimal(0.01, 9_999), unit: fc.constantFrom("kg" as const, "liter" as const) }),
    organicApproved: fc.boolean(),
    registerNumber: maybe(fc.constant("PQUA 1-SENASA")),
  }),
  equipment: fc
    .record({
      kind: fc.constant("equipment" as const),
      product: fc.constantFrom(...equipmentProducts),
      ...goods,
      how: fc.oneof(
        fc.record({
          mode: fc.constant("rent" as const),
          rentPer: fc.constantFrom("hour" as const, "season" as const),
        }),
        fc.record({
          mode: fc.constant("sale" as const),
          warrantyMonths: maybe(fc.integer({ min: 0, max: 120 })),
        }),
        fc.record({ mode: fc.constant("repair" as const) }),
      ),
    })
    .map(({ how, ...rest }) => ({ ...rest, ...how })),
  service: fc.record({
    kind: fc.constant("service" as const),
    title,
    service: fc.constantFrom(...hiredServices),
    crops: many(crops),
    unit: fc.constantFrom("sample" as const, "tonne" as const, "plot" as const),
    priceCentimos: fc.option(soles()),
    place: maybe(place),
    monthlyCapacity: maybe(fc.integer({ min: 1, max: 1_000_000 })),
    note,
  }),
  credit: fc
    .record({
      kind: fc.constant("credit" as const),
      title,
      crops: many(crops),
      purposes: many(loanPurposes, 1),
      minimumCentimos: soles(10_000, 100_000),
      maximumCentimos: soles(100_000),
      annualRatePercent: decimal(0, 300),
      minimumMonths: fc.integer({ min: 3, max: 12 }),
      maximumMonths: fc.integer({ min: 12, max: 120 }),
      graceMonths: fc.integer({ min: 0, max: 2 }),
      graceInterest: fc.constantFrom("paid" as const, "added" as const),
      harvestMonths: maybe(many([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 1)),
      openingFeeCentimos: soles(0, 5_000),
      insuranceMonthlyPercent: decimal(0, 5),
      instalmentFeeCentimos: soles(0, 10_000),
      requirements: many(loanRequirements).chain((asked) =>
        fc.tuple(
          ...asked.map((requirement) =>
            many(loanRequirements.filter((other) => other !== requirement)).map((substitutes) => ({
              requirement,
              substitutes,
            })),
          ),
        ),
      ),
      audience,
      note,
    })
    .map((terms) => ({
      ...terms,
      schedule: terms.harvestMonths ? ("harvest" as const) : ("monthly" as const),
    })),
  purchase: fc.record({
    kind: fc.constant("purchase" as const),
    title,
    crop: fc.constant("cacao" as const),
    state: fc.constantFrom("wet" as const, "dry" as const),
    minimumKg: decimal(0, 999),
    maximumKg: maybe(decimal(1_000, 2_000_000)),
    price: fc.option(
      fc.oneof(
        fc.record({ mode: fc.constant("fixed" as const), centimosPerKg: soles() }),
        fc.record({
          mode: fc.constant("differential" as const),
          reference: fc.constant("Bolsa de Nueva York"),
          centimosPerKg: soles(-9_000_000),
        }),
      ),
    ),
    quality: fc.record({
      maximumMoisturePercent: maybe(decimal(0, 100)),
      maximumDefectsPercent: maybe(decimal(0, 100)),
      minimumFermentationPercent: maybe(decimal(0, 100)),
      maximumCadmiumMgPerKg: maybe(decimal(0, 10)),
    }),
    certificates: many(certificates),
    delivery: fc.record({
      districtCode: district,
      from: maybe(fc.constant("2026-12-01")),
      until: maybe(fc.constant("2027-02-28")),
    }),
    conversions: maybe(
      fc.record({
        "cacao-wet-to-dry": maybe(decimal(0.01, 1)),
        "coffee-parchment-to-green": maybe(decimal(0.01, 1)),
      }),
    ),
    note,
  }),
};

/** As it is kept, with what is picked from a list in one order. */
function settled(value: unknown): unknown {
  if (Array.isArray(value)) {
    const parts = value.map(settled);
    return parts.every((part) => typeof part !== "object")
      ? parts.toSorted((one, other) => String(one).localeCompare(String(other)))
      : parts;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .map(([name, part]) => [name, settled(part)] as const)
    .filter(([, part]) => part !== undefined && JSON.stringify(part) !== "{}");
  return Object.fromEntries(entries);
}

const desks: Record<string, ReturnType<typeof enter>> = {};

/** By the API and in a browser. */
async function enter(phone: string) {
  const caller = await signInAt(platform, phone);
  platform.clock.advance({ minutes: 2 });
  const visitor = await browse(platform, phone);
  const base = /\/mi-servicio\/([\da-f-]{36})/.exec((await visitor.open("/mi")).html);
  if (!base) throw new Error(`${phone} runs nothing`);
  return { caller, visitor, base };
}

const actions: Record<Kind, string> = {
  assistance: "guardar-visita",
  training: "guardar-capacitacion",
  input: "guardar-insumo",
  equipment: "guardar-equipo",
  service: "guardar-servicio",
  credit: "guardar-credito",
  purchase: "guardar-compra",
};

test.each(offering.flatMap(([phone, kinds]) => kinds.map((kind) => [kind, phone] as const)))(
  "a page of %s that is saved as it was opened changes nothing, and another note nothing else",
  async (kind, phone) => {
    const { caller, visitor, base } = await (desks[phone] ??= enter(phone));
    const property = fc.asyncProperty<[OfferTerms, string[]]>(
      anyTerms[kind],
      coverages,
      async (terms, coverage) => {
        const { offerId } = await caller.done("POST", `/api/catalog/providers/${base[1]}/offers`, {
          terms,
          coverage,
        });
        const record = async () => (await caller.done("GET", `/api/catalog/offers/${offerId}/record`)).offer;
        const before = await record();
        const page = await visitor.open(`${base[0]}/ofertas/${offerId}`);
        const saved = await visitor.submit(page, actions[kind]);
        expect([saved.status, saved.text]).toEqual([200, expect.stringContaining("Guardada.")]);
        expect(await record()).toEqual(before);
        const noted = await visitor.submit(saved, actions[kind], { nota: "Se habla kichwa" });
        expect([noted.status, noted.text]).toEqual([200, expect.stringContaining("Guardada.")]);
        const after = await record();
        expect(after.version).toBe(2);
        expect(settled(after.terms)).toEqual(settled({ ...before.terms, note: "Se habla kichwa" }));
        expect(settled(after.coverage)).toEqual(settled(before.coverage));
      },
    );
    await fc.assert(property, { numRuns: 8 });
  },
);
