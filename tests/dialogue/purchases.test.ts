import { identifyPhone } from "@minka/contracts/profiles";
import { registerOrganization } from "@minka/contracts/organizations";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";
import { signIn } from "./sign-in.ts";

const on = stage();
const trace = { trace: "test-purchases" };
const match = (...patterns: RegExp[]) => patterns.map((pattern) => expect.stringMatching(pattern) as string);
/** Of the purchase that is open in Tocache. */
const urea = /^Su compra en grupo: 5 sacos de Urea 46%.+CAMBIO A 6\. Para salir: SALGO/;
const tocache = "221001";

async function personAt({ number }: Pick<Party, "number">): Promise<string> {
  const call = on.platform.callAs("notifications");
  const { person } = await call(identifyPhone, { body: { phone: number } }, trace);
  return person?.id ?? "";
}

/** Somebody who has just put themself down for five bags of urea. */
async function buyer(): Promise<Party> {
  const party = await on.registered();
  expect(await party.says("me apunto con 5 sacos")).toEqual(match(/^Anotado: 5 sacos de Urea 46%/));
  return party;
}

const packsOf = async (party: Party, title = "Urea%") => {
  const [row] = await on.owner`
    select o.packs from brokering.pool_orders o join brokering.pools p on p.id = o.pool_id
    where o.person_id = ${await personAt(party)} and o.state = 'joined' and p.title like ${title}`;
  return (row?.["packs"] as number | undefined) ?? 0;
};

const gramsOf = async (party: Party) => {
  const rows = await on.owner`
    select grams from brokering.pledges where person_id = ${await personAt(party)} and state = 'open'`;
  return rows.map(({ grams }) => Number(grams));
};

