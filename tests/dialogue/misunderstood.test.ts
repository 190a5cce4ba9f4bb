import { newId } from "@minka/database/new-id";
import { expect, test } from "vitest";
import { signedIn, signingEnvironment } from "../support/signed-operator.ts";
import { stage, type Party } from "./scene.ts";

const people = stage({ environment: signingEnvironment });
const operatorId = newId();
const operator = () => signedIn(people.platform, operatorId);
const base = "/api/notifications/misunderstood";

type Item = {
  id: string;
  phone: string;
  context: string;
  text: string | null;
  proposals: { intent: string; score: number }[];
  correction: { intent: string; slots: object } | null;
};
const list = async (state = "open") =>
  (await operator().get<{ items: Item[] }>(`${base}?limit=100&state=${state}`)).body.items;
const ofPhone = async ({ number }: Party, state?: string) =>
  (await list(state)).filter(({ phone }) => phone === `+51*****${number.slice(-3)}`);
const correct = (id: string, label: object) =>
  operator().post<{ code?: string; errors?: { path: string }[] }>(`${base}/${id}/correction`, label);
const lines = async (query = "?limit=10000") =>
  (await operator().get(`${base}/export${query}`)).text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { id: string; text: string });
async function only(party: Party): Promise<Item> {
  const [item, ...more] = await ofPhone(party);
  if (!item || more.length > 0) throw new Error("not exactly one was kept");
  return item;
}

test("what was not understood is kept once with its context and the nearest meanings", async () => {
  const producer = await people.choosing();
  await producer.says("zzq wxk hjk pue");
  const item = await only(producer);
  expect(item).toMatchObject({ context: "choosing", text: "zzq wxk hjk pue", correction: null });
  expect(item.proposals.length).toBeGreaterThan(0);
  expect(item.proposals.length).toBeLessThanOrEqual(3);
});

test("politeness that answers no question is not kept", async () => {
  const producer = await people.choosing();
  await producer.says("gracias");
  expect(await ofPhone(producer)).toEqual([]);
});

test("a correction becomes a labelled line of the guide's form, and changes nothing for who wrote", async () => {
  const producer = await people.registered();
  await producer.says("zzq wxk hjk qrr");
  const { id } = await only(producer);
  const slots = { product: "urea", quantity: 3 };
  expect((await correct(id, { intent: "request_input", slots })).status).toBe(200);
  await people.settle();
  expect(await producer.reads()).toEqual([]);
  expect(await people.requestsOf(producer.number)).toEqual([]);
  expect(await ofPhone(producer)).toEqual([]);
  expect(await ofPhone(producer, "corrected")).toMatchObject([
    { id, correction: { intent: "request_input", slots } },
  ]);
  const expected = { id, context: "idle", text: "zzq wxk hjk qrr", intent: "request_input", slots };
  expect(await lines()).toContainEqual(expected);
  // An id is for good: a later correction is the same line.
  await correct(id, { intent: "join_pool", slots });
  expect((await lines()).filter((line) => line.id === id)).toEqual([{ ...expected, intent: "join_pool" }]);
  const acts = await people.owner<{ actor: string; action: string }[]>`
    select actor, action from notifications.audit where subject in (${id}, 'misunderstood') order by at, id`;
  expect(acts[0]).toEqual({ actor: `person:${operatorId}`, action: "corrected-misunderstood" });
  expect(acts.map(({ action }) => action.split(" ")[0])).toContain("exported-misunderstood");
});

test("the export is fetched in parts, and from a moment on", async () => {
  const ids: string[] = [];
  people.platform.clock.advance({ days: 1 });
  const since = people.platform.clock().toISOString();
  for (const text of ["zzq wxk hjk una", "zzq wxk hjk dos", "zzq wxk hjk tres"]) {
    const producer = people.stranger();
    await producer.says(text);
    const { id } = await only(producer);
    await correct(id, { intent: "help" });
    ids.push(id);
  }
  const idsOf = async (query: string) => (await lines(query)).map(({ id }) => id);
  expect(await idsOf(`?since=${since}`)).toEqual(ids);
  expect(await idsOf(`?since=${since}&limit=2`)).toEqual(ids.slice(0, 2));
  expect(await idsOf(`?limit=2&after=${ids[1]}`)).toEqual(ids.slice(2));
});

