import { newId } from "@minka/database/new-id";
import type { Database } from "@minka/database/connect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFirstRelease, type FirstRelease } from "./first-release.ts";

let first: FirstRelease;
let db: Database;

/** A database as the first release left it, with what was registered in it. */
beforeAll(async () => {
  first = await createFirstRelease();
  db = first.db;
});
afterAll(() => first.drop());

type Old = { kind: string; state?: string; personId?: string; document?: [type: string, number: string] };
let minutes = 0;

async function register({ kind, state = "verified", personId = newId(), document }: Old): Promise<string> {
  const [id, offerId] = [newId(), newId()];
  minutes += 1;
  const at = new Date(Date.UTC(2026, 10, 1, 3, minutes)).toISOString();
  const [type, number] = document ?? [null, null];
  await db.sql`insert into catalog.providers (id, kind, name, person_id, district_code, document_type,
      document_number, state, confirmed_on, created_at)
    values (${id}, ${kind}, ${kind}, ${personId}, '221001', ${type}, ${number}, ${state}, '2026-11-01', ${at})`;
  await db.sql`insert into catalog.offers (id, provider_id, version, kind, terms, state, coverage, crops, subjects,
      confirmed_on, published_at)
    values (${offerId}, ${id}, 1, 'assistance', '{"kind": "assistance"}', 'published', '{PE}', '{}', '{}',
      '2026-11-01', ${at})`;
  return id;
}

test("what was registered keeps its offers, with the forms, kinds and staff of today", async () => {
  const operatorId = newId();
  const [nelly, rosa] = [newId(), newId()];
  const shop = await register({ kind: "supplier", document: ["ruc", "20512333797"] });
  const lender = await register({ kind: "lender", document: ["ruc", "20512333797"] });
  const agent = await register({ kind: "agent", personId: nelly, state: "draft" });
  const trainer = await register({ kind: "trainer", personId: nelly });
  const buyer = await register({ kind: "buyer", personId: nelly });
  const seller = await register({ kind: "supplier", personId: rosa, document: ["ruc", "10054148289"] });
  // A document that anybody can type: the second says nothing of who they are, so they get into nobody's entry.
  const [owner, typist] = [newId(), newId()];
  const typed: [string, string] = ["ruc", "20601234565"];
  const typedFirst = await register({ kind: "supplier", personId: owner, state: "draft", document: typed });
  const typedAgain = await register({ kind: "lender", personId: typist, state: "draft", document: typed });
  const typedTwice = await register({ kind: "buyer", personId: owner, state: "draft", document: typed });
  await db.sql`insert into catalog.audit (id, at, actor, action, subject, trace)
    values (${newId()}, now(), ${`person:${operatorId}`}, 'provider.register', ${agent}, 'test')`;

  await first.upgrade();

  const rows =
    await db.sql`select id, form, array_to_string(array(select unnest(kinds) order by 1), ' ') as kinds,
      state, makers, state_since, (select count(*)::int from catalog.offers where provider_id = providers.id) as offers,
      (select count(*)::int from catalog.provider_staff where provider_id = providers.id and role = 'manager') as staff
    from catalog.providers`;
  const of = (id: string) => rows.find((row) => row["id"] === id);
  // The same company under two kinds is one of both.
  expect(of(shop)).toMatchObject({
    form: "company",
    kinds: "lender supplier",
    state: "verified",
    offers: 2,
    staff: 2,
  });
  expect(of(lender)).toMatchObject({ state: "closed", offers: 0 });
  // A person's draft goes before what is verified of theirs, and brings nothing unseen into it.
  expect(of(trainer)).toMatchObject({ form: "person", kinds: "trainer", state: "verified", offers: 1 });
  expect(of(agent)).toMatchObject({ form: "person", state: "closed", offers: 1, makers: [operatorId] });
  expect(of(buyer)).toMatchObject({
    form: "company",
    kinds: "buyer",
    state: "verified",
    offers: 1,
    staff: 1,
  });
  expect(of(seller)).toMatchObject({ form: "person", kinds: "supplier", state: "verified", offers: 1 });
  expect(of(typedFirst)).toMatchObject({ state: "draft", kinds: "buyer supplier", offers: 2, staff: 1 });
  expect(of(typedAgain)).toMatchObject({ state: "closed", kinds: "lender", offers: 1, staff: 1 });
  expect(of(typedTwice)).toMatchObject({ state: "closed", offers: 0 });
  const managers =
    await db.sql`select person_id from catalog.provider_staff where provider_id = ${typedFirst}`;
  expect([...managers]).toEqual([{ person_id: owner }]);
  const closed =
    await db.sql`select provider_id, "from", reason from catalog.provider_decisions order by reason`;
  const without = closed.filter((row) => ![typedAgain, typedTwice].includes(row["provider_id"]));
  expect(closed.find((row) => row["provider_id"] === typedAgain)?.["reason"]).toBe(
    "Another entry has the same document",
  );
  expect(without.map((row) => [row["provider_id"], row["from"], row["reason"]])).toEqual([
    [lender, "verified", `Merged into ${shop}`],
    [agent, "draft", `Merged into ${trainer}`],
  ]);
});
