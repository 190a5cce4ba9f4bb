import { limaInstant, type LimaDay } from "@minka/domain/lima-time";
import type { PlanningAgent } from "./instance.ts";

/**
 * The words of an agent's month, shared by scheduling and re-planning. Times of day are whole minutes after
 * midnight in Lima (480 is 8 am); days are Lima days; `area` is an INEI code or the beginning of one.
 */

export type MonthAgent = PlanningAgent & {
  /** Days of the week on which the agent visits, 0 Sunday … 6 Saturday. */
  weekdays: readonly number[];
  daysOff: readonly LimaDay[];
  /** The first visit of a day starts at `startMinute` or later; the way to it is before. */
  startMinute: number;
  /** The last visit of a day has ended by `endMinute`; the way home is after. */
  endMinute: number;
  maxStopsADay: number;
  /** From the base, through the day's stops, and back. */
  maxKmADay: number;
  /** Great-circle kilometres an hour on the way, roads and trails included. */
  kmPerHour: number;
};

/** A visit or a group session: one place, one stay. */
export type MonthStop = {
  id: string;
  lat: number;
  lon: number;
  /** INEI code of the district, where it is known: closed days are told by area. */
  district: string | null;
  topic: string;
  crop: string | null;
  /** Who is served at this stop, and how many places of the agent's capacity it takes. */
  people: number;
  durationMinutes: number;
  /** An appointment that stands: it is kept as it is or reported, never shifted. */
  fixed?: { day: LimaDay; minute: number | null } | null;
  /** Days, or times of a day, that the people said no to. A refused time rules out starts within two hours of it. */
  refused?: readonly { day: LimaDay; minute: number | null }[];
  /** Agents who may not come here. */
  except?: readonly string[];
};

/** Every week on this day nobody there is at home: the market, the meeting at school. */
export type WeeklyClosure = { area: string; weekday: number; why: string };

/** Nobody gets there from `firstDay` (null: already) to `lastDay`, both included. */
export type Closure = { area: string; firstDay: LimaDay | null; lastDay: LimaDay; why: string };

/** What a month of visits has to respect. */
export type MonthRules = {
  /** "2026-12" */
  month: string;
  /** No stop is placed or moved before this day; what stands before it is past and stays. */
  from?: LimaDay | null;
  agents: readonly MonthAgent[];
  weekly: readonly WeeklyClosure[];
  closures: readonly Closure[];
};

export type PlacedStop = {
  stop: string;
  agent: string;
  day: LimaDay;
  /** When the stop starts: `startsAt(day, minute)` is the instant. */
  minute: number;
  /** 1, 2, 3 … on that day. */
  order: number;
  /** From the base or the stop before. */
  kmFromPrevious: number;
};

export type DayFigures = {
  agent: string;
  day: LimaDay;
  stops: number;
  people: number;
  /** From the base, through the stops, and back. */
  km: number;
};

/**
 * Why something is not as wished, with what is needed to say it to a person:
 * - agent-unknown: this agent is not, or no longer, among the agents
 * - agent-away: the agent does not work on that day (a day off, or not a day of its week)
 * - agent-never-works: no day of the month is left on which the agent works
 * - agent-may-not: the agent has not the topic or crop, is too far, or is excepted
 * - no-agent: nobody left may take it
 * - capacity-reached: the agent's places of the month are taken; `people` are asked for, `left` are free
 * - agent-full: none of the `openDays` days that the agent works and this stop is open has room left for it
 * - not-in-month: the day is outside the month or past
 * - day-closed: a weekly closed day of that area
 * - place-closed: nobody gets to that area on that day; `lastDay` is the last closed day
 * - never-open: every working day of the agent is closed for this place or refused by the people
 * - time-refused: the people said no to that day, or that time of it
 * - outside-hours: an appointment before the agent's day starts or after it ends
 * - appointment: an appointment was made for that day and time (null: any time) instead
 * - overlaps: an appointment that leaves no time to come from, or go on to, the day's others
 * - too-far: there and back is longer than the agent's day allows
 * - too-long: the stay is longer than the agent's day
 * - closer-agent: another agent is nearer by `savedKm`
 * - makes-room: moved so that `for` could be placed at all
 */
export type Reason =
  | { code: "agent-unknown"; agent: string }
  | { code: "agent-away"; agent: string; day: LimaDay }
  | { code: "agent-never-works"; agent: string }
  | { code: "agent-may-not"; agent: string }
  | { code: "no-agent" }
  | { code: "capacity-reached"; agent: string; people: number; left: number }
  | { code: "agent-full"; agent: string; openDays: number }
  | { code: "not-in-month"; day: LimaDay }
  | { code: "day-closed"; day: LimaDay; area: string; why: string }
  | { code: "place-closed"; day: LimaDay; area: string; lastDay: LimaDay; why: string }
  | { code: "never-open"; agent: string }
  | { code: "time-refused"; day: LimaDay; minute: number | null }
  | { code: "outside-hours"; agent: string; day: LimaDay; minute: number }
  | { code: "appointment"; day: LimaDay; minute: number | null }
  | { code: "overlaps"; agent: string; day: LimaDay; minute: number }
  | { code: "too-far"; agent: string; km: number; limitKm: number }
  | { code: "too-long"; agent: string; minutes: number; limitMinutes: number }
  | { code: "closer-agent"; agent: string; savedKm: number }
  | { code: "makes-room"; for: string };

export type Unplaced = { stop: string; agent: string | null; reason: Reason };

/** The instant of a minute of a day in Lima. */
export function startsAt(day: LimaDay, minute: number): Date {
  return new Date(limaInstant(day, 0).getTime() + minute * 60_000);
}
