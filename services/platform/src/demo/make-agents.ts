import type { TermsOf } from "@minka/contracts/offer-terms";
import type { ProviderRow } from "@minka/catalog";
import type { PersonRow } from "@minka/profiles";
import type { StandingRow } from "@minka/matching";
import type { Topic } from "@minka/domain/vocabulary";
import { agentDetails } from "./agent-details.ts";
import { apportion } from "@minka/domain/apportion";
import { consentVersion } from "./make-producers.ts";
import { makeStanding } from "./make-standing.ts";
import { personName } from "./names.ts";
import { demoPhone, districtOf, firstPhone, near, pointAt, weightedDistrict } from "./places.ts";
import type { Cell, ProgrammeCrop } from "./programme.ts";
import type { Random } from "./random.ts";
import { registerNumber } from "./shop-offers.ts";

export type Agent = { person: PersonRow; provider: ProviderRow; standing: StandingRow };

type Assistance = TermsOf<"assistance">;
type Wanted = {
  sex: "f" | "m";
  districtCode: string;
  terms: Assistance;
  coverage: string[];
  known?: { ratings: number; ratingSum: number };
};

const tocache = "221001";

/** Three who help with pests of cacao around Tocache, each with something that speaks for them. */
const aroundTocache = [
  { sex: "f", bearing: 60, km: 9, soles: 30, reachKm: 30, ratings: 31, ratingSum: 149, capacity: 25 },
  { sex: "m", bearing: 200, km: 21, soles: 20, reachKm: 40, ratings: 18, ratingSum: 74, capacity: 30 },
  { sex: "f", bearing: 310, km: 36, soles: 0, reachKm: 60, ratings: 9, ratingSum: 42, capacity: 15 },
] as const;

const topicSets: Readonly<Record<ProgrammeCrop, readonly (readonly Topic[])[]>> = {
  cacao: [
    ["pest_management", "pruning", "nutrition"],
    ["pruning", "nutrition"],
    ["pest_management", "pruning"],
    ["harvest", "post_harvest"],
    ["pruning", "planting", "environment"],
    ["nutrition", "pest_management", "harvest"],
    ["post_harvest", "certification", "marketing"],
    ["organization", "financial_education"],
  ],
  coffee: [
    ["pest_management", "nutrition"],
    ["pruning", "nutrition", "planting"],
    ["harvest", "post_harvest"],
    ["post_harvest", "certification"],
    ["pest_management", "pruning", "environment"],
    ["organization", "marketing", "financial_education"],
  ],
};

const soles = [0, 10, 15, 20, 20, 25, 30, 30, 40, 50, 60];

type Retail = Pick<TermsOf<"input">, "product" | "title" | "pack" | "organicApproved"> & {
  soles: readonly [low: number, high: number];
};

const compost: Retail = {
  product: "compost",
  title: "Compost por saco en mi tienda",
  pack: { amount: 40, unit: "kg" },
  organicApproved: true,
  soles: [24, 38],
};
const copper: Retail = {
  product: "copper",
  title: "Cobre por kilo",
  pack: { amount: 1, unit: "kg" },
  organicApproved: true,
  soles: [34, 52],
};
const guano: Retail = {
  product: "guano",
  title: "Guano de isla por saco",
  pack: { amount: 50, unit: "kg" },
  organicApproved: true,
  soles: [60, 80],
};
const foliar: Retail = {
  product: "foliar",
  title: "Abono foliar por litro",
  pack: { amount: 1, unit: "liter" },
  organicApproved: false,
  soles: [22, 40],
};

/** What agents sell in their own shops, by the pack. */
const atRetail: readonly (readonly Retail[])[] = [
  [compost, copper],
  [guano, foliar],
  [foliar, copper],
];

