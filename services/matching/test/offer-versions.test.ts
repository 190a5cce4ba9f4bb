import { afterAll, beforeAll, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());

test("a match keeps the version and the price that it was made with, a later one has the new", async () => {
  const offer = candidate({ offerVersion: 3, priceCentimos: 3_000 });
  run.catalog.near = [offer];
  const before = await run.openListed();
  run.catalog.near = [{ ...offer, offerVersion: 4, priceCentimos: 3_500 }];
  const after = await run.openListed();
  expect(ranked(await run.read(before.id), 1)).toMatchObject({ offerVersion: 3, priceCentimos: 3_000 });
  expect(ranked(after, 1)).toMatchObject({
    offerId: offer.offerId,
    offerVersion: 4,
    priceCentimos: 3_500,
  });
});
