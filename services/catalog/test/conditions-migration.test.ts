import { readFile } from "node:fs/promises";
import { connectDatabase, type Database } from "@minka/database/connect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepProviderFacts } from "../src/search/keep-provider-facts.ts";
import { loadProviders } from "../src/service.ts";
import { runCatalog, type CatalogRun } from "./catalog-run.ts";
import { marketRows } from "./random-market.ts";

let run: CatalogRun;
let owner: Database;
beforeAll(async () => {
  run = await runCatalog();
  owner = connectDatabase({ url: run.database.ownerUrl, name: "before", maxConnections: 1 });
  await loadProviders(owner, marketRows, { at: run.clock() });
  // What is over goes first.
  await run.settle();
});
afterAll(async () => {
  await owner.close();
  await run.stop();
});

const listings = () => owner.sql`select * from catalog.listings order by number`;
const postings = () => owner.sql`select * from catalog.postings order by range, place, number, bits`;

/** As the release before wrote them: places without ties, no advice by phone, no conditions. */
async function goBack(): Promise<void> {
  await owner.sql`delete from catalog.postings where range < 512 and bits <> 0 and exists (
    select 1 from catalog.listings where listings.number = postings.number and kind = 'assistance')`;
  await owner.sql`
    update catalog.postings set place = (place & (1 << 30)) | case
      when place & (1 << 29) <> 0 then (1 << 29) | (((place >> 27) & 3) << 17) | (((place >> 12) & 32767) + 98304)
      else (place & ((1 << 29) - 1)) >> 9 end`;
  await owner.sql`
    update catalog.listings set opens_on = null, closes_on = null, state = null, quality = null, certificates = '{}',
      pack_amount = null, pack_unit = null, least_packs = null, requirements = '{}', title = '',
      women_focused = false, specialist_topics = '{}'`;
}

/** What a migration does to what is there, without what it does to the tables. */
async function upgrade(name = "0012_conditions-of-offers", expected = 4): Promise<void> {
  const url = new URL(`../migrations/${name}.sql`, import.meta.url);
  const statements = (await readFile(url, "utf8")).split("--> statement-breakpoint");
  const changes = statements.filter((each) => /^(?:\s*--.*\n)*\s*(UPDATE|DELETE|INSERT)/.test(each));
  expect(changes).toHaveLength(expected);
  for (const change of changes) await owner.sql.unsafe(change);
}

test("what was listed before the upgrade stands there as if it had been entered after it", async () => {
  const before = { listings: await listings(), postings: await postings() };
  await goBack();
  expect(await listings()).not.toEqual(before.listings);
  await upgrade();

  // Conditions hold from the first moment on: they would exclude what they must not let through.
  const stock = (row: Record<string, unknown>) => ({ ...row, stock_packs: null });
  expect((await listings()).map(stock)).toEqual(before.listings.map(stock));
  const byPhone = before.postings.length - (await postings()).length;
  expect(byPhone).toBeGreaterThan(0);

  await run.settle();
  expect(await postings()).toEqual(before.postings);
  expect((await listings()).length).toBe(before.listings.length);
});

test("what is known of a provider is known of what it had listed before", async () => {
  const [agent] = await owner.sql<{ id: string }[]>`
    select provider_id as id from catalog.listings where kind = 'assistance' order by number limit 1`;
  await owner.sql`
    insert into catalog.agent_profiles (provider_id, topics, crops, languages, latitude, longitude, reach_km,
      monthly_capacity, resells, updated_at)
    values (${agent!.id}, '[{"topic":"pruning","level":"specialist"},{"topic":"pests","level":"basic"}]', '{coffee}',
      '{spa,agr}', -6.03, -77.16, 20, 10, '[{"product":"urea"}]', '2026-11-02T10:00:00Z')
    on conflict (provider_id) do update set topics = excluded.topics, languages = excluded.languages,
      resells = excluded.resells`;
  await owner.sql`
    insert into catalog.provider_certificates (id, provider_id, kind, issuer, issued_on, expires_on, added_by, checked_at)
    values (gen_random_uuid(), ${agent!.id}, 'competence', 'SINEACE', '2025-01-01', '2028-01-01', '{}', '2025-02-01'),
      (gen_random_uuid(), ${agent!.id}, 'degree', 'UNTRM', '2025-01-01', null, '{}', null)`;
  await owner.transaction((tx) => keepProviderFacts(tx, [agent!.id]));
  const kept = await listings();
  expect(kept.find((row) => row["provider_id"] === agent!.id && row["kind"] === "assistance")).toMatchObject({
    languages: ["spa", "agr"],
    known_topics: ["pruning", "pests"],
    expert_topics: ["pruning"],
    certified_until: "2028-01-01",
    adviser_sells: true,
  });
  await owner.sql`
    update catalog.listings set languages = '{}', known_topics = '{}', expert_topics = '{}', certified_until = null,
      adviser_sells = false`;
  await upgrade("0013_facts-of-providers", 1);
  expect(await listings()).toEqual(kept);
});

test("a pesticide without its number goes at once", async () => {
  const [row] = await owner.sql<{ id: string }[]>`
    update catalog.offers set terms = (terms - 'registerNumber') || '{"product":"copper"}'
    where id = (select offer_id from catalog.listings where kind = 'input' order by number limit 1) returning id`;
  await upgrade();
  const posted = () => owner.sql`
    select 1 from catalog.postings join catalog.listings using (number) where offer_id = ${row!.id}`;
  expect(await posted()).toHaveLength(0);
  await run.settle();
  expect(await owner.sql`select 1 from catalog.listings where offer_id = ${row!.id}`).toHaveLength(0);
});
