import { listSharers } from "@minka/contracts/shared-phones";
import { expect, test } from "vitest";
import { pest, stage, type Party } from "./scene.ts";
import { signIn } from "./sign-in.ts";

const on = stage();

type Thread = {
  items: { direction: "in" | "out"; text: string; state: string | null }[];
  next: string | null;
};

async function readThread(token: string, personId: string, query = ""): Promise<Thread> {
  const url = `/api/notifications/people/${personId}/messages${query}`;
  const headers = { authorization: `Bearer ${token}` };
  return (await on.platform.app.inject({ url, headers })).json<Thread>();
}

async function threadOf(phone: Party, who?: Parameters<typeof signIn>[2]): Promise<Thread> {
  // Another code is sent once the one before is a while ago.
  on.platform.clock.advance({ minutes: 11 });
  const { token, personId } = await signIn(on, phone, who);
  return readThread(token, personId, "?limit=100");
}

const written = ({ items }: Thread) =>
  items.filter(({ direction }) => direction === "in").map(({ text }) => text);
const all = ({ items }: Thread) => items.map(({ text }) => text).join("\n");

test("somebody reads what they and Minka wrote, the newest first, page by page, and nobody else does", async () => {
  const phone = await on.registered();
  const [list] = await phone.says(pest);
  await phone.says("estado");
  const { token, personId } = await signIn(on, phone);
  const thread = await readThread(token, personId, "?limit=100");
  expect(written(thread).slice(0, 2)).toEqual(["estado", pest]);
  expect(thread.items).toContainEqual(
    expect.objectContaining({ direction: "out", text: list, state: "sent" }),
  );
  expect(thread).toMatchObject({ next: null });
  // The code with which they signed in is kept nowhere.
  expect(all(thread)).not.toMatch(/Minka es \d{6}/);
  const paged: Thread["items"] = [];
  for (let next: string | null = ""; next !== null;) {
    const page: Thread = await readThread(token, personId, `?limit=2${next && `&cursor=${next}`}`);
    paged.push(...page.items);
    ({ next } = page);
  }
  expect(paged).toEqual(thread.items);
  const stranger = await signIn(on, await on.registered());
  expect(await readThread(stranger.token, personId)).toMatchObject({ status: 403, code: "not-yours" });
});

test("what a new person wrote before they agreed to be known is among them, as the first of it", async () => {
  const phone = on.stranger();
  await phone.says("nesecito un tecnico pa la monilia en mi cacao, tocache");
  await phone.says("mi esposo me pega, ayudenme");
  await phone.says("si");
  const thread = await threadOf(phone);
  expect(written(thread).toReversed()).toEqual([
    "nesecito un tecnico pa la monilia en mi cacao, tocache",
    "si",
  ]);
  expect(all(thread)).toMatch(/Acepta\? Responda SI o NO/);
});

test("what was said to somebody who did not want to be known is not another's", async () => {
  const phone = on.stranger();
  await phone.says("soy Elmer, nesecito un tecnico pa la monilia en mi cacao, tocache");
  await phone.says("no");
  on.platform.clock.advance({ hours: 1 });
  await phone.says("nesecito abono para cacao, tocache");
  await phone.says("si");
  const thread = await threadOf(phone);
  expect(all(thread)).not.toContain("Elmer");
  expect(written(thread).toReversed()).toEqual(["nesecito abono para cacao, tocache", "si"]);
});

test("a call for help is not among them, nor its answer", async () => {
  const phone = await on.registered();
  await phone.says("estado");
  const before = await threadOf(phone);
  const answer = await phone.says("mi esposo me pega, ayudenme");
  expect(answer).toHaveLength(1);
  await phone.says("hola");
  const after = await threadOf(phone);
  expect(written(after)).toEqual(["hola", ...written(before)]);
  expect(all(after)).not.toContain(answer[0]);
});

test("at a shared phone each reads what is theirs by their word, and who has none reads nothing", async () => {
  const phone = await on.registered();
  await phone.says("mi nombre es Rosa Huaman");
  await phone.says("soy otra persona");
  await phone.says("Juan Pinedo lucero");
  const juansList = (await phone.says(`lucero ${pest}`))[0];
  await phone.says("soy rosa");
  // Anybody of the house could have said that they are Rosa.
  await phone.says("cuanto pagan por el cacao en tocache");
  const { people } = await on.platform.callAs("notifications")(
    listSharers,
    { body: { phone: phone.number } },
    { trace: "test" },
  );
  const rosa = people.find(({ hasWord }) => !hasWord)?.personId ?? "";
  expect(await threadOf(phone, { personId: rosa })).toMatchObject({ status: 403, code: "word-needed" });
  const juans = await threadOf(phone, { word: "lucero" });
  expect(written(juans)).toEqual([pest]);
  expect(all(juans)).toContain(juansList);
  expect(all(juans)).not.toMatch(/rosa|lucero|otra persona/i);

  await phone.says("soy rosa");
  await phone.says("palabra guayacan");
  await phone.says("guayacan estado");
  const rosas = await threadOf(phone, { word: "guayacan" });
  expect(written(rosas).slice(0, 2)).toEqual(["estado", "mi nombre es Rosa Huaman"]);
  expect(all(rosas)).not.toMatch(/cuanto pagan|monilia|guayacan|lucero/i);
});

test("who shared a phone and is erased leaves none of their messages there, and the others theirs", async () => {
  const phone = await on.registered();
  await phone.says("soy otra persona");
  await phone.says("Juan Pinedo lucero");
  await phone.says(`lucero ${pest}`);
  const { token, personId } = await signIn(on, phone, { word: "lucero" });
  expect(written(await readThread(token, personId))).toEqual([pest]);
  const kept = () => on.owner`
    select body from notifications.inbound_messages where phone = ${phone.number} and body is not null
    union all
    select body from notifications.outbound_messages where phone = ${phone.number} and body is not null`;
  const before = (await kept()).map(({ body }) => String(body));
  expect(before.filter((body) => body.includes("monilia"))).not.toEqual([]);
  await on.platform.app.inject({
    method: "POST",
    url: `/api/profiles/people/${personId}/erasure`,
    headers: { authorization: `Bearer ${token}` },
    payload: {},
  });
  await on.settle();
  const after = (await kept()).map(({ body }) => String(body));
  expect(after).toContain("soy otra persona");
  expect(after.join("\n")).not.toMatch(/monilia|Juan|pueden atender/);
  expect(
    await on.owner`select 1 from notifications.outbound_messages where person_id = ${personId}
      union all select 1 from notifications.inbound_messages where person_id = ${personId}`,
  ).toHaveLength(0);
});
