import { newId } from "@minka/database/new-id";
import { expect, test } from "vitest";
import { addReader } from "../support/bulletin-readers.ts";
import { signedIn, signingEnvironment, type Signed } from "../support/signed-operator.ts";
import { startTestPlatform } from "../support/test-platform.ts";
import { stage } from "./scene.ts";

const people = stage({
  start: () => startTestPlatform({ seeded: false, environment: signingEnvironment }),
});
const operator = () => signedIn(people.platform, newId());
const base = "/api/notifications/bulletins";

type Counts = Record<"people" | "queued" | "sent" | "delivered" | "withheld" | "failed", number>;
type Bulletin = { id: string; state: string; message: string; segments: number; counts: Counts };
type Answer = {
  bulletin: Bulletin;
  code?: string;
  people?: number;
  errors?: { path: string; message: string }[];
};

const text = "Charla de poda el sabado a las 9, local comunal.";
const lastLine = "\nPara no recibir: NO QUIERO BOLETINES";
const draft = (body: object, by: Signed = operator()) =>
  by.post<Answer>(base, { title: "Charla de poda", text, ...body });
const approve = (id: string, shown: number, by: Signed = operator()) =>
  by.post<Answer>(`${base}/${id}/approval`, { people: shown });
const read = async (id: string) => (await operator().get<Answer>(`${base}/${id}`)).body.bulletin;

let villages = 0;
/** Each test has a province of its own. */
function newProvince(): string {
  villages += 1;
  // San Martín has ten, Huánuco eleven.
  return villages > 10
    ? `10${String(villages - 10).padStart(2, "0")}`
    : `22${String(villages).padStart(2, "0")}`;
}
/** A phone whose owner agreed to bulletins. */
async function reader(districtCode: string, agrees = true) {
  const party = people.stranger();
  const personId = await addReader(people.platform, party.number, { districtCode, agrees });
  return { ...party, personId };
}
async function sent(body: object): Promise<string> {
  const { bulletin } = (await draft(body)).body;
  expect((await approve(bulletin.id, bulletin.counts.people)).status).toBe(200);
  await people.settle();
  return bulletin.id;
}
/** On the next day at this hour of Lima. */
function untilHour(hour: number): void {
  const { clock } = people.platform;
  const lima = (clock().getUTCHours() + 19) % 24;
  clock.advance({ hours: hour - lima + 24, minutes: -clock().getUTCMinutes() });
}

test("a bulletin reaches who agreed to bulletins in its districts, once, and says how to get no more", async () => {
  const province = newProvince();
  const [here, there] = [await reader(`${province}01`), await reader(`${province}02`)];
  const unasked = await reader(`${province}01`, false);
  const elsewhere = await reader(`${newProvince()}01`);
  const drafted = (await draft({ audience: { districts: [province] } })).body.bulletin;
  expect(drafted).toMatchObject({ state: "draft", message: `${text}${lastLine}`, segments: 1 });
  expect(drafted.counts).toMatchObject({ people: 2, queued: 0 });
  await people.settle();
  expect(await here.reads()).toEqual([]);
  await approve(drafted.id, 2);
  await people.settle();
  for (const party of [here, there]) expect(await party.reads()).toEqual([`${text}${lastLine}`]);
  for (const party of [unasked, elsewhere]) expect(await party.reads()).toEqual([]);
  const bulletin = await read(drafted.id);
  expect(bulletin).toMatchObject({ state: "expanded", counts: { people: 2, sent: 2, queued: 0 } });
  expect(await approve(drafted.id, 2)).toMatchObject({ status: 409, body: { code: "bulletin-not-draft" } });
});

test("a phone that two people share gets it once", async () => {
  const province = newProvince();
  const first = await reader(`${province}01`);
  await first.says("soy otra persona");
  await first.says("Flor girasol");
  await first.says("girasol quiero boletines");
  await people.owner`update profiles.people set district_code = ${`${province}01`} where name = 'Flor'`;
  const id = await sent({ audience: { districts: [province] } });
  expect((await read(id)).counts).toMatchObject({ people: 2, sent: 1 });
  expect((await first.reads()).filter((message) => message.endsWith(lastLine))).toHaveLength(1);
});

test("who says NO QUIERO BOLETINES gets none that has not left, and everything else", async () => {
  const province = newProvince();
  const party = await reader(`${province}01`);
  untilHour(21);
  const id = await sent({ audience: { districts: [province] } });
  expect((await read(id)).counts).toMatchObject({ queued: 1 });
  expect(await party.says("no quiero boletines")).toEqual([expect.stringMatching(/^Listo, no le mandamos/)]);
  expect((await read(id)).counts).toMatchObject({ queued: 0, withheld: 1 });
  untilHour(8);
  await people.settle();
  expect(await party.reads()).toEqual([]);
  expect(await party.says("ayuda")).toHaveLength(1);
});

