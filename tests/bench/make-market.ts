import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { MarketProvider } from "@minka/catalog";
import { addDays } from "@minka/domain/lima-time";
import {
  crops,
  equipmentProducts,
  inputProducts,
  loanPurposes,
  topics,
  type Crop,
  type Kind,
} from "@minka/domain/vocabulary";
import { makeDemoData } from "@minka/platform/make-demo-data";
import { allDistricts, findDistrict, type District } from "@minka/geography/districts";

/** Somebody who asks: a producer of the programme. */
export type Asker = { readonly personId: string; readonly districtCode: string; readonly crop: Crop };

/** Who the programmes served: 23,513 producers, each a possible asker. */
export function programmeAskers(): Asker[] {
  const { people, providers } = makeDemoData("program");
  const providing = new Set(providers.map(({ personId }) => personId));
  return people.flatMap(({ id, districtCode, crops: grown }) => {
    const crop = crops.find((name) => name === grown[0]?.crop);
    return crop === undefined || districtCode === null || providing.has(id)
      ? []
      : [{ personId: id, districtCode, crop }];
  });
}

/** The same numbers for the same seed, so that a market can be gone through more than once. */
export function seeded(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number) => Math.floor(next() * most);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const id = () => {
    const hex = Array.from({ length: 4 }, () => below(0x1_0000_0000).toString(16).padStart(8, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  return { next, below, pick, id };
}
export type Random = ReturnType<typeof seeded>;

const today = "2026-11-21";
const rareCrops = ["banana", "maize", "cassava", "palm", "rice"] as const;
const places = allDistricts();
const names =
  "Selva Alto Huallaga Andina Progreso Esperanza Norte Tocache Agro Verde Perla Rosa San Juan Campo Mayo".split(
    " ",
  );
const families = "Pinchi Tuanama Shupingahua Saavedra Cachique Ruiz Flores Mozombite Amasifuen Rengifo".split(
  " ",
);

/** Of a thousand offers: the demo's mix, where an agent goes out from a base and the others serve areas. */
const mix: readonly (readonly [Kind, number])[] = [
  ["assistance", 300],
  ["input", 300],
  ["equipment", 130],
  ["purchase", 100],
  ["credit", 70],
  ["service", 60],
  ["training", 40],
];
const offersAProvider: Readonly<Record<Kind, number>> = {
  assistance: 2,
  training: 4,
  input: 20,
  equipment: 20,
  service: 5,
  credit: 6,
  purchase: 6,
};
const providerKind = {
  assistance: "agent",
  training: "trainer",
  input: "supplier",
  equipment: "supplier",
  service: "supplier",
  credit: "lender",
  purchase: "buyer",
} as const;

/** So many offers, four in five of them where the askers live, the others all over the country. */
export function* makeMarket(total: number, askers: readonly Asker[]): Iterable<MarketProvider> {
  const random = seeded(total);
  const left = new Map(mix.map(([kind, share]) => [kind, Math.round((total * share) / 1000)]));
  // Of the kinds in turns, as offers come in: the commoner more often.
  const all = mix.reduce((sum, [, share]) => sum + share, 0);
  for (let rest = total; rest > 0;) {
    let draw = random.next() * all;
    const drawn = mix.find(([, share]) => (draw -= share) < 0)?.[0] ?? "assistance";
    const kind = (left.get(drawn) ?? 0) > 0 ? drawn : [...left].find(([, count]) => count > 0)?.[0];
    if (kind === undefined) return;
    const count = Math.min(left.get(kind) ?? 0, 1 + random.below(2 * offersAProvider[kind] - 1));
    left.set(kind, (left.get(kind) ?? 0) - count);
    rest -= count;
    yield makeProvider(random, kind, count, askers);
  }
}

function makeProvider(random: Random, kind: Kind, count: number, askers: readonly Asker[]): MarketProvider {
  const asker = random.pick(askers);
  const code = random.next() < 0.8 ? asker.districtCode : random.pick(places).code;
  const district = findDistrict(code) as District;
  const coverage = areasOf(random, kind, code);
  return {
    id: random.id(),
    name:
      kind === "assistance"
        ? `${random.pick(names)} ${random.pick(families)} ${random.pick(families)}`
        : `${random.pick(names)} ${random.pick(names)} ${random.pick(families)} ${random.below(5_000)}`,
    kinds: [providerKind[kind]],
    personId: random.id(),
    districtCode: code,
    coverage,
    offers: Array.from({ length: count }, () => ({
      id: random.id(),
      terms: makeTerms(random, kind, district, asker.crop),
      coverage,
      confirmedOn: addDays(today, -random.below(40)),
    })),
  };
}

function areasOf(random: Random, kind: Kind, code: string): string[] {
  const [region, province] = [code.slice(0, 2), code.slice(0, 4)];
  if (kind === "assistance") return random.next() < 0.3 ? [region] : ["PE"];
  if (kind === "credit" || kind === "purchase") return random.next() < 0.1 ? ["PE"] : [region];
  if (kind === "training") return [region];
  return random.next() < 0.1 ? [code] : [province];
}

function makeTerms(random: Random, kind: Kind, { code, point }: District, home: Crop): OfferTerms {
  const crop = random.next() < 0.85 ? home : random.pick(rareCrops);
  const named = random.next() < 0.5 ? [] : [crop];
  const place = { districtCode: code, name: "El local" };
  const price = 100 * (5 + random.below(400));
  const tiers = [{ minimumPacks: 1, priceCentimos: price }];
  const delivery = { districtCodes: [], days: random.below(10) };
  switch (kind) {
    case "assistance":
      return {
        kind,
        topics: [...new Set([random.pick(topics), random.pick(topics), random.pick(topics)])],
        specialistTopics: [],
        crops: random.next() < 0.15 ? [home, random.pick(rareCrops)] : [crop],
        modalities: ["field_visit", "phone"],
        pricePerVisitCentimos: 500 * random.below(12),
        monthlyCapacity: 10 + random.below(50),
        base: {
          latitude: point.latitude + (random.next() - 0.5) / 10,
          longitude: point.longitude + (random.next() - 0.5) / 10,
        },
        reachKm: 15 + random.below(46),
      };
    case "training":
      return {
        kind,
        title: random.pick(["Taller de poda", "Curso de cosecha y secado", "Escuela de campo"]),
        topics: [random.pick(topics)],
        crops: named,
        modality: "workshop",
        startsOn: "2027-01-10",
        endsOn: "2027-01-11",
        seats: 30,
        place,
        priceCentimos: 0,
        audience: random.next() < 0.1 ? "women_only" : "everyone",
      };
    case "input": {
      const product = random.pick(inputProducts);
      const organic = random.next() < 0.3;
      return {
        kind,
        title: `${random.pick(["Abono", "Insumo", "Saco", "Bolsa", "Oferta"])} ${organic ? "orgánico" : random.pick(["por saco", "para cacao", "para café", "al por mayor"])} ${random.pick(names)}`,
        product,
        crops: named,
        pack: { amount: 50, unit: "kg" },
        tiers,
        delivery,
        organicApproved: organic,
        registerNumber: "PQUA 1200",
      };
    }
    case "equipment": {
      const product = random.pick(equipmentProducts);
      return {
        kind,
        title: `${random.pick(["Venta", "Alquiler", "Reparación"])} de ${product === "pulper" ? "despulpadoras" : "equipos"} ${random.pick(names)}`,
        product,
        crops: named,
        mode: "sale",
        tiers,
        delivery,
      };
    }
    case "service":
      return {
        kind,
        title: random.pick(["Análisis de suelo y de cadmio", "Catación y perfil de taza", "Secado de grano"]),
        service: random.pick(["laboratory", "cupping", "drying", "inspection"] as const),
        crops: named,
        unit: "sample",
        priceCentimos: price,
        place,
      };
    case "credit":
      return {
        kind,
        title: random.pick(["Crédito para cosecha", "Crédito agrario", "Préstamo para abonos"]),
        crops: named,
        purposes: [random.pick(loanPurposes), random.pick(loanPurposes)],
        minimumCentimos: 50_000,
        maximumCentimos: 1_000_000 + random.below(4_000_000),
        annualRatePercent: 25,
        minimumMonths: 3,
        maximumMonths: 12,
        graceMonths: 0,
        graceInterest: "paid",
        schedule: "harvest",
        openingFeeCentimos: 0,
        insuranceMonthlyPercent: 0,
        instalmentFeeCentimos: 0,
        requirements: [{ requirement: "identity_document", substitutes: [] }],
        audience: random.next() < 0.2 ? "women_only" : "everyone",
      };
    case "purchase":
      return {
        kind,
        title: `Compra de ${crop === "coffee" ? "café" : "cacao"}`,
        crop,
        state: "dry",
        minimumKg: random.pick([0, 0, 100, 500]),
        price: { mode: "fixed", centimosPerKg: 900 + random.below(900) },
        quality: {},
        certificates: random.next() < 0.2 ? ["organic"] : [],
        delivery: { districtCode: code },
      };
  }
}
