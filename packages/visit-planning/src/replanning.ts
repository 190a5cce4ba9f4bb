import type { LimaDay } from "@minka/domain/lima-time";
import { cheapestSlot, emptyMonth, openDays, type AgentMonth, type SlotInDay } from "./agent-month.ts";
import { startTimes, type DayStop, type LocatedStop } from "./day-route.ts";
import { DistanceMatrix } from "./distance-matrix.ts";
import type { MonthRules, MonthStop, Reason } from "./month.ts";

export type Slot = { agent: string; day: LimaDay; minute: number };

export type ReplanInput = MonthRules & {
  /** Everything that is to be visited from now on; what was cancelled is left out. */
  stops: readonly MonthStop[];
  /**
   * The plan until now. What lies before `from` is past and stays: it only counts for the agent's capacity, by its
   * `people` (those of the stop, or one, where they are not told).
   */
  before: readonly ({ stop: string; people?: number } & Slot)[];
  /** How far an agent goes at most, and what another agent has to save before a stop changes hands. */
  maxKm: number;
  keepKm: number;
};

/** A stop that has to be placed: new (no `from`), or one that cannot stay where it was. */
export type Mover = { stop: LocatedStop; from: Slot | null; why: Reason | null };

/** A plan while it is being changed. */
export type Replanning = {
  input: ReplanInput;
  months: Map<string, AgentMonth>;
  /** Where each stop is now. */
  at: Map<LocatedStop, { month: AgentMonth; day: LimaDay }>;
  movers: Map<LocatedStop, Mover>;
};

export function openReplanning(input: ReplanInput): { plan: Replanning; stops: LocatedStop[] } {
  const matrix = new DistanceMatrix([...input.agents, ...input.stops]);
  const months = new Map(
    input.agents.map((agent, base) => [agent.id, emptyMonth(input, agent, { matrix, base })] as const),
  );
  const stops = input.stops.map((stop, index) => ({ ...stop, row: input.agents.length + index }));
  return { plan: { input, months, at: new Map(), movers: new Map() }, stops };
}

/** Whether topic, crop, reach and exceptions allow it. */
export function mayTake({ input }: Replanning, month: AgentMonth, stop: LocatedStop): boolean {
  const { agent, matrix, base } = month;
  const { topic, crop, except = [] } = stop;
  return (
    agent.topics.includes(topic) &&
    (crop === null || agent.crops.includes(crop)) &&
    matrix.km(base, stop.row) <= Math.min(input.maxKm, agent.reachKm ?? Infinity) &&
    !except.includes(agent.id)
  );
}

/** Who may take the stop, the nearest first. */
export function ableMonths(plan: Replanning, stop: LocatedStop): AgentMonth[] {
  const able = [...plan.months.values()].filter((month) => mayTake(plan, month, stop));
  const km = (month: AgentMonth): number => month.matrix.km(month.base, stop.row);
  return able.sort((a, b) => km(a) - km(b) || a.base - b.base);
}

/** A place for the stop in the agent's month as it stands, within its capacity; null when there is none. */
export function slotWith(month: AgentMonth, stop: LocatedStop): SlotInDay | null {
  if (month.people + stop.people > month.agent.capacity) return null;
  return cheapestSlot(month, stop, openDays(month, stop));
}

export function put(
  plan: Replanning,
  month: AgentMonth,
  stop: LocatedStop,
  slot: { day: LimaDay; stops: DayStop[] },
): void {
  month.days.set(slot.day, slot.stops);
  month.people += stop.people;
  plan.at.set(stop, { month, day: slot.day });
}

/** Takes the stop off its day; what is answered puts everything back as it was. */
export function takeOff(plan: Replanning, stop: LocatedStop): () => void {
  const place = plan.at.get(stop);
  if (place === undefined) return () => undefined;
  const { month, day } = place;
  const before = month.days.get(day) ?? [];
  month.days.set(
    day,
    before.filter((other) => other.stop !== stop),
  );
  month.people -= stop.people;
  plan.at.delete(stop);
  return () => put(plan, month, stop, { day, stops: before });
}

/** Where and when the stop is now. */
export function slotOf({ at }: Replanning, stop: LocatedStop): Slot | null {
  const place = at.get(stop);
  if (place === undefined) return null;
  const { month, day } = place;
  const stops = month.days.get(day) ?? [];
  const minutes = startTimes(month, day, stops);
  const minute = minutes?.[stops.findIndex((other) => other.stop === stop)];
  return minute === undefined ? null : { agent: month.agent.id, day, minute };
}