test("nothing leaves by night, and what is due at an hour leaves then", async () => {
  const province = newProvince();
  const party = await reader(`${province}01`);
  untilHour(18);
  const sendAt = new Date(people.platform.clock().getTime() + 3 * 3_600_000).toISOString();
  const id = await sent({ audience: { districts: [province] }, sendAt });
  expect((await read(id)).state).toBe("approved");
  people.platform.clock.advance({ hours: 4 });
  await people.settle();
  expect((await read(id)).state).toBe("expanded");
  expect(await party.reads()).toEqual([]);
  untilHour(8);
  await people.settle();
  expect(await party.reads()).toHaveLength(1);
});

test("a stopped bulletin leaves no more, and what has left is counted", async () => {
  const province = newProvince();
  const party = await reader(`${province}01`);
  untilHour(22);
  const id = await sent({ audience: { districts: [province] } });
  const stopped = await operator().post<Answer>(`${base}/${id}/cancellation`);
  expect(stopped.body.bulletin).toMatchObject({ state: "cancelled", counts: { withheld: 1, queued: 0 } });
  expect((await operator().post(`${base}/${id}/cancellation`)).status).toBe(200);
  untilHour(9);
  await people.settle();
  expect(await party.reads()).toEqual([]);
});

test("what is wrong with a bulletin is said field by field, and it is not kept", async () => {
  const long = await draft({ text: "a".repeat(290) });
  expect(long).toMatchObject({
    status: 422,
    body: {
      code: "bulletin-wrong",
      errors: [{ path: "body.text", message: expect.stringContaining("21 char") }],
    },
  });
  const credit = await draft({ text: "Préstamos al instante" });
  expect(credit).toMatchObject({ status: 422, body: { errors: [{ path: "body.text" }] } });
  const far = await draft({ sendAt: "2029-01-01T00:00:00Z" });
  expect(far).toMatchObject({ status: 422, body: { errors: [{ path: "body.sendAt" }] } });
  expect((await draft({ audience: { districts: ["221"] } })).status).toBe(422);
});

test("an approval says how many were shown, and does not reach many more or fewer", async () => {
  const province = newProvince();
  const { bulletin } = (await draft({ audience: { districts: [province] } })).body;
  await reader(`${province}01`);
  expect(await approve(bulletin.id, bulletin.counts.people)).toMatchObject({
    status: 409,
    body: { code: "audience-grown", people: 1 },
  });
  expect(await approve(bulletin.id, 999_999)).toMatchObject({
    status: 409,
    body: { code: "audience-shrunk", people: 1 },
  });
  expect((await approve(bulletin.id, 1)).status).toBe(200);
});

/** An organization with a manager and a member who both agreed to bulletins. */
async function anOrganization(province: string) {
  const [manager, member] = [await reader(`${province}01`), await reader(`${province}01`)];
  const by = signedIn(people.platform, manager.personId, { operator: false });
  const organization = await by.post<{ organization: { id: string } }>("/api/profiles/organizations", {
    personId: manager.personId,
    name: "Asociación La Loma",
    kind: "association",
    districtCode: `${province}01`,
  });
  const organizationId = organization.body.organization.id;
  await operator().post(`/api/profiles/organizations/${organizationId}/verify`);
  const added = await by.post<{ membership: { membershipId: string } }>(
    `/api/profiles/organizations/${organizationId}/members`,
    { personId: member.personId },
  );
  const { membershipId } = added.body.membership;
  const accepted = signedIn(people.platform, member.personId, { operator: false });
  await accepted.post(`/api/profiles/memberships/${membershipId}/answer`, { accepted: true });
  await people.settle();
  await Promise.all([member.reads(), manager.reads()]);
  return { by, manager, member, accepted, organizationId };
}

test("a manager writes to the members of their organization, in its name, and to nobody else", async () => {
  const province = newProvince();
  const { by, manager, member, accepted, organizationId } = await anOrganization(province);
  await reader(`${province}01`);

  for (const audience of [{}, { organizationId: newId() }, { districts: [province] }])
    expect(await draft({ audience }, by)).toMatchObject({ status: 403, body: { code: "not-your-bulletin" } });
  expect((await draft({ audience: { organizationId } }, accepted)).status).toBe(403);
  const { bulletin } = (await draft({ audience: { organizationId } }, by)).body;
  expect(bulletin.counts.people).toBe(2);
  expect((await approve(bulletin.id, 2, accepted)).status).toBe(403);
  expect((await approve(bulletin.id, 2, by)).status).toBe(200);
  untilHour(9);
  await people.settle();
  const message = `Asociacion La Loma: ${text}${lastLine}`;
  expect(await member.reads()).toEqual([message]);
  expect(await manager.reads()).toEqual([message]);
  const others = (await draft({ audience: { districts: [province] } })).body.bulletin;
  expect((await by.get(`${base}/${others.id}`)).status).toBe(403);
  const own = await by.get<{ items: Bulletin[] }>(`${base}?organizationId=${organizationId}`);
  expect(own.body.items.map(({ id }) => id)).toEqual([bulletin.id]);
  expect((await by.get(base)).status).toBe(403);
});

