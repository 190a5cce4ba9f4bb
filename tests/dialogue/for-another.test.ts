import { identifyPhone } from "@minka/contracts/profiles";
import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";

const on = stage();
const trace = "test-for-another";
const days = (count: number) => on.platform.clock.advance({ days: count });

/** How people dictate a number: without the country. */
const dictated = ({ number }: Party) => number.slice(3);
const ending = ({ number }: Party) => number.slice(-3);

let nextAgent = 0;
/** A verified agent of the demo, another one each time. */
async function anAgent(): Promise<Party & { name: string }> {
  const [agent] = await on.owner<{ phone: string; name: string }[]>`
    select ph.phone, pe.name from catalog.providers p
      join profiles.phones ph on ph.person_id = p.person_id join profiles.people pe on pe.id = p.person_id
    where p.state = 'verified' and 'agent' = any (p.kinds) order by p.id offset ${nextAgent++} limit 1`;
  if (!agent) throw new Error("the demo has no more agents");
  return { ...(await on.someoneAt(agent.phone)), name: agent.name };
}

async function aBroker(): Promise<Party> {
  const broker = await on.registered();
  await broker.says("me llamo Nelly Cachique");
  await on.owner`
    insert into profiles.memberships (id, person_id, organization_id, role, state, origin, since, settled_at, trace)
    select gen_random_uuid(), ph.person_id, o.id, 'broker', 'active', 'added', '2026-01-01', now(), 'test'
    from profiles.phones ph, (select id from profiles.organizations
      where verified_at is not null and state = 'active' order by id limit 1) o
    where ph.phone = ${broker.number}`;
  return broker;
}

async function isKnown({ number }: Party): Promise<boolean> {
  const call = on.platform.callAs("notifications");
  const { person } = await call(identifyPhone, { body: { phone: number } }, { trace });
  return person !== null;
}

const roya = "tecnico para roya en cafe, Uchiza";

