import type { Need } from "@minka/contracts/need";
import {
  equipmentProducts,
  hiredServices,
  inputProducts,
  loanPurposes,
  type Kind,
} from "@minka/domain/vocabulary";
import { createChance, type Chance } from "../day/chance.ts";
import type { Producer } from "./population.ts";

/** Who asks for what, and when: a day counted from the first, and one of the day's hours. */
export type Asking = {
  readonly producer: Producer;
  readonly need: Need;
  readonly day: number;
  readonly slot: number;
  readonly chance: Chance;
  /** They name their hamlet, so that distances are measured from there. */
  readonly namesPlace: boolean;
  /** They pick an offer on the web before anything is searched. */
  readonly offerFirst: boolean;
};

/**
 * How likely a producer is to need something of a kind in a year, as the survey has it: assistance or training used by
 * 27% of members and 10% of others, loans asked for by 17% of coffee's and 31% of cacao's growers, 45% sell beyond the
 * local market. What nobody counted (inputs, equipment, services) is ours.
 */
function need(kind: Kind, { member, crop }: Producer): number {
  switch (kind) {
    case "assistance":
      return member ? 0.27 : 0.1;
    case "training":
      return member ? 0.135 : 0.05;
    case "credit":
      return crop === "coffee" ? 0.17 : 0.31;
    case "purchase":
      return 0.45;
    case "input":
      return 0.3;
    case "equipment":
      return 0.06;
    case "service":
      return 0.06;
  }
}

/** By part of the season, from its first to its last week: pests and inputs come before the harvest, sales after. */
const rising: Readonly<Record<Kind, readonly [first: number, last: number]>> = {
  assistance: [1.3, 0.7],
  training: [1.2, 0.8],
  credit: [1.4, 0.6],
  purchase: [0.4, 1.6],
  input: [1.5, 0.5],
  equipment: [0.8, 1.2],
  service: [0.7, 1.3],
};

const kinds = Object.keys(rising) as Kind[];
const parts = { namesPlace: 0.6, offerFirst: 0.06, urgentPests: 0.2 };
/** Of the day's hours (agenda.ts): at dawn, at noon, in the evening. */
const slotWeights = [20, 15, 8, 17, 22, 18];

const topics: readonly (readonly [NonNullable<Need["topic"]>, number])[] = [
  ["pest_management", 32],
  ["pruning", 20],
  ["nutrition", 18],
  ["post_harvest", 9],
  ["harvest", 6],
  ["certification", 5],
  ["marketing", 4],
  ["financial_education", 3],
  ["organization", 3],
];
const taught = ["pruning", "pest_management", "harvest", "post_harvest", "financial_education"] as const;

/** All that is asked in a season, by day. The same seed asks for the same. */
export function drawDemand(
  producers: readonly Producer[],
  { seed, weeks, requestsPerProducer }: { seed: number; weeks: number; requestsPerProducer: number },
): Asking[][] {
  const chance = createChance(seed * 104_729 + 11);
  const pools = kinds.map((kind) => ({ kind, ...cumulative(producers.map((one) => need(kind, one))) }));
  const whole = pools.reduce((sum, { total }) => sum + total, 0);
  const wanted = Math.round(producers.length * requestsPerProducer);
  const days: Asking[][] = Array.from({ length: weeks * 7 }, () => []);
  let made = 0;
  for (const { kind, sums, total } of pools) {
    const weekly = cumulative(Array.from({ length: weeks }, (_, week) => seasonal(kind, week, weeks)));
    const count = Math.round((wanted * total) / whole);
    for (let each = 0; each < count; each += 1) {
      const producer = producers[drawn(sums, chance)];
      if (!producer) continue;
      made += 1;
      const day = drawn(weekly.sums, chance) * 7 + chance.between(0, 6);
      days[day]?.push({
        producer,
        need: someNeed(kind, producer, chance),
        day,
        slot: drawn(cumulative(slotWeights).sums, chance),
        chance: createChance(seed * 1_000_003 + made),
        namesPlace: chance.happens(parts.namesPlace),
        offerFirst: chance.happens(parts.offerFirst),
      });
    }
  }
  return days;
}

function seasonal(kind: Kind, week: number, weeks: number): number {
  const [first, last] = rising[kind];
  return first + ((last - first) * (week + 0.5)) / weeks;
}

function someNeed(kind: Kind, { crop, size }: Producer, chance: Chance): Need {
  switch (kind) {
    case "assistance": {
      const topic = weighted(topics, chance);
      const urgent = topic === "pest_management" && chance.happens(parts.urgentPests);
      return { kind, topic, crop, ...(urgent ? { urgency: "urgent" as const } : {}) };
    }
    case "training":
      return { kind, topic: chance.oneOf(taught), crop };
    case "input":
      return { kind, product: chance.oneOf(inputProducts), crop };
    case "equipment":
      return { kind, product: chance.oneOf(equipmentProducts) };
    case "service":
      return { kind, service: chance.oneOf(hiredServices) };
    case "credit":
      return {
        kind,
        purpose: chance.oneOf(loanPurposes.slice(0, 8)),
        amountCentimos: chance.between(5, size === "small" ? 20 : 60) * 10_000,
      };
    case "purchase": {
      const [least, most] = size === "small" ? [40, 200] : size === "medium" ? [150, 600] : [400, 1_500];
      const dry = crop === "coffee" ? ("parchment" as const) : ("dry" as const);
      const state = crop === "cacao" && chance.happens(0.15) ? ("wet" as const) : dry;
      return { kind, crop, state, quantity: chance.between(least, most), unit: "kg" };
    }
  }
}

function cumulative(weights: readonly number[]): { sums: number[]; total: number } {
  let total = 0;
  const sums = weights.map((weight) => (total += weight));
  return { sums, total };
}

/** The place of a draw among sums that grow. */
function drawn(sums: readonly number[], chance: Chance): number {
  const at = chance.next() * (sums.at(-1) ?? 0);
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function weighted<Item>(items: readonly (readonly [Item, number])[], chance: Chance): Item {
  const { sums } = cumulative(items.map(([, weight]) => weight));
  const found = items[drawn(sums, chance)];
  if (!found) throw new Error("there is nothing to draw from");
  return found[0];
}