describe("in a joint purchase", () => {
  test("what asks, or counts something else, orders nothing and takes nobody out", async () => {
    const party = await buyer();
    for (const text of ["¿cuándo retiro mis sacos?", "donde se retiran los sacos", "¿va a salir la compra?"])
      expect(await party.says(text)).toEqual(match(urea));
    expect(await party.says("cuando se cierra la compra")).toEqual(match(urea));
    for (const text of ["mejor 50 soles", "solo 2 peones", "salgo mañana a recoger los sacos"])
      await party.says(text);
    expect(await packsOf(party)).toBe(5);
  });

  test("words that may mean it are asked about, and done after SI", async () => {
    const party = await buyer();
    expect(await party.says("ya no quiero los sacos")).toEqual(match(/^Usted tiene 5 sacos.+¿Sale de esa/));
    expect(await party.says("no")).toEqual(match(/^Est[aá] bien, todo queda igual/));
    expect(await party.says("mejor 7 sacos")).toEqual(match(/tiene 5 sacos.+¿Cambiamos a 7 sacos\?/));
    // Said anew in other words is asked anew.
    expect(await party.says("aumenteme 3 sacos")).toEqual(match(/¿Cambiamos a 8 sacos\?/));
    expect(await packsOf(party)).toBe(5);
    expect(await party.says("si")).toEqual(match(/^Anotado: 8 sacos/));
    expect(await party.says("CAMBIO A 7")).toEqual(match(/^Anotado: 7 sacos.+CAMBIO A 8/));
    expect(await party.says("cancelar la compra")).toEqual(match(/¿Sale de esa compra en grupo\?/));
    expect(await party.says("si")).toEqual(match(/ya no est[aá] en la compra de Urea/));
    expect(await packsOf(party)).toBe(0);
  });

  test("SALGO is a yes only to leaving, and a yes to another number is asked anew", async () => {
    const party = await on.registered();
    expect(await party.says("tal vez me apunto con 7 sacos")).toEqual(match(/^¿Le anotamos 7 sacos de Urea/));
    expect(await party.says("SALGO")).toEqual(match(/^Est[aá] bien, todo queda igual/));
    await party.says("tal vez me apunto con 7 sacos");
    expect(await party.says("si pero con 5")).toEqual(match(/^¿Le anotamos 5 sacos de Urea/));
    expect(await packsOf(party)).toBe(0);
    expect(await party.says("si, 5")).toEqual(match(/^Anotado: 5 sacos/));
    await party.says("mejor 7 sacos");
    expect(await party.says("cambio a 260 kilos")).toEqual(match(/viene de 50 kilos cada uno/));
    await party.says("no");
    await party.says("mejor 7 sacos");
    expect(await party.says("ya salgo")).toEqual(match(/¿Sale de esa compra en grupo\?/));
    expect(await party.says("no quiero cancelar")).toEqual(match(/^Est[aá] bien, todo queda igual/));
    // What was done since is not undone by a word of thanks, and what else is called off is no answer.
    await party.says("mejor 7 sacos");
    expect(await party.says("no, mejor 8")).toEqual(match(/¿Cambiamos a 8 sacos/));
    expect(await party.says("si pero de guano")).toEqual(match(/Responda solo SI o NO/));
    expect(await party.says("cancelar la visita")).not.toEqual(match(/todo queda igual/));
    expect(await party.says("CAMBIO A 10")).toEqual(match(/^Anotado: 10 sacos/));
    await party.says("ok gracias");
    expect(await packsOf(party)).toBe(10);
    await party.says("ya no quiero los sacos");
    expect(await party.says("no, ya no quiero")).toEqual(match(/ya no est[aá] en la compra de Urea/));
  });

  test("what names another product or a price is no answer to how many", async () => {
    const party = await on.registered();
    await party.says("COMPRA");
    for (const text of ["muy caro 98", "en la tienda cuesta 90"])
      expect(await party.says(text)).toEqual(match(/^¿Cu[aá]ntos quiere\?/));
    await party.says("necesito 10 sacos de guano");
    expect(await packsOf(party)).toBe(0);
    expect((await on.requestOf(party.number)).need).toMatchObject({ product: "guano", quantity: 10 });
  });

  test("a weight is bags where it comes out even, and an impossible number is asked for again", async () => {
    const party = await on.registered();
    expect(await party.says("me apunto con 260 kilos")).toEqual(
      match(/viene de 50 kilos cada uno\. ¿Cu[aá]ntos/),
    );
    expect(await party.says("hasta cuando es?")).toEqual(match(/^Compra en grupo de Urea.+Cierra a/));
    expect(await party.says("5 sacos")).toEqual(match(/^Anotado: 5 sacos/));
    expect(await party.says("SALGO")).toEqual(match(/ya no est[aá]/));
    expect(await party.says("me apunto con 250 kilos")).toEqual(match(/^Anotado: 5 sacos/));
    expect(await party.says("cambio a 200000")).toEqual(match(/^¿Cu[aá]ntos quiere\?/));
    expect(await packsOf(party)).toBe(5);
  });

  test("a need that is another's stays one, and says of the purchase where there is one for it", async () => {
    const party = await on.registered();
    await party.says("me debe unos 200 soles la señora");
    await party.says("anóteme para el curso de 3 días");
    expect(await packsOf(party)).toBe(0);
    const said = await party.says("quiero 5 sacos de urea");
    expect(said[0]).toMatch(/^Tambi[eé]n hay una compra en grupo de Urea.+escriba COMPRA/);
    // Taught words are no wrong answer to the list that came with it.
    expect(await party.says("COMPRA")).toEqual(
      match(/^Compra en grupo de Urea.+Cierra a.+¿Cu[aá]ntos quiere\?/),
    );
    expect(await party.says("5")).toEqual(expect.arrayContaining(match(/^Anotado: 5 sacos/)));
    const [asked] = await on.requestsOf(party.number);
    expect(await party.says("SALGO")).toEqual(match(/ya no est[aá] en la compra de Urea/));
    expect(await party.says("salgo")).not.toEqual(match(/^Le preguntamos a/));
    expect((await on.requestsOf(party.number))[0]?.state).toBe(asked?.state);
  });

  test("where there is none COMPRA says so, and what to do", async () => {
    const party = on.stranger();
    await party.says("soy de aguaytia");
    await party.says("si");
    expect(await party.says("COMPRA")).toEqual(
      match(/^Ahora no hay una compra en grupo.+Si quiere pedir, escriba/),
    );
  });
});

