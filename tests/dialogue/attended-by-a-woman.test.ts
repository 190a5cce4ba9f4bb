import { identifyPhone, readPerson } from "@minka/contracts/profiles";
import { afterEach, expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { pest, stage, type Party } from "./scene.ts";

const on = stage();
const trace = "test-attendance";

/** What profiles knows of those whom the newest list of a phone shows. */
async function sexesOnTheList(producer: Party): Promise<(string | null)[]> {
  const call = on.platform.callAs("matching");
  const { round, matches } = await on.requestOf(producer.number);
  const listed = new Set(matches.filter((match) => match.round === round).map(({ id }) => id));
  const agents = await agentsOnTheList(on.platform, producer.number);
  const people = agents
    .filter(({ matchId }) => listed.has(matchId))
    .map(({ personId }) => call(readPerson, { params: { personId } }, { trace }));
  return (await Promise.all(people)).map(({ person }) => person.sex);
}

async function prefersWoman(producer: Party): Promise<boolean | undefined> {
  const call = on.platform.callAs("notifications");
  const { person } = await call(identifyPhone, { body: { phone: producer.number } }, { trace });
  return person?.prefersWoman;
}

test("said with the need, before anybody is known: only women are on the list", async () => {
  const producer = on.stranger();
  expect(await producer.says("tecnico pa la monilia en mi cacao, tocache, ke sea mujer")).toEqual([
    expect.stringMatching(/Acepta/),
  ]);
  expect(await producer.says("si")).toEqual([
    expect.stringMatching(/^\d atienden? con una mujer en Tocache:\n1 /),
  ]);
  expect(new Set(await sexesOnTheList(producer))).toEqual(new Set(["f"]));
  expect(await prefersWoman(producer)).toBe(true);
});

test("said with the consent, it counts as well", async () => {
  const producer = on.stranger();
  await producer.says(pest);
  expect(await producer.says("si pero que me atienda una mujer")).toEqual([
    expect.stringMatching(/atienden? con una mujer/),
  ]);
});

test("said alone by a stranger, it is kept through consent and place", async () => {
  const producer = on.stranger();
  expect(await producer.says("quiero que me atienda una mujer")).toEqual([expect.stringMatching(/Acepta/)]);
  expect(await producer.says("si")).toEqual([expect.stringMatching(/distrito/)]);
  await producer.says("tocache");
  expect(await producer.says("tecnico para la monilia del cacao")).toEqual([
    expect.stringMatching(/atienden? con una mujer/),
  ]);
});

test("said while choosing, the list is made anew, and taken back it is made anew again", async () => {
  const producer = await on.choosing();
  const [list] = await producer.says("prefiero una tecnica mujer");
  expect(list).toMatch(/atienden? con una mujer/);
  expect(new Set(await sexesOnTheList(producer))).toEqual(new Set(["f"]));
  // Once more: the list is read to them again.
  expect(await producer.says("que sea mujer")).toEqual([list]);
  expect(await producer.says("me da igual")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
  expect(await prefersWoman(producer)).toBe(false);
  expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
});

test("the same need again with the wish makes its list anew instead of a second request", async () => {
  const producer = await on.choosing();
  await producer.says("mejor un tecnico mujer pa la monilia de mi cacao, tocache");
  expect(await on.requestsOf(producer.number)).toHaveLength(1);
  expect(new Set(await sexesOnTheList(producer))).toEqual(new Set(["f"]));
});

test("with no woman near the person decides: SI looks among everybody, at once", async () => {
  const producer = await withoutWomen();
  await producer.says("que me atienda una mujer");
  expect(await producer.says(pest)).toEqual([
    expect.stringMatching(/^No hay mujer libre para visita t[eé]cnica .+ en Tocache\. .+ SI o NO$/),
  ]);
  expect(await producer.says("quizas")).toEqual([expect.stringMatching(/SI o NO/)]);
  expect(await producer.says("si")).toEqual([expect.stringMatching(/^\d pueden? atender/)]);
  // A word for this request, not for the next ones.
  expect(await prefersWoman(producer)).toBe(true);
});

test("with no woman near and a NO a person goes on looking", async () => {
  const producer = await withoutWomen();
  await producer.says("solo mujeres");
  await producer.says(pest);
  expect(await producer.says("no")).toEqual([expect.stringMatching(/^Esta bien\. Una persona de Minka/)]);
  expect(await on.requestOf(producer.number)).toMatchObject({
    state: "with_operator",
    reason: { code: "no-woman-near" },
  });
  expect(await producer.says("puede ser hombre")).toEqual([expect.stringMatching(/^\d pueden? atender/)]);
});

test("who is asked already stays asked, and hears that a woman is wanted next time", async () => {
  const { producer, provider } = await on.waiting();
  expect(await producer.says("queria que me atienda una mujer")).toEqual([
    expect.stringMatching(/^Anotado para sus .+ sigue igual: si no lo quiere, escriba CANCELAR$/),
  ]);
  expect(await provider.says("si jueves")).toEqual([expect.stringMatching(/^Listo/)]);
});

test("the provider reads that a woman is wanted", async () => {
  const producer = on.stranger();
  await producer.says("tecnico pa la monilia en mi cacao, tocache, que sea mujer");
  await producer.says("si");
  await producer.says("1");
  const provider = await on.someoneAt((await on.askedBy(producer)).number);
  expect(await provider.says("que es?")).toEqual([expect.anything()]);
  const history = await on.platform.phone(provider.number).history();
  expect(history.some(({ text }) => /^Pedido: .+, pide que vaya una mujer\. Responda/.test(text))).toBe(true);
});

test("seed is bought from whoever sells it, and 'me da igual' is a choice from who wanted nobody in particular", async () => {
  const producer = await on.registered();
  await producer.says("que me atienda una mujer");
  expect((await producer.says("5 sacos de urea"))[0]).not.toMatch(/mujer/);
  const other = await on.choosing();
  expect(await other.says("me da igual")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
});

const changed: string[] = [];
afterEach(async () => {
  await on.owner`update profiles.people set sex = 'f' where id = any(${changed.splice(0)}::uuid[])`;
});

/** A producer for whom no provider of the demo has said that she is a woman. */
async function withoutWomen(): Promise<Party> {
  const women = await on.owner<{ id: string }[]>`
    update profiles.people set sex = 'm' where sex = 'f' returning id`;
  changed.push(...women.map(({ id }) => id));
  const producer = on.stranger();
  await producer.says("soy de tocache");
  await producer.says("si");
  return producer;
}
