import { mostTraits, readTraits } from "@minka/contracts/traits";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runPeople, type PeopleRun } from "./people-run.ts";
import { trace } from "./profiles-run.ts";

let run: PeopleRun;
beforeAll(async () => void (run = await runPeople()));
afterAll(() => run.stop());

const traitsOf = async (personIds: string[]) =>
  (await run.callAs("matching")(readTraits, { body: { personIds } }, trace)).traits;

async function organization(): Promise<string> {
  const id = newId();
  await run.owner.sql`
    insert into profiles.organizations (id, name, kind, district_code, crops, confirmed_on, created_at)
    values (${id}, 'La Loma', 'association', '221001', '{}', '2026-11-24', '2026-11-24')`;
  return id;
}

async function member(personId: string, organizationId: string, state: string): Promise<void> {
  await run.owner.sql`
    insert into profiles.memberships (id, person_id, organization_id, role, state, origin, trace)
    values (${newId()}, ${personId}, ${organizationId}, 'member', ${state}, 'added', 't')`;
}

test("who grows coffee and cacao is of the larger class, and belongs where they are an active member", async () => {
  const { id } = await run.somebody();
  const [active, ended, asked] = [await organization(), await organization(), await organization()];
  await member(id, active, "active");
  await member(id, ended, "ended");
  await member(id, asked, "asked");
  await run.owner.sql`update profiles.people set district_code = '221001', sex = 'f' where id = ${id}`;
  await run.owner.sql`
    insert into profiles.producer_crops (person_id, crop, size)
    values (${id}, 'cacao', 'small'), (${id}, 'coffee', 'medium'), (${id}, 'banana', null)`;
  expect(await traitsOf([id])).toEqual([
    { personId: id, sex: "f", sizeClass: "medium", districtCode: "221001", organizationIds: [active] },
  ]);
});

test("what nobody said is null, and who is erased, unknown or has not agreed is left out", async () => {
  const [plain, erased, invited] = [await run.somebody(), await run.somebody(), await run.somebody()];
  await run.owner.sql`update profiles.people set district_code = null, sex = null where id = ${plain.id}`;
  await run.owner.sql`update profiles.people set state = 'erased' where id = ${erased.id}`;
  await run.owner.sql`update profiles.people set state = 'invited' where id = ${invited.id}`;
  expect(await traitsOf([newId(), erased.id, plain.id, invited.id])).toEqual([
    { personId: plain.id, sex: null, sizeClass: null, districtCode: null, organizationIds: [] },
  ]);
});

test("five hundred people are read at once, each once", async () => {
  const { id } = await run.somebody();
  const others = Array.from({ length: mostTraits - 2 }, () => newId());
  expect(await traitsOf([...others, id, id])).toHaveLength(1);
});
