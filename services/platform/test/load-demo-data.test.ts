import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadDemoData } from "../src/demo/load-demo-data.ts";

let database: TestDatabase;
let owner: postgres.Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  owner = postgres(database.ownerUrl, { max: 1 });
});
afterEach(async () => {
  await owner.end();
  await database.drop();
});

const load = () =>
  loadDemoData({ size: "demo", databaseUrl: (service) => database.url(service), progress: () => {} });

const counts = async () => {
  const [row] = await owner`
    select (select count(*)::int from profiles.people) as people,
      (select count(*)::int from profiles.phones) as phones,
      (select count(*)::int from profiles.consents) as consents,
      (select count(*)::int from profiles.organizations) as organizations,
      (select count(*)::int from profiles.board_seats) as "boardSeats",
      (select count(*)::int from profiles.organization_certificates) as certificates,
      (select count(*)::int from catalog.providers where state = 'verified') as providers,
      (select count(*)::int from catalog.listings) as "postedOffers",
      (select count(*)::int from catalog.offers) as offers,
      (select count(*)::int from matching.standings) as standings,
      (select count(*)::int from brokering.pools) as pools,
      (select count(*)::int from brokering.pool_orders) as "poolOrders"`;
  return row;
};

test("demo data comes in once, however often it is loaded", async () => {
  await load();
  const loaded = await counts();
  expect(loaded).toMatchObject({
    people: 368,
    phones: 368,
    consents: 368,
    organizations: 12,
    providers: 68,
    standings: 68,
    pools: 1,
    poolOrders: 11,
  });
  expect(loaded?.["postedOffers"]).toBe(loaded?.["offers"]);
  await load();
  expect(await counts()).toEqual(loaded);
});

test("a load that broke off is taken up again", async () => {
  await load();
  const loaded = await counts();
  for (const table of ["board_seats", "organization_certificates", "memberships"])
    await owner`delete from profiles.${owner(table)}`;
  await owner`delete from profiles.organizations`;
  await load();
  expect(await counts()).toEqual(loaded);
});

test("a house with other people in it is left as it is", async () => {
  const id = "019a0000-0000-7000-8000-000000000001";
  await owner`insert into profiles.people (id, created_at, updated_at) values (${id}, now(), now())`;
  await owner`insert into profiles.consents (id, person_id, purpose, version, channel, given_at)
    values (${id}, ${id}, 'service', '1', 'sms', now())`;
  await load();
  expect(await counts()).toMatchObject({ people: 1, providers: 0, standings: 0 });
});
