import { expect, test } from "vitest";
import { liveSeason } from "./live-season.ts";
import { brokenPromises, figureLines } from "./print-figures.ts";

test("two weeks of sixty producers come to an end in which nobody waits for nothing, and every figure is there", async () => {
  const lived = await liveSeason(
    { producers: 60, weeks: 2, seed: 3, requestsPerProducer: 1, keep: null },
    () => {},
  );
  expect(brokenPromises(lived)).toEqual([]);
  const { outcomes, travel } = lived.figures;
  expect(outcomes.requests.requests).toBeGreaterThan(50);
  expect(outcomes.requests.done).toBeGreaterThan(10);
  expect(outcomes.visits.byPlan).toBeGreaterThan(5);
  expect(outcomes.visits.ratings).toBeGreaterThan(5);
  expect(outcomes.sponsorships).toHaveLength(2);
  expect(travel?.kmPerVisitGrouped ?? Infinity).toBeLessThan(travel?.kmPerVisitSingle ?? 0);
  const named = figureLines(lived).map(({ figure }) => figure);
  for (const figure of [
    "matched-share",
    "hours-to-agreement-median",
    "sex-matched-share",
    "size-matched-share",
    "member-matched-share",
    "district-matched-share",
    "visits-done",
    "km-per-visit-single",
    "plans-accepted-share",
    "broken-oversold-places",
  ])
    expect(named).toContain(figure);
}, 240_000);