describe("an agent asks for another phone's owner", () => {
  test("who says SI: the request is theirs, both are recorded, and the agent hears of it", async () => {
    const [agent, farmer] = [await anAgent(), on.stranger()];
    expect(await agent.says(`PARA ${dictated(farmer)} ${roya}`)).toEqual([
      expect.stringMatching(
        /^Preguntamos al 900 9\d\d \d{3} si acepta: visita t[eé]cnica de plagas en caf[eé]\. /,
      ),
    ]);
    expect(await farmer.reads()).toEqual([
      expect.stringMatching(/^Soy Minka, .+ pide para usted: visita t[eé]cnica .+, en Uchiza\. .+ SI o NO$/),
    ]);
    expect((await on.requestsOf(farmer.number)).length).toBe(0);

    expect(await farmer.says("si")).toEqual([
      expect.stringMatching(/^Gracias\. Buscamos visita t[eé]cnica de plagas en caf[eé] en Uchiza\./),
      expect.stringMatching(/^\d pueden? atender en Uchiza/),
    ]);
    expect(await agent.reads()).toEqual([
      expect.stringMatching(new RegExp(`^El numero que termina en ${ending(farmer)} dijo SI: visita`)),
    ]);
    const request = await on.requestOf(farmer.number);
    expect(request).toMatchObject({
      districtCode: "221005",
      need: { topic: "pest_management", crop: "coffee" },
    });
    expect(request.openedThrough).not.toBeNull();
    const audit = await on.owner`
      select actor from matching.audit where subject = ${`request:${request.id}`} and action = 'request.open'`;
    expect(audit.map(({ actor }) => actor)).toEqual([
      `person:${request.personId} through person:${request.openedThrough}`,
    ]);
    expect(await farmer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("who says NO: nothing is opened, nothing is kept, and the same agent is not to ask again", async () => {
    const [agent, farmer] = [await anAgent(), on.stranger()];
    await agent.says(`para el ${dictated(farmer)}: ${roya}`);
    expect(await farmer.reads()).toHaveLength(1);
    // What was said before the last word is erased with them.
    expect(await farmer.says("no")).toEqual([
      expect.stringMatching(/^Esta bien, borramos lo que nos dieron de usted/),
    ]);
    expect(await agent.reads()).toEqual([expect.stringMatching(/ dijo NO: visita .+ No pedimos nada\.$/)]);
    expect(await isKnown(farmer)).toBe(false);
    expect(await agent.says(`PARA ${dictated(farmer)} 2 sacos de urea, uchiza`)).toEqual([
      expect.stringMatching(/^Esa persona dijo NO hace poco/),
    ]);
    // Another agent hears nothing of that, and the phone hears nothing of another agent.
    const another = await anAgent();
    expect(await another.says(`PARA ${dictated(farmer)} ${roya}`)).toEqual([
      expect.stringMatching(/^Preguntamos al/),
    ]);
    expect(await farmer.reads()).toEqual([]);
  });

  test("who is here already: they are asked in other words, and the agent reads the same", async () => {
    const [agent, known] = [await anAgent(), await on.registered()];
    expect(await agent.says(`PARA +51 ${dictated(known)} ${roya}`)).toEqual([
      expect.stringMatching(/^Preguntamos al .+ Le avisamos\.$/),
    ]);
    expect(await known.reads()).toEqual([
      expect.stringMatching(/^[^,]+ pide para usted: visita .+ SI o NO$/),
    ]);
    expect(await known.says("no gracias")).toEqual([
      expect.stringMatching(/^Esta bien, no pedimos nada para/),
    ]);
    expect(await agent.reads()).toEqual([expect.stringMatching(/ dijo NO: visita/)]);
    expect(await isKnown(known)).toBe(true);
  });

  test("who does not answer: nothing is opened, the agent hears it, and who was new is forgotten", async () => {
    const [agent, farmer] = [await anAgent(), on.stranger()];
    await agent.says(`PARA ${dictated(farmer)} ${roya}`);
    await farmer.reads();
    days(3);
    await on.settle();
    expect(await agent.reads()).toContainEqual(
      expect.stringMatching(/ no respondio: visita .+ No pedimos nada\.$/),
    );
    expect(await isKnown(farmer)).toBe(false);
    expect(await farmer.says("si")).not.toContainEqual(expect.stringMatching(/pueden? atender/));
  });

  test("who said BAJA: they are not written to, and the agent hears what silence would be", async () => {
    const [agent, known] = [await anAgent(), await on.registered()];
    await known.says("BAJA");
    expect(await agent.says(`PARA ${dictated(known)} ${roya}`)).toEqual([
      expect.stringMatching(/^Preguntamos al/),
    ]);
    expect(await known.reads()).toEqual([]);
    days(3);
    await on.settle();
    expect(await agent.reads()).toContainEqual(expect.stringMatching(/ no respondio: /));
    expect(await known.reads()).toEqual([]);
  });

  test("the same twice is one question", async () => {
    const [agent, farmer] = [await anAgent(), on.stranger()];
    await agent.says(`PARA ${dictated(farmer)} ${roya}`);
    expect(await agent.says(`PARA ${dictated(farmer)} ${roya}`)).toEqual([
      expect.stringMatching(/^Eso ya se lo preguntamos/),
    ]);
    expect(await farmer.reads()).toHaveLength(1);
  });
});

describe("an agent registers another phone's owner", () => {
  test("with their SI they are here with name and district", async () => {
    const [agent, farmer] = [await anAgent(), on.stranger()];
    expect(await agent.says(`PARA ${dictated(farmer)} registrar Juana Perez de Uchiza`)).toEqual([
      expect.stringMatching(/^Preguntamos al .+ si acepta: registrarse en Minka\./),
    ]);
    expect(await farmer.reads()).toEqual([
      expect.stringMatching(/^Soy Minka, .+ le registra como Juana Perez, de Uchiza\. .+ SI o NO$/),
    ]);
    expect(await farmer.says("si")).toEqual([expect.stringMatching(/^Gracias\. Ya puede pedir/)]);
    const call = on.platform.callAs("notifications");
    const { person } = await call(identifyPhone, { body: { phone: farmer.number } }, { trace });
    expect(person).toMatchObject({ name: "Juana Perez", districtCode: "221005", consented: true });
    expect(await on.requestsOf(farmer.number)).toEqual([]);
    expect(await agent.reads()).toEqual([expect.stringMatching(/ dijo SI: registrarse en Minka\./)]);
  });

  test("who is here already keeps what they said of themselves", async () => {
    const [agent, known] = [await anAgent(), await on.registered()];
    await known.says("me llamo Rosa Tuanama");
    await agent.says(`PARA ${dictated(known)} registrar Juana Perez de Uchiza`);
    await known.reads();
    await known.says("si");
    const call = on.platform.callAs("notifications");
    const { person } = await call(identifyPhone, { body: { phone: known.number } }, { trace });
    expect(person).toMatchObject({ name: "Rosa Tuanama", districtCode: "221001" });
  });
});

test("a broker asks in the name of the organization", async () => {
  const [broker, farmer] = [await aBroker(), on.stranger()];
  expect(await broker.says(`PARA ${dictated(farmer)} 5 sacos de urea tocache`)).toEqual([
    expect.stringMatching(/^Preguntamos al .+ si acepta: 5 sacos de urea\./),
  ]);
  expect(await farmer.reads()).toEqual([
    expect.stringMatching(/ Nelly Cachique \(.+\) pide para usted: 5 sacos de urea, en Tocache\./),
  ]);
  expect((await farmer.says("si"))[0]).toMatch(/^Gracias\. Buscamos 5 sacos de urea/);
});

describe("what an agent may get wrong", () => {
  test.each([
    ["PARA 98765432 tecnico para roya, uchiza", /^Ese numero no es de un celular/],
    ["PARA 9876543210 tecnico para roya, uchiza", /^Ese numero no es de un celular/],
    ["PARA 042345678 tecnico para roya, uchiza", /^Ese numero no es de un celular/],
    ["PARA 987654 tecnico", /^Ese numero no es de un celular/],
    ["REGISTRA 95577788 Juan Gil tocache", /^Ese numero no es de un celular/],
    ["REGISTRA 955777888 Juan Gil tocache", /^Preguntamos al 955 ?777 ?888 si acepta/],
    ["PARA 987654321", /^Escriba asi: PARA/],
    ["PARA 987654321 hola como esta", /^Escriba asi: PARA/],
    ["PARA 987654321 registrar", /^Escriba asi: PARA/],
    ["PARA 987654321 tecnico para roya", /^Falta el distrito/],
    ["PARA 987654321 tecnico para roya en santa rosa", /^Hay varios lugares con ese nombre\..+\nSanta Rosa/s],
    ["PARA 987654321 tecnico para roya y 2 sacos de urea y un prestamo, uchiza", /^Vamos uno por uno/],
  ])("%s", async (text, answer) => {
    const agent = await on.someoneAt((await anAgent()).number);
    nextAgent -= 1;
    expect(await agent.says(text)).toEqual([expect.stringMatching(answer)]);
  });

  test("their own number", async () => {
    const agent = await anAgent();
    expect(await agent.says(`PARA ${dictated(agent)} ${roya}`)).toEqual([
      expect.stringMatching(/^Ese numero tambi[eé]n es suyo/),
    ]);
  });

  test("a number of plants or soles is no phone", async () => {
    const producer = await on.registered();
    expect((await producer.says("para 10000 plantas de cacao necesito abono"))[0]).not.toMatch(
      /celular|agentes/,
    );
  });
});

test("who is neither agent nor broker is told who may", async () => {
  const farmer = on.stranger();
  for (const asker of [on.stranger(), await on.registered()]) {
    expect(await asker.says(`PARA ${dictated(farmer)} ${roya}`)).toEqual([
      expect.stringMatching(/^Solo agentes y organizaciones piden para otra persona/),
    ]);
  }
  expect(await farmer.reads()).toEqual([]);
});

test("twenty a day, and no more", async () => {
  const agent = await anAgent();
  for (let count = 0; count < 20; count += 1) {
    // As fast as somebody can write who goes through a list.
    on.platform.clock.advance({ seconds: 20 });
    const phone = `9007${String(count).padStart(5, "0")}`;
    expect(await agent.says(`PARA ${phone} ${roya}`)).toEqual([expect.stringMatching(/^Preguntamos al/)]);
  }
  expect(await agent.says(`PARA 900799999 ${roya}`)).toEqual([
    expect.stringMatching(/^Ya hizo 20 pedidos para otros en un dia/),
  ]);
});

test("a date or a number of something after PARA is what it is", async () => {
  for (const text of [
    "para 25-11-2026 necesito tecnico para roya en cafe en Uchiza",
    "para 1000000 plantas urea, uchiza",
    "para 98765432 tecnico para roya en cafe, Uchiza",
  ]) {
    const producer = await on.registered();
    expect(await producer.says(text), text).toContainEqual(expect.stringMatching(/pueden? atender|[Nn]adie/));
  }
});

test("a helper who is erased while their question waits leaves nobody behind who never answered", async () => {
  const [broker, farmer] = [await aBroker(), on.stranger()];
  await broker.says(`PARA ${dictated(farmer)} 5 sacos de urea tocache`);
  expect(await farmer.reads()).toHaveLength(1);
  await broker.says("borren mis datos");
  await broker.says("si");
  on.platform.clock.advance({ minutes: 15 });
  await on.settle();
  expect(await isKnown(farmer)).toBe(false);
  expect(await on.owner`select 1 from profiles.phones where phone = ${farmer.number}`).toEqual([]);
});

test("who is asked and erased leaves nothing of themself with the errand", async () => {
  const [agent, known] = [await anAgent(), await on.registered()];
  await agent.says(`PARA ${dictated(known)} registrar Juana Perez de Uchiza`);
  await known.reads();
  await known.says("si");
  await known.says("borren mis datos");
  await known.says("si");
  const rows = await on.owner`
    select principal_id, name, district_code, state from profiles.errands
    where helper_id = (select person_id from profiles.phones where phone = ${agent.number})`;
  expect(rows).toEqual([{ principal_id: null, name: null, district_code: null, state: "agreed" }]);
});