describe("of several", () => {
  /** An organization with a purchase of guano and a lot of dry cacao, and who is in it. */
  async function arrange(): Promise<readonly [Party, Party]> {
    const [broker, ...others] = [await on.registered(), await on.registered(), await on.registered()];
    const members = others;
    const { organization } = await on.platform.callAs("notifications")(
      registerOrganization,
      {
        body: {
          personId: await personAt(broker),
          kind: "cooperative",
          name: "Cooperativa Bajo Tocache",
          districtCode: tocache,
          crops: ["cacao"],
        },
      },
      trace,
    );
    for (const party of members)
      await on.owner`
        insert into profiles.memberships (id, person_id, organization_id, role, state, origin, since, trace)
        values (gen_random_uuid(), ${await personAt(party)}, ${organization.id}, 'member', 'active', 'added',
          '2024-01-01', 'test')`;
    const { post } = await signIn(on, broker);
    const now = on.platform.clock();
    const inDays = (days: number) => addDays(limaDay(now), days);
    const organizer = { kind: "organization", id: organization.id };
    await post("/api/brokering/pools", {
      organizer,
      title: "Guano de isla",
      product: "guano",
      pack: { amount: 50, unit: "kg" },
      districts: [tocache],
      points: [{ name: "Almacén", districtCode: tocache }],
      deadline: `${inDays(8)}T20:00:00Z`,
      minimumPacks: 50,
      feeCentimosPerPack: 0,
      joiners: "members",
    });
    await post("/api/brokering/lots", {
      organizer,
      title: "Cacao de diciembre",
      crop: "cacao",
      cropState: "dry",
      minimumKg: 100,
      maximumKg: 2_500,
      points: [{ name: "Acopio", districtCode: tocache, collectsOn: inDays(8) }],
      pledgeUntil: `${inDays(7)}T20:00:00Z`,
      collectFrom: inDays(8),
      collectUntil: inDays(20),
      parts: false,
      feeCentimosPerKg: 0,
    });
    await on.settle();
    for (const party of members) await party.reads();
    return members;
  }
  let arranged: ReturnType<typeof arrange> | undefined;
  const members = () => (arranged ??= arrange());

  test("what is left or changed is asked by number, unless it is named", async () => {
    const [party] = await members();
    expect(await party.says("me apunto con 2 sacos de guano")).toEqual(match(/^Anotado: 2 sacos de Guano/));
    expect(await party.says("me apunto con 5 sacos de urea")).toEqual(match(/^Anotado: 5 sacos de Urea/));
    expect(await party.says("cambio a 6 sacos")).toEqual(match(/\n1 .+\n2 .+/));
    await party.says("no");
    const [list = ""] = await party.says("salgo de la compra");
    expect(list).toMatch(/^¿De qu[eé] se sale\? Responda el n[uú]mero:\n1 Compra de .+\n2 Compra de /);
    expect(await packsOf(party)).toBe(5);
    const number = /\n(\d) Compra de Guano/.exec(list)?.[1] ?? "";
    expect(await party.says(number)).toEqual(match(/ya no est[aá] en la compra de Guano/));
    await party.says("me apunto con 2 sacos de guano");
    expect(await party.says("salgo de la compra de urea")).toEqual(
      match(/ya no est[aá] en la compra de Urea/),
    );
    expect(await packsOf(party, "Guano%")).toBe(2);
    expect(await party.says("LOTE 2 qq")).toEqual(match(/^Anotado: 92 kg/));
    expect(await party.says("cancelar")).toEqual(
      match(/\n1 Compra de Guano.+\n2 Lote de Cacao de diciembre/),
    );
    expect(await party.says("2")).toEqual(match(/ya no est[aá] en Cacao de diciembre/));
  });

  test("a pledge is said in both states, is no more by a question, and SALGO alone leaves the only lot", async () => {
    const [, party] = await members();
    expect(await party.says("¿cuánto pagan por el lote de 300 kilos?")).toEqual(
      match(/^Lote abierto: Cacao/),
    );
    expect(await gramsOf(party)).toEqual([]);
    expect(await party.says("LOTE 300 kilos en baba")).toEqual(
      match(/^Anotado: 300 kilos en baba = \d+(\.\d)? kg de cacao seco en Cacao de diciembre/),
    );
    const pledged = await gramsOf(party);
    for (const text of ["ayer entregué 8 qq al lote", "cuanto pagan x el lote de 300 kilos"])
      expect(await party.says(text)).toEqual(match(/^Usted puso 300 kilos en baba.+SALGO DEL LOTE/));
    expect(await gramsOf(party)).toEqual(pledged);
    expect(await party.says("pongo 2 qq al lote")).toEqual(
      match(/¿Cambiamos a 2 quintales de cacao seco en total\?/),
    );
    expect(await party.says("si")).toEqual(match(/^Anotado: 92 kg/));
    expect(await party.says("SALGO")).toEqual(match(/^Usted puso 92 kg de cacao seco.+¿Saca su cosecha/));
    expect(await party.says("SALGO")).toEqual(match(/ya no est[aá] en Cacao de diciembre/));
    expect(await gramsOf(party)).toEqual([]);
    expect(await party.says("LOTE")).toEqual(match(/^¿Cu[aá]nto pone en Cacao de diciembre/));
    await party.says("vendo 20 quintales de cafe");
    expect((await on.requestOf(party.number)).need).toMatchObject({ crop: "coffee" });
    expect(await gramsOf(party)).toEqual([]);
  });
});

test("SALGO is a no to the final price", async () => {
  const party = await buyer();
  on.platform.clock.advance({ days: 10 });
  await on.settle();
  for (const what of ["pool-award", "pool-supply"]) {
    const [asked] = await on.owner`
      select phone from notifications.prompts where state = 'open' and subject->>'what' = ${what}`;
    expect(await (await on.someoneAt(String(asked?.["phone"]))).says("SI")).not.toEqual([]);
  }
  expect((await party.reads()).at(-1)).toMatch(/^Urea 46%.+SI o NO/);
  const [other] = await on.owner`
    select phone from notifications.prompts
    where state = 'open' and subject->>'what' = 'pool-price' and phone <> ${party.number}`;
  const another = await on.someoneAt(String(other?.["phone"]));
  expect((await another.says("SALGO")).join()).toMatch(/sale de la compra de Urea/);
  expect((await party.says("ya salgo")).join()).toMatch(/sale de la compra de Urea/);
  const [order] = await on.owner`
    select state from brokering.pool_orders where person_id = ${await personAt(party)}`;
  expect(order?.["state"]).toBe("out");
});