test("a label outside the guide is refused field by field", async () => {
  const producer = people.stranger();
  await producer.says("zzq wxk");
  const { id } = await only(producer);
  expect(await correct(id, { intent: "dance" })).toMatchObject({
    status: 422,
    body: { code: "label-wrong", errors: [{ path: "body.intent" }] },
  });
  const slots = { crop: "gold", option: 2, place: "999999" };
  const { body } = await correct(id, { intent: "request_assistance", slots });
  expect(body.errors?.map(({ path }) => path)).toEqual([
    "body.slots.crop",
    "body.slots.option",
    "body.slots.place",
  ]);
  expect((await correct(newId(), { intent: "help" })).status).toBe(404);
  expect((await operator().post(`${base}/${id}/dismissal`)).status).toBe(200);
  expect(await ofPhone(producer, "dismissed")).toHaveLength(1);
  expect((await lines()).filter((line) => line.id === id)).toEqual([]);
});

test("names, phones and document numbers are not exported", async () => {
  const producer = people.stranger();
  await producer.says("zzq wxk Gladys Amasifuen 987 654 321 hjk 41234567");
  const { id } = await only(producer);
  await correct(id, { intent: "register", slots: { name: "Gladys Amasifuen" } });
  expect((await lines()).find((line) => line.id === id)).toMatchObject({
    text: "zzq wxk Rosa Pinedo 000 000 000 hjk 00000000",
    slots: { name: "Rosa Pinedo" },
  });
});

test("a missed call for help that an operator recognises is forgotten wherever it was kept", async () => {
  const producer = people.stranger();
  await producer.says("zzq wxk hjk");
  const { id } = await only(producer);
  expect((await correct(id, { intent: "safety_help" })).status).toBe(200);
  expect(await ofPhone(producer)).toEqual([]);
  expect(
    await people.owner`
    select id from notifications.inbound_messages where phone = ${producer.number} and body is not null`,
  ).toEqual([]);
});

test("nothing is kept of who wants no messages, of who does not agree to be kept, nor of a call for help", async () => {
  const [left, unwilling, woman] = [people.stranger(), people.stranger(), people.stranger()];
  await left.says("BAJA");
  await left.says("zzq wxk");
  expect(await ofPhone(left)).toEqual([]);
  await unwilling.says("zzq wxk");
  await unwilling.says("borren mis datos");
  expect(await ofPhone(unwilling)).toEqual([]);
  await woman.says("mi marido me pega");
  expect(await ofPhone(woman)).toEqual([]);
});

test("what may be a private word of a shared phone is not kept", async () => {
  const producer = await people.registered();
  await producer.says("soy otra persona");
  await producer.says("zzq");
  expect(await ofPhone(producer)).toEqual([]);
  await producer.says("Flor girasol");
  people.platform.clock.advance({ hours: 1 });
  await producer.says("jirasol");
  await producer.says("girazol");
  expect(await ofPhone(producer)).toEqual([]);
});

test("after half a year nothing of it is left but that something was not understood", async () => {
  const producer = people.stranger();
  await producer.says("zzq wxk");
  const { id } = await only(producer);
  await correct(id, { intent: "help" });
  people.platform.clock.advance({ days: 179 });
  await people.settle();
  expect((await lines()).map((line) => line.id)).toContain(id);
  people.platform.clock.advance({ days: 2 });
  await people.settle();
  expect((await lines()).map((line) => line.id)).not.toContain(id);
  expect(
    await people.owner`
    select message_id, phone, slots from notifications.misunderstood_messages where id = ${id}`,
  ).toEqual([{ message_id: null, phone: null, slots: null }]);
  expect(await correct(id, { intent: "help" })).toMatchObject({
    status: 409,
    body: { code: "misunderstood-blanked" },
  });
});