export function makeAgents(random: Random, cells: readonly Cell[], total: number): Agent[] {
  const wanted: Wanted[] = aroundTocache.map((one) => ({
    sex: one.sex,
    districtCode: tocache,
    coverage: ["22", "10"],
    known: { ratings: one.ratings, ratingSum: one.ratingSum },
    terms: {
      kind: "assistance",
      topics: ["pest_management", "pruning"],
      specialistTopics: one.soles > 20 ? ["pest_management"] : [],
      crops: ["cacao"],
      modalities: ["field_visit", "phone"],
      pricePerVisitCentimos: one.soles * 100,
      monthlyCapacity: one.capacity,
      base: pointAt(districtOf(tocache).point, one.bearing, one.km),
      reachKm: one.reachKm,
    },
  }));
  const counts = apportion(
    total - wanted.length,
    cells.map(({ households }) => households),
  );
  for (const [index, cell] of cells.entries()) {
    // Tocache has its three; the rest go round the districts, so that none is far from everybody.
    const districts = cell.districts.filter((code) => code !== tocache);
    for (let place = 0; place < (counts[index] ?? 0); place += 1) {
      wanted.push(someAgent(random, cell, districts[place] ?? weightedDistrict(random, districts), place));
    }
  }
  return wanted.map((agent, index) => makeAgent(random, index + 1, agent));
}

function someAgent(random: Random, { crop, region }: Cell, districtCode: string, place: number): Wanted {
  const topics = topicSets[crop][place % topicSets[crop].length] ?? ["pruning" as const];
  // Coffee's community trainers have a quota of 180 to 200 producers a month, mostly in groups.
  const trainer = crop === "coffee" && random.next() < 0.4;
  return {
    sex: random.next() < 0.45 ? "f" : "m",
    districtCode,
    coverage: random.next() < 0.3 ? [region] : ["PE"],
    terms: {
      kind: "assistance",
      topics: [...topics],
      specialistTopics: random.next() < 0.3 ? topics.slice(0, 1) : [],
      crops: random.next() < 0.2 ? [crop, random.pick(["banana", "maize", "cassava"] as const)] : [crop],
      modalities: trainer ? ["group_session", "field_day", "field_visit"] : ["field_visit", "phone"],
      pricePerVisitCentimos: trainer ? 0 : random.pick(soles) * 100,
      monthlyCapacity: trainer ? random.between(180, 200) : random.between(10, 60),
      base: near(random, districtOf(districtCode).point, 6),
      reachKm: random.between(3, 12) * 5,
    },
  };
}

/** An agent's person, provider and what earlier services tell; every third also resells inputs. */
function makeAgent(
  random: Random,
  number: number,
  { sex, districtCode, terms, coverage, known }: Wanted,
): Agent {
  const [personId, providerId] = [random.id(), random.id()];
  const name = personName(random, sex);
  const resold = random.pick(atRetail).map(({ soles: price, ...goods }): TermsOf<"input"> => ({
    kind: "input",
    crops: [],
    tiers: [{ minimumPacks: 1, priceCentimos: random.between(...price) * 100 }],
    delivery: { districtCodes: [districtCode], days: 1 },
    ...goods,
    ...(goods.product === "copper" ? { registerNumber: registerNumber(random) } : {}),
  }));
  return {
    person: {
      id: personId,
      name,
      districtCode,
      sex,
      birthYear: random.between(1966, 1999),
      phone: demoPhone(firstPhone.agents + number),
      consentVersion,
      crops: terms.crops.flatMap((crop) =>
        crop === "cacao" || crop === "coffee" ? [{ crop, size: "large" as const }] : [],
      ),
    },
    provider: {
      id: providerId,
      form: "person",
      kinds: ["agent"],
      ...agentDetails(number, terms),
      name,
      personId,
      districtCode,
      document: null,
      evidence: "Datos de muestra",
      confirmedDaysAgo: random.between(1, 50),
      offers: [
        { id: random.id(), terms, coverage },
        ...(number % 3 === 0
          ? resold.map((goods) => ({ id: random.id(), terms: goods, coverage: [districtCode.slice(0, 4)] }))
          : []),
      ],
    },
    standing: makeStanding(random, providerId, known),
  };
}
