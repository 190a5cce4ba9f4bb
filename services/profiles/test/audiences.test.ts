import { countAudience, listAudience } from "@minka/contracts/audiences";
import { giveConsent, withdrawConsent } from "@minka/contracts/people";
import type { Crop } from "@minka/domain/vocabulary";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { runPeople, type PeopleRun, type Somebody } from "./people-run.ts";
import { trace } from "./profiles-run.ts";

let run: PeopleRun;
let organizationId: string;
beforeAll(async () => {
  run = await runPeople();
});
afterAll(() => run.stop());
beforeEach(async () => {
  await run.owner.sql`update profiles.people set state = 'erased'`;
  organizationId = newId();
  await run.owner.sql`
    insert into profiles.organizations (id, name, kind, district_code, crops, confirmed_on, created_at)
    values (${organizationId}, 'La Loma', 'association', '221001', '{}', '2026-11-24', '2026-11-24')`;
});

const consent = (personId: string, purpose: "service" | "bulletins") =>
  run.callAs("notifications")(
    giveConsent,
    {
      params: { personId },
      body: { purpose, version: "1", channel: "sms", at: run.clock().toISOString() },
    },
    trace,
  );
const withdraw = (personId: string, purpose: "service" | "bulletins") =>
  run.callAs("notifications")(
    withdrawConsent,
    { params: { personId, purpose }, body: { channel: "sms", at: run.clock().toISOString() } },
    trace,
  );
async function reader({
  district = "221001",
  crop,
  member,
}: { district?: string; crop?: Crop; member?: "active" | "ended" } = {}): Promise<Somebody> {
  const made = await run.somebody();
  await consent(made.id, "bulletins");
  await run.owner.sql`update profiles.people set district_code = ${district} where id = ${made.id}`;
  if (crop)
    await run.owner.sql`insert into profiles.producer_crops (person_id, crop) values (${made.id}, ${crop})`;
  if (member)
    await run.owner.sql`
      insert into profiles.memberships (id, person_id, organization_id, role, state, origin, trace)
      values (${newId()}, ${made.id}, ${organizationId}, 'member', ${member}, 'added', 't')`;
  return made;
}
type Asked = { districts?: string[]; crops?: Crop[]; organizationId?: string };
const reached = async (audience: Asked = {}) => {
  const call = run.callAs("notifications");
  const { people, next } = await call(listAudience, { body: audience }, trace);
  expect(next).toBeNull();
  expect((await call(countAudience, { body: audience }, trace)).people).toBe(people.length);
  return people.map(({ personId }) => personId);
};

test("only who agreed to bulletins, and still agrees to be served, is reached", async () => {
  const rosa = await reader();
  await run.somebody();
  const [left, gone] = [await reader(), await reader()];
  await withdraw(left.id, "bulletins");
  await withdraw(gone.id, "service");
  expect(await reached()).toEqual([rosa.id]);
  await consent(left.id, "bulletins");
  await consent(gone.id, "service");
  expect(await reached()).toEqual([rosa.id, left.id, gone.id]);
});

test("districts are prefixes; districts, crops and organization apply together", async () => {
  const here = await reader({ district: "221001", crop: "cacao", member: "active" });
  const province = await reader({ district: "221005", crop: "coffee" });
  const elsewhere = await reader({ district: "250101", crop: "cacao", member: "ended" });
  expect(await reached({ districts: ["22"] })).toEqual([here.id, province.id]);
  expect(await reached({ districts: ["221005", "25"] })).toEqual([province.id, elsewhere.id]);
  expect(await reached({ crops: ["cacao"] })).toEqual([here.id, elsewhere.id]);
  expect(await reached({ districts: ["25"], crops: ["cacao", "coffee"] })).toEqual([elsewhere.id]);
  expect(await reached({ organizationId })).toEqual([here.id]);
  expect(await reached({ organizationId, crops: ["coffee"] })).toEqual([]);
});

test("whoever is invited only, erased or without a phone is not reached", async () => {
  const [invited, erased, phoneless] = [await reader(), await reader(), await reader()];
  await run.owner.sql`update profiles.people set state = 'invited' where id = ${invited.id}`;
  await run.owner.sql`update profiles.people set state = 'erased' where id = ${erased.id}`;
  await run.owner.sql`delete from profiles.phones where person_id = ${phoneless.id}`;
  expect(await reached()).toEqual([]);
});

test("pages follow each other without a gap or a repetition, each person with the phone used last", async () => {
  const readers = [await reader(), await reader(), await reader(), await reader(), await reader()];
  const newer = "+51955500001";
  const later = new Date(run.clock().getTime() + 60_000).toISOString();
  await run.owner.sql`
    insert into profiles.phones (phone, person_id, linked_at, used_at)
    values (${newer}, ${readers[0]?.id ?? ""}, ${later}, ${later})`;
  const found: { personId: string; phone: string }[] = [];
  let after: string | null = null;
  do {
    const page: { people: { personId: string; phone: string }[]; next: string | null } = await run.callAs(
      "notifications",
    )(listAudience, { body: { after, limit: 2 } }, trace);
    found.push(...page.people);
    after = page.next;
  } while (after);
  expect(found).toEqual(
    readers.map(({ id, phone }, index) => ({ personId: id, phone: index === 0 ? newer : phone })),
  );
});
