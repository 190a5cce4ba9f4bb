import type { AssignmentInstance } from "@minka/visit-planning/eligible-pairs";
import { seeded } from "./seeded.ts";

/** What differs from a plain month of few visits spread evenly over 60 km. */
type Shape = {
  readonly visits?: number;
  readonly agents?: number;
  /** Places of all agents for each visit. */
  readonly places?: number;
  readonly maxKm?: number;
  readonly clusters?: number;
  /** The share of the four topics that an agent has. */
  readonly topics?: number;
  readonly keepKm?: number;
  /** Weights of the visits, drawn evenly. */
  readonly weights?: readonly number[];
};

export const shapes: Readonly<Record<string, Shape>> = {
  uniform: {},
  clustered: { clusters: 3 },
  tight: { places: 0.7 },
  "just enough": { places: 1 },
  loose: { places: 3 },
  "few topics": { topics: 0.3 },
  "near ones only": { maxKm: 14 },
  "all at one point": { clusters: 1 },
  "last month's agent": { keepKm: 6, places: 1 },
  "many agents of few places": { agents: 14, places: 0.9 },
  "no places": { places: 0 },
  "no agents": { agents: 0 },
  "no visits": { visits: 0 },
};

export const weightedShapes: Readonly<Record<string, Shape>> = {
  "small groups": { weights: [1, 1, 1, 2, 3, 5], places: 2.4 },
  "small groups, tight": { weights: [1, 1, 2, 3, 5, 8], places: 2.2, clusters: 3 },
  "large groups": { weights: [3, 5, 7, 11, 13], places: 5 },
  "large groups, few topics": { weights: [4, 6, 9, 10], places: 5, topics: 0.5 },
  "parts of places": { weights: [0.5, 1.25, 2.75, 3], places: 1.4 },
  "last month's agent": { weights: [1, 2, 4], places: 2, keepKm: 8 },
};

const topics = ["a", "b", "c", "d"];

/** A month of about forty visits, small enough for a general solver; a seed makes the same one each time. */
export function smallMonth(shape: Shape, seed: number): AssignmentInstance {
  const random = seeded(seed * 7919 + 17);
  const visits = shape.visits ?? 20 + Math.floor(random() * 40);
  const agents = shape.agents ?? 2 + Math.floor(random() * 6);
  const centres = Array.from({ length: shape.clusters ?? 0 }, () => ({ lat: random(), lon: random() }));
  const place = (): { lat: number; lon: number } => {
    const centre = centres[Math.floor(random() * centres.length)];
    const spread = centres.length === 1 ? 0 : 0.05;
    return centre
      ? {
          lat: -7 + 0.55 * centre.lat + spread * random(),
          lon: -76.5 + 0.55 * centre.lon + spread * random(),
        }
      : { lat: -7 + 0.55 * random(), lon: -76.5 + 0.55 * random() };
  };
  const places = (shape.places ?? 1.3) * visits;
  return {
    maxKm: shape.maxKm ?? 45,
    keepKm: shape.keepKm ?? 0,
    agents: Array.from({ length: agents }, (_, index) => ({
      id: `agent-${index}`,
      ...place(),
      capacity: Math.floor((places / agents) * (0.5 + random())),
      topics: topics.filter(() => random() < (shape.topics ?? 0.8)),
      crops: random() < 0.5 ? ["coffee", "cacao"] : ["cacao"],
    })),
    visits: Array.from({ length: visits }, (_, index) => ({
      id: `visit-${index}`,
      ...place(),
      topic: topics[Math.floor(random() * 4)] ?? "a",
      crop: random() < 0.2 ? null : random() < 0.3 ? "coffee" : "cacao",
      weight: shape.weights?.[Math.floor(random() * shape.weights.length)] ?? 1,
      previousAgent: random() < 0.5 ? `agent-${Math.floor(random() * agents)}` : null,
      except: random() < 0.1 ? ["agent-0"] : [],
    })),
  };
}
