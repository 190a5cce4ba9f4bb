import type { Reason } from "@minka/contracts/common";
import type { PlanFigures, RefusedTime } from "./plans-tables.ts";

/**
 * What placing visits is given, and what it finds: plain data that travels to a thread and back. Points are in it and
 * in nothing that is stored.
 */
export type AgentToPlace = {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  /** People in the month, those of this plan included. */
  readonly capacity: number;
  readonly topics: readonly string[];
  readonly crops: readonly string[];
  readonly reachKm: number;
  readonly weekdays: readonly number[];
  readonly daysOff: readonly string[];
  readonly stopsADay: number;
};

export type VisitToPlace = {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  readonly districtCode: string;
  readonly topic: string | null;
  readonly crop: string | null;
  readonly previousAgent: string | null;
  readonly except: readonly string[];
  readonly refused: readonly RefusedTime[];
  /** The day that they named, if they are with nobody; another one will do where that is not to be had. */
  readonly otherDay: string | null;
  /** The agent, day and hour that were fixed before the plan. */
  readonly fixed: { readonly agent: string; readonly day: string; readonly minute: number } | null;
};

/** A stop that stands. */
export type StandingSession = {
  readonly id: string;
  readonly agent: string;
  readonly day: string;
  readonly minute: number;
  readonly kind: "group" | "single";
  /** The host first. */
  readonly visits: readonly string[];
};

export type PlacingTask = {
  readonly month: string;
  /** The first day on which anything may be placed. */
  readonly from: string;
  readonly groupMax: number;
  readonly groupRadiusKm: number;
  readonly keepKm: number;
  readonly agents: readonly AgentToPlace[];
  readonly visits: readonly VisitToPlace[];
  readonly weekly: readonly { area: string; weekday: number; why: string }[];
  readonly closures: readonly { area: string; firstDay: null; lastDay: string; why: string }[];
  /** Empty: all is placed for the first time. */
  readonly standing: readonly StandingSession[];
};

export type PlacedSession = {
  /** Of the standing session that it was; null for a new one. */
  readonly was: string | null;
  readonly agent: string;
  readonly day: string;
  readonly minute: number;
  readonly order: number;
  readonly kind: "group" | "single";
  readonly visits: readonly string[];
  /** Why it is not where it was. */
  readonly why: Reason | null;
};

export type Placing = {
  readonly sessions: readonly PlacedSession[];
  readonly unassigned: readonly { readonly visit: string; readonly why: Reason }[];
  /** Agent to visit, in kilometres. */
  readonly km: Readonly<Record<string, number>>;
  readonly figures: PlanFigures;
};

/** A topic that nobody named: every agent may come for it. */
export const anyTopic = "any";
