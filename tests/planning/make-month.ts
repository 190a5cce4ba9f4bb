import { allDistricts } from "@minka/geography/districts";
import type { AssignmentInstance } from "@minka/visit-planning/eligible-pairs";
import { seeded } from "./seeded.ts";

/** Where coffee and cacao grow, by INEI code of the province; the programme's first ones at the head. */
const provinces = ["2210", "1006", "2503", "1005", "2206", "2207", "2202", "2209", "2501"];
provinces.push("2205", "1903", "1009", "2203", "2201", "2208", "2204", "2502");

const topics = ["pruning", "fertilizing", "grafting", "post-harvest", "pests", "certification"];

/** How a month is made up: the same makes the same, whoever asks. */
export type MonthOf = {
  readonly visits: number;
  readonly agents: number;
  readonly maxKm: number;
  /** In how many of the 17 provinces. */
  readonly inProvinces: number;
  /** Weight of the open visits for each place of the agents' quotas: above 1 some go without. */
  readonly demand: number;
  /** Three visits in ten are of a group of up to so many. */
  readonly largestGroup?: number;
};

/**
 * A month of the programme: producers around the towns of San Martín, Huánuco, Ucayali and Pasco, more around some than
 * around others; agents who live where the producers are, each with some topics and one crop or both.
 */
export function makeMonth(month: MonthOf): AssignmentInstance {
  const random = seeded(20_261_201 + month.visits);
  const place = settlement(random, month.inProvinces);
  const some = <T>(items: readonly T[], share: number): T[] => {
    const chosen = items.filter(() => random() < share);
    return chosen.length > 0 ? chosen : items.slice(0, 1);
  };
  const visits = Array.from({ length: month.visits }, (_, index) => ({
    id: `visit-${index}`,
    ...place(9),
    topic: topics[Math.floor(random() ** 1.5 * topics.length)] ?? "pruning",
    crop: random() < 0.45 ? "coffee" : "cacao",
    weight: random() < 0.7 ? 1 : 1 + Math.floor(random() * (month.largestGroup ?? 1)),
  }));
  const quota = visits.reduce((sum, { weight }) => sum + weight, 0) / month.demand / month.agents;
  const agents = Array.from({ length: month.agents }, (_, index) => ({
    id: `agent-${index}`,
    ...place(6),
    capacity: Math.max(1, Math.round(quota * (0.95 + 0.1 * random()))),
    topics: some(topics, 0.6),
    crops: some(["coffee", "cacao"], 0.7),
  }));
  return { agents, visits, maxKm: month.maxKm };
}

/** Points around the towns, normally spread by so many km. */
function settlement(
  random: () => number,
  inProvinces: number,
): (spreadKm: number) => { lat: number; lon: number } {
  const worked = new Set(provinces.slice(0, inProvinces));
  const towns = allDistricts()
    .filter(({ code }) => worked.has(code.slice(0, 4)))
    .map(({ point }) => ({ ...point, crowd: random() ** 3 }));
  const everybody = towns.reduce((sum, { crowd }) => sum + crowd, 0);
  return (spreadKm) => {
    let left = random() * everybody;
    const town = towns.find(({ crowd }) => (left -= crowd) <= 0) ?? towns[0];
    if (!town) throw new Error("no town in the provinces");
    const angle = random() * 2 * Math.PI;
    const degrees = (spreadKm * Math.sqrt(-2 * Math.log(1 - random()))) / 111.2;
    return {
      lat: Number((town.latitude + degrees * Math.sin(angle)).toFixed(6)),
      lon: Number((town.longitude + degrees * Math.cos(angle)).toFixed(6)),
    };
  };
}
