import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { assignVisits } from "@minka/visit-planning/assign-visits";
import { findEligiblePairs, type AssignmentInstance } from "@minka/visit-planning/eligible-pairs";
import { highsOptimum, highsPriced, highsSolver } from "../planning/highs-optimum.ts";
import { makeMonth, type MonthOf } from "../planning/make-month.ts";
import type { Figure } from "./run-benches.ts";
import { round } from "./statistics.ts";

const agency: MonthOf = { visits: 5_000, agents: 50, inProvinces: 3, maxKm: 40, demand: 1.05 };
/** Everybody in reach of many: what a general solver finds hardest. */
const dense: MonthOf = { ...agency, inProvinces: 1 };
const programme: MonthOf = { visits: 23_513, agents: 130, inProvinces: 17, maxKm: 40, demand: 1.05 };
const largest: MonthOf = { visits: 100_000, agents: 600, inProvinces: 17, maxKm: 40, demand: 1.05 };

/** Turns, of which the least disturbed counts. */
const turns = 5;

/**
 * Months of visits assigned, in milliseconds of the processor, beside HiGHS on the same instance: asked as the planner
 * is (the most visits, then with so many demanded the fewest km), and, under `-priced`, as one linear program in which
 * an unserved visit costs 1,000 km, the fastest that HiGHS can be asked. HiGHS needs too long for the first with the
 * whole programme. The growth is from the small month to the largest, each the first of a process. Fails when the two do not find the same.
 */
export async function benchPlan(): Promise<Figure[]> {
  const highs = await highsSolver();
  const small = makeMonth(agency);
  const close = makeMonth(dense);
  const whole = makeMonth(programme);
  const smallMs = best(small);
  const closeMs = best(close);
  const wholeMs = best(whole);
  const large = inItsOwnProcess(largest);
  if (large.gap !== 0) throw new Error(`the largest month is not proven optimal: ${large.gap}`);

  const figures = [
    beside("plan-5000x50", smallMs, solverMs(small, highsOptimum(highs, small))),
    beside("plan-5000x50-priced", smallMs, solverMs(small, highsPriced(highs, small))),
    beside("plan-5000x50-dense", closeMs, solverMs(close, highsOptimum(highs, close))),
    beside("plan-5000x50-dense-priced", closeMs, solverMs(close, highsPriced(highs, close))),
    beside("plan-23513x130-priced", wholeMs, solverMs(whole, highsPriced(highs, whole))),
  ];
  const exponent =
    Math.log(large.ms / inItsOwnProcess(agency).ms) / Math.log(pairsOf(makeMonth(largest)) / pairsOf(small));
  const weighted = assignVisits(makeMonth({ ...agency, largestGroup: 20 }));
  return [
    ...figures,
    limited("plan-growth-to-100000x600", exponent, "exponent of pairs", 1.2),
    limited("plan-memory-100000x600", large.peakMb, "MB", 1024),
    limited("plan-weighted-gap", weighted.gap, "share", 0.01),
  ];
}

function beside(bench: string, value: number, limit: number): Figure {
  return { bench, value: round(value), unit: "ms", limit: round(limit), ratio: round(value / limit) };
}

function limited(bench: string, value: number, unit: string, limit: number): Figure {
  return { bench, value: round(value), unit, limit, ratio: round(value / limit) };
}

function best(month: AssignmentInstance): number {
  return Math.min(...Array.from({ length: turns }, () => processorMs(() => assignVisits(month))));
}

function solverMs(month: AssignmentInstance, found: { weight: number; cost: number; ms: number }): number {
  const { servedWeight, totalKm } = assignVisits(month);
  if (servedWeight !== found.weight || Math.abs(totalKm - found.cost) > 1e-6 * found.cost) {
    throw new Error(`${servedWeight} visits in ${totalKm} km, HiGHS ${found.weight} in ${found.cost} km`);
  }
  return found.ms;
}

/** Of the processor, not of the clock: what else the machine does takes nothing from it. */
function processorMs(work: () => unknown): number {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

function pairsOf(month: AssignmentInstance): number {
  return findEligiblePairs(month).agent.length;
}

function inItsOwnProcess(month: MonthOf): { ms: number; gap: number; peakMb: number } {
  const script = fileURLToPath(new URL("plan-server.ts", import.meta.url));
  const said = execFileSync(process.execPath, [script, JSON.stringify(month)], { encoding: "utf8" });
  return JSON.parse(said) as { ms: number; gap: number; peakMb: number };
}
