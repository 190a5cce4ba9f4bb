import { connectDatabase } from "@minka/database/connect";
import { createTestDatabase } from "@minka/test-kit/test-database";
import { expect, test } from "vitest";
import { askForCandidates } from "./catalog-candidates.ts";
import { loadMarket, plansThatReadAll } from "./catalog-market.ts";
import { askForOffers } from "./catalog-search.ts";
import { programmeAskers } from "./make-market.ts";

test("neither candidates nor lists read a table from end to end, already among a few thousand offers", async () => {
  const database = await createTestDatabase();
  const askers = programmeAskers();
  expect(askers).toHaveLength(23_513);
  await loadMarket(database.ownerUrl, 5_000, askers);
  const db = connectDatabase({ url: database.url("catalog"), name: "plans", maxConnections: 1 });
  try {
    const rows = await db.sql<{ id: string }[]>`select id from catalog.offers limit 500`;
    const market = { askers, offerIds: rows.map(({ id }) => id) };
    expect(await plansThatReadAll(db, askForCandidates(market))).toEqual([]);
    expect(await plansThatReadAll(db, askForOffers(market))).toEqual([]);
    expect(
      await plansThatReadAll(db, (own) => own.sql`select id from catalog.offers where title = 'x'`),
    ).toHaveLength(1);
  } finally {
    await db.close();
    await database.drop();
  }
}, 60_000);