test("an organization sends two bulletins in any seven days, also when they are to leave later", async () => {
  const { by, organizationId } = await anOrganization(newProvince());
  const audience = { organizationId };
  const drafts: string[] = [];
  const inDays = (days: number) =>
    new Date(people.platform.clock().getTime() + days * 24 * 3_600_000).toISOString();
  for (const sendAt of [undefined, inDays(6), inDays(3), inDays(7.1)])
    drafts.push((await draft({ audience, ...(sendAt ? { sendAt } : {}) }, by)).body.bulletin.id);
  const [first = "", second = "", third = "", later = ""] = drafts;
  expect((await approve(first, 2, by)).status).toBe(200);
  expect((await approve(second, 2, by)).status).toBe(200);
  expect(await approve(third, 2, by)).toMatchObject({ status: 429, body: { code: "too-many-bulletins" } });
  expect((await approve(later, 2, by)).status).toBe(200);
  // What was stopped before anybody got it is not counted.
  await by.post(`${base}/${second}/cancellation`);
  expect((await approve(third, 2, by)).status).toBe(200);
  for (const id of [third, later]) await by.post(`${base}/${id}/cancellation`);
  // Nor is what operators send.
  expect((await draft({ audience })).status).toBe(201);
});

test("a phone gets one bulletin a day, and the next are counted as withheld", async () => {
  const province = newProvince();
  const party = await reader(`${province}01`);
  untilHour(9);
  const audience = { districts: [province] };
  expect((await read(await sent({ audience }))).counts).toMatchObject({ sent: 1, withheld: 0 });
  people.platform.clock.advance({ hours: 8 });
  const newcomer = await reader(`${province}02`);
  expect((await read(await sent({ audience }))).counts).toMatchObject({ sent: 1, withheld: 1, queued: 0 });
  expect(await party.reads()).toHaveLength(1);
  expect(await newcomer.reads()).toHaveLength(1);
  untilHour(17);
  await sent({ audience });
  expect(await party.reads()).toHaveLength(1);
});

test("a bulletin to more than five hundred is approved by somebody else than who wrote it", async () => {
  const province = newProvince();
  const [writer, other] = [operator(), operator()];
  const audience = { districts: [province] };
  const grow = (from: number, to: number) => people.owner`
    with made as (
      insert into profiles.people (id, district_code, state, created_at, updated_at)
      select gen_random_uuid(), ${`${province}01`}, 'active', now(), now()
      from generate_series(${from}::int, ${to}::int) returning id
    ), numbered as (select id, row_number() over () + ${from}::int as number from made), reached as (
      insert into profiles.phones (phone, person_id, linked_at, used_at)
      select '+5190077' || lpad(number::text, 4, '0'), id, now(), now() from numbered
    )
    insert into profiles.consents (id, person_id, purpose, version, channel, given_at)
    select gen_random_uuid(), id, purpose, '1', 'sms', '2026-01-01'
    from numbered, unnest(array['service', 'bulletins']) purpose`;
  await grow(1, 500);
  const five = (await draft({ audience }, writer)).body.bulletin;
  expect(five.counts.people).toBe(500);
  const approved = await approve(five.id, 500, writer);
  expect(approved).toMatchObject({ status: 200, body: { bulletin: { approvedByAnother: false } } });
  await writer.post(`${base}/${five.id}/cancellation`);
  await grow(501, 501);
  const { id } = (await draft({ audience }, writer)).body.bulletin;
  expect(await approve(id, 501, writer)).toMatchObject({
    status: 409,
    body: { code: "another-must-approve" },
  });
  expect(await approve(id, 501, other)).toMatchObject({ body: { bulletin: { approvedByAnother: true } } });
  await other.post(`${base}/${id}/cancellation`);
  const acts = await people.owner<{ action: string }[]>`
    select action from notifications.audit where subject in (${five.id}, ${id}) and action like 'approved%' order by at, id`;
  expect(acts.map(({ action }) => action)).toEqual(["approved-own-bulletin", "approved-bulletin"]);
});

test("who is named in a bulletin and erased is taken out of it, and the rest of it stays", async () => {
  const named = await reader(`${newProvince()}01`);
  await named.says("me llamo Wenceslada Huamancayo");
  const { bulletin } = (await draft({ text: "Charla con Wenceslada Huamancayo el sabado." })).body;
  await named.says("borren mis datos");
  await named.says("si");
  people.platform.clock.advance({ minutes: 15 });
  await people.settle();
  const { message } = await read(bulletin.id);
  expect(message).toMatch(/^Charla con .+ el sabado\./);
  expect(message).not.toContain("Wenceslada");
});
