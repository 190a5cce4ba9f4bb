import { findCandidates as contract, type CandidateSearch } from "@minka/contracts/catalog";
import { connectDatabase, type Database } from "@minka/database/connect";
import { certificates, loanRequirements, quantityUnits } from "@minka/domain/vocabulary";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { explainCandidate } from "../src/candidates/explain-candidate.ts";
import { findCandidates, loadProviders } from "../src/service.ts";
import { runCatalog, tocache, type CatalogRun } from "./catalog-run.ts";
import { crop, marketRows, maybe, some, today } from "./random-market.ts";

const rows = marketRows;
const offerIds = rows.flatMap(({ offers }) => offers.map(({ id }) => id));

const certified = fc.array(
  fc.record({ certificate: fc.constantFrom(...certificates), crop: fc.option(crop) }),
  { maxLength: 2 },
);
const searches = fc
  .record({
    need: fc.oneof(
      fc.record({
        kind: some("assistance" as const, "training" as const),
        topic: maybe("pruning" as const, "harvest" as const),
        crop: fc.option(crop, { nil: undefined }),
      }),
      fc.record({
        kind: some("input" as const, "equipment" as const),
        product: maybe("urea" as const, "fertilizer" as const, "copper" as const, "saw" as const),
        quantity: maybe(0.3, 1, 4, 5, 200, 2_001),
        unit: fc.option(fc.constantFrom(...quantityUnits), { nil: undefined }),
      }),
      fc.record({ kind: some("service" as const), crop: fc.option(crop, { nil: undefined }) }),
      fc.record({
        kind: some("credit" as const),
        purpose: maybe("harvest" as const, "labour" as const),
        amountCentimos: maybe(9_999, 10_000, 1_000_000, 1_000_001),
      }),
      fc.record({
        kind: some("purchase" as const),
        crop: fc.option(crop, { nil: undefined }),
        state: maybe("wet" as const, "dry" as const),
        quantity: maybe(1, 99, 100),
        unit: maybe("kg" as const, "quintal" as const, "bag" as const),
        quality: fc.record({
          moisturePercent: maybe(8, 9),
          defectsPercent: maybe(5, 6),
          fermentationPercent: maybe(69, 70),
          cupPoints: maybe(79, 80),
          cadmiumMgPerKg: maybe(0.6, 0.7),
        }),
      }),
    ),
    districtCode: some(tocache, tocache, tocache, "221002", "100601", "010101"),
    requesterPersonId: fc.oneof(fc.uuid({ version: 4 }), some(...rows.map(({ personId }) => personId))),
    requester: fc.record({
      sex: some("f" as const, "m" as const, null),
      holds: fc.subarray([...loanRequirements]),
      lacks: fc.subarray([...loanRequirements], { maxLength: 5 }),
      certificates: certified,
      lacksCertificates: certified,
      sells: fc.constantFrom([], [{ crop: "cacao" as const, state: "wet" as const }]),
    }),
    organicOnly: fc.boolean(),
    wider: fc.boolean(),
    consultation: fc.integer({ min: 0, max: 4 }).map((draw) => draw === 0),
    on: maybe("2026-11-23", today, "2026-12-01"),
    excludeOfferIds: fc.subarray(offerIds, { maxLength: 2 }),
    excludeProviderIds: fc.subarray(
      rows.map(({ id }) => id),
      { maxLength: 2 },
    ),
    onlyOfferIds: maybe(undefined, undefined, offerIds.slice(0, 20), offerIds.slice(15, 30)),
  })
  .map((body) => contract.body!.parse({ ...JSON.parse(JSON.stringify(body)), limit: 50 }));

let runs: CatalogRun[];
let markets: Database[];
beforeAll(async () => {
  runs = [await runCatalog(), await runCatalog()];
  markets = runs.map(({ database }) =>
    connectDatabase({ url: database.url("catalog"), name: "laws", maxConnections: 1 }),
  );
  const orders = [rows, rows.toReversed()];
  for (const [index, db] of markets.entries()) {
    // One by one, so that who comes in when is as it says.
    for (const row of orders[index]!) await loadProviders(db, [row], { at: runs[index]!.clock() });
  }
});
afterAll(async () => {
  for (const db of markets) await db.close();
  for (const run of runs) await run.stop();
});

const found = async (db: Database, search: CandidateSearch, limit = 50) =>
  (await findCandidates(db, { ...search, limit }, today)).candidates;

test("an offer is a candidate exactly when nothing speaks against it", async () => {
  const told = new Set<string>();
  let candidates = 0;
  await fc.assert(
    fc.asyncProperty(searches, async (search) => {
      const ids = new Set((await found(markets[0]!, search)).map(({ offerId }) => offerId));
      candidates += ids.size;
      for (const offerId of offerIds) {
        const { reasons, candidate } = await explainCandidate(markets[0]!, { ...search, offerId }, today);
        for (const { code } of reasons) told.add(code);
        expect(ids.has(offerId), JSON.stringify(reasons)).toBe(candidate);
      }
    }),
    { numRuns: 20 },
  );
  // The market and the searches are such that many reasons come up, and being a candidate too.
  expect(candidates).toBeGreaterThan(10);
  expect(told.size).toBeGreaterThan(8);
});

test("who came in first has no advantage", async () => {
  await fc.assert(
    fc.asyncProperty(searches, fc.integer({ min: 1, max: 6 }), async (search, limit) => {
      const [first, second] = await Promise.all(markets.map((db) => found(db, search, limit)));
      expect(second).toEqual(first);
    }),
    { numRuns: 80 },
  );
});
