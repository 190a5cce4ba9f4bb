import { addDays, limaDay } from "@minka/domain/lima-time";
import { countSegments } from "@minka/language/gsm7";
import { sayDay } from "@minka/language/texts";
import { withdrawConsent } from "@minka/contracts/people";
import { identifyPhone } from "@minka/contracts/profiles";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { browse, type OpenedPage } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
/** Of the demo: somebody who grows cacao. */
const rosa = "+51900000001";

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

test("three screens become a request, a choice, a visit and a rating", async () => {
  const visitor = await browse(platform, rosa);
  const what = await visitor.open("/pedir");
  expect(what.h1).toBe("¿Qué necesita su chacra?");
  const details = await visitor.open("/pedir?tipo=assistance");
  const nowhere = await visitor.submit(details, "seguir", { tema: "pest_management", distrito: "Xyzxyz" });
  expect(nowhere.status).toBe(422);
  expect(nowhere.text).toContain("No conocemos ese lugar");
  expect(nowhere.html).toContain('value="Xyzxyz"');
  expect(nowhere.html).toMatch(/value="pest_management"\s+selected/);
  const check = await visitor.submit(nowhere, "seguir", { cultivo: "cacao", distrito: "Tocache" });
  expect(check.h1).toBe("¿Está bien así?");
  expect(check.text).toContain("Visita técnica de plagas en cacao");

  const sent = await visitor.submit(check, "enviar");
  expect(sent.path).toMatch(/^\/mi\/pedidos\/[\da-f-]{36}\?hecho=enviado/);
  await platform.settle();
  const address = sent.path.split("?")[0] ?? "";
  const listed = await visitor.open(address);
  expect(listed.h1).toMatch(/^\d+ pueden atenderle en Tocache$/);
  expect(listed.text).toMatch(/Le toca a usted: elija hasta las? /);
  expect(listed.html).toMatch(/hasta las? \d+(:\d\d)?\u00a0[ap]\.\u00a0m\./);
  expect(listed.text).toMatch(/ A (\d+|menos de 1) km del centro de Tocache\./i);

  // A provider's standing is the same on the list and on its own page.
  const [, mean, count] = /Nota ([\d.]+) \((\d+)\)/i.exec(listed.text) ?? [];
  const [, hours] = /contesta en (\d+) h/i.exec(listed.text) ?? [];
  const row = listed.root.querySelectorAll("li").find(({ text }) => text.includes(`ota ${mean} (${count})`));
  const provider = row?.querySelector('a[href^="/atiende/"]')?.getAttribute("href") ?? "";
  const facts = (await visitor.open(provider)).text;
  expect(facts).toContain(`Nota que le dan ${mean} de 5, de ${count} opiniones`);
  expect(facts).toMatch(new RegExp(`Tarda en contestar más o menos ${hours} horas?`));

  const why = await visitor.open(`${address}/por-que`);
  expect(why.text).toContain("Lo que más contó:");

  const chosen = await visitor.submit(listed, "elegir");
  expect(chosen.h1).toMatch(/^Le preguntamos a /);
  const [agent] = await agentsOnTheList(platform, rosa);
  await platform.settle();
  await platform.phone(agent?.phone ?? "").writes("si jueves");
  await platform.settle();
  const agreed = await visitor.open(address);
  expect(agreed.h1).toMatch(/ va el jueves 26 de noviembre$/);
  expect(agreed.html).toContain(`href="tel:${agent?.phone}"`);

  platform.clock.advance({ days: 4 });
  await platform.settle();
  const asked = await visitor.open(address);
  expect(asked.h1).toMatch(/^¿Vino .+\?$/);
  const came = await visitor.submit(asked, "vino", {}, { of: { respuesta: "si" } });
  expect(came.h1).toMatch(/^¿Cómo le fue con /);
  const unrated = await visitor.submit(came, "calificar");
  expect(unrated.text).toContain("Elija una nota.");
  const rated = await visitor.submit(unrated, "calificar", { nota: "5" });
  expect(rated.text).toContain("Gracias. Su nota ayuda");
  expect(rated.text).toContain("5 de 5: Muy bien");
  const history = await visitor.open(`${address}/historia`);
  expect(history.text).toContain("Usted puso su nota.");
});

test("what was called off meanwhile is not chosen, and the page that has no such form any more says why", async () => {
  const phone = "+51900000013";
  const visitor = await browse(platform, phone);
  const check = await visitor.submit(await visitor.open("/pedir?tipo=assistance"), "seguir", {
    tema: "pest_management",
    cultivo: "cacao",
    distrito: "Tocache",
  });
  const sent = await visitor.submit(check, "enviar");
  await platform.settle();
  const listed = await visitor.open(sent.path.split("?")[0] ?? "");
  await platform.phone(phone).writes("cancelar");
  await platform.settle();
  const late = await visitor.submit(listed, "elegir");
  expect(late.status).toBe(409);
  expect(late.root.querySelector('[role="alert"]')?.text).toMatch(/\w/);
  expect(late.root.querySelector('[name="accion"][value="elegir"]')).toBeNull();
});

test("another person's request is not there, whatever the address says", async () => {
  const mine = await browse(platform, rosa);
  const list = await mine.open("/mi/pedidos");
  const [, id] = /\/mi\/pedidos\/([\da-f-]{36})/.exec(list.html) ?? [];
  const other = await browse(platform, "+51900000002");
  for (const page of ["", "/por-que", "/historia", "/anular", "/problema"])
    expect([403, 404]).toContain((await other.open(`/mi/pedidos/${id}${page}`)).status);
});

test("a picked offer is asked at once; its price is haggled over on the page", async () => {
  const visitor = await browse(platform, "+51900000008");
  const offers = await platform.app.inject({
    url: "/api/catalog/offers?kind=assistance&districtCode=221001",
    headers: { accept: "application/json" },
  });
  const [offer] = offers.json<{
    items: { id: string; provider: { name: string }; terms: { pricePerVisitCentimos: number } }[];
  }>().items;
  const details = await visitor.open(`/pedir?oferta=${offer?.id}`);
  expect(details.text).toContain(`Le preguntamos primero a ${offer?.provider.name}`);
  const check = await visitor.submit(details, "seguir", {
    tema: "pruning",
    cultivo: "cacao",
    distrito: "tocache",
  });
  const sent = await visitor.submit(check, "enviar");
  await platform.settle();
  const address = sent.path.split("?")[0] ?? "";
  const asking = await visitor.open(address);
  expect(asking.h1).toBe(`Le preguntamos a ${offer?.provider.name}`);

  const agents = await agentsOnTheList(platform, "+51900000008");
  const agent = platform.phone(agents.find(({ name }) => name === offer?.provider.name)?.phone ?? "");
  await agent.writes("45 soles");
  await platform.settle();
  const quoted = await visitor.open(address);
  expect(quoted.h1).toBe(`${offer?.provider.name} le propone algo`);
  const before = (offer?.terms.pricePerVisitCentimos ?? 0) / 100;
  const change = `son S/ ${Math.abs(45 - before)} ${before < 45 ? "más" : "menos"}`;
  expect(quoted.text).toContain(`S/ 45. Antes S/ ${before}: ${change}.`);
  expect((await visitor.open("/mi")).text).toContain("le propone algo.");
  const nothing = await visitor.submit(quoted, "proponer");
  expect(nothing.text).toContain("Escriba un precio, un día, o los dos.");
  const countered = await visitor.submit(nothing, "proponer", { precio: "38,50" });
  expect(countered.text).toContain("Usted propuso S/ 38.50");
  await platform.settle();
  await agent.writes("si");
  await platform.settle();
  const agreed = await visitor.open(address);
  expect(agreed.text).toContain("Precio S/ 38.50");

  const gone = await visitor.submit(await visitor.open(`${address}/anular`), "anular", { motivo: "price" });
  expect(gone.h1).toBe("Este pedido quedó anulado");
});

test("who sells sees where it is handed over, what it comes to; who buys, the total", async () => {
  const visitor = await browse(platform, "+51900000011");
  const ask = async (kind: string, values: Record<string, string>) => {
    const details = await visitor.open(`/pedir?tipo=${kind}`);
    const check = await visitor.submit(details, "seguir", { ...values, distrito: "Tocache" });
    const sent = await visitor.submit(check, "enviar");
    await platform.settle();
    return visitor.open(sent.path.split("?")[0] ?? "");
  };
  const harvest = { cultivo: "cacao", estado: "dry", cantidad: "5", unidad: "quintal" };
  const selling = await ask("purchase", harvest);
  expect(selling.h1).toMatch(/^(1 comprador|\d+ compradores) para su cacao de Tocache$/);
  expect(selling.text).toContain("Vender 5 quintales de cacao seco, Tocache");
  expect(selling.text).toMatch(/5 quintales \(230 kg\): S\/ [\d,.]+ en total\./);
  expect(selling.text).toMatch(/Se entrega en Tarapoto, a 188 km del centro de Tocache\./);
  const buying = await ask("input", { producto: "compost", cantidad: "8", unidad: "bag" });
  expect(buying.h1).toMatch(/^(1 tienda le puede|\d+ tiendas le pueden) vender en Tocache$/);
  const [, each = "", total = ""] =
    /S\/ ([\d.]+)por saco de 40 kg 8 sacos: S\/ ([\d,.]+) en total/.exec(buying.text) ?? [];
  expect(Number(total)).toBe(8 * Number(each));
  expect(buying.text).toMatch(/Lo llevan a Tocache|Se recoge en la tienda/);
});

test("of what is urgent nobody says that the person picked, and each who is asked can be taken back", async () => {
  const phone = platform.phone("+51900000012");
  await phone.writes("urgente, la monilia me mata el cacao, tocache");
  await platform.settle();
  await phone.writes("si");
  await platform.settle();
  const visitor = await browse(platform, "+51900000012");
  const [, id] = /\/mi\/pedidos\/([\da-f-]{36})/.exec((await visitor.open("/mi/pedidos")).html) ?? [];
  const asked = await visitor.open(`/mi/pedidos/${id}`);
  expect(asked.h1).toBe("Les preguntamos a varios");
  expect(asked.text).not.toContain("Usted elige");
  expect(asked.root.querySelectorAll('details [value="retirar"]')).toHaveLength(3);
});

test("who took back their consent is asked for it again on the way", async () => {
  const visitor = await browse(platform, "+51900000010");
  const call = platform.callAs("notifications");
  const { person } = await call(identifyPhone, { body: { phone: "+51900000010" } }, { trace: "test" });
  await call(
    withdrawConsent,
    { params: { personId: person?.id ?? "", purpose: "service" }, body: { channel: "sms" } },
    { trace: "test" },
  );
  const details = await visitor.open("/pedir?tipo=input");
  const nothing = await visitor.submit(details, "seguir", { cantidad: "tres" });
  expect(nothing.text).toContain("Faltan corregir 2 datos.");
  expect(nothing.html).toContain('value="tres"');
  const check = await visitor.submit(nothing, "seguir", {
    producto: "urea",
    cantidad: "3",
    distrito: "221001",
  });
  expect(check.text).toContain("3 sacos de urea");
  const unsaid = await visitor.submit(check, "enviar");
  expect(unsaid.text).toContain("Para buscarle necesitamos su permiso");
  const sent = await visitor.submit(unsaid, "enviar", { acepto: "si" });
  expect(sent.text).toContain("Recibimos su pedido.");
  await platform.settle();
  const listed = await visitor.open(sent.path);
  expect(listed.text).toContain("También hay una compra en grupo de Urea");
});

test("who wants a woman is shown women alone, and what is urgent asks three at once", async () => {
  const visitor = await browse(platform, "+51900000009");
  const ask = async (fields: Record<string, string>) => {
    const check = await visitor.submit(await visitor.open("/pedir?tipo=assistance"), "seguir", {
      tema: "pest_management",
      cultivo: "cacao",
      distrito: "Tocache",
      ...fields,
    });
    const sent = await visitor.submit(check, "enviar");
    await platform.settle();
    return visitor.open(sent.path.split("?")[0] ?? "");
  };
  const women = await ask({ mujer: "si" });
  expect(women.text).toMatch(/mujer/);
  const urgent = await ask({ urgente: "si" });
  expect(urgent.h1).toBe("Les preguntamos a varios");
});

test("what is sprayed is counted in liters, what comes in sacks in sacks, and an offer's own measure is chosen", async () => {
  const visitor = await browse(platform, "+51900000011");
  const chosenUnit = ({ root }: OpenedPage) =>
    root.querySelector('select[name="unidad"] option[selected]')?.getAttribute("value");
  const details = await visitor.open("/pedir?tipo=input");
  expect(chosenUnit(details)).toBeUndefined();
  for (const [producto, words] of [
    ["fungicide", /2 litros de fungicida/],
    ["guano", /2 sacos de guano/],
    ["seedling", /2 plantones/],
  ] as const) {
    const check = await visitor.submit(details, "seguir", { producto, cantidad: "2", distrito: "Tocache" });
    expect(check.text).toMatch(words);
  }
  const { items } = (
    await platform.app.inject({
      url: "/api/catalog/offers?kind=input&districtCode=221001&limit=100",
      headers: { accept: "application/json" },
    })
  ).json<{ items: { id: string; terms: { pack: { amount: number; unit: string } } }[] }>();
  for (const [unit, chosen] of [
    ["liter", "liter"],
    ["kg", "bag"],
  ] as const) {
    const offer = items.find(
      ({ terms }) => terms.pack.unit === unit && (unit !== "kg" || terms.pack.amount >= 20),
    );
    expect(chosenUnit(await visitor.open(`/pedir?oferta=${offer?.id}`)), unit).toBe(chosen);
  }
});

test("another day that was proposed is told until it is answered, and a complaint with what it is about", async () => {
  const phone = "+51900000014";
  const visitor = await browse(platform, phone);
  const check = await visitor.submit(await visitor.open("/pedir?tipo=assistance"), "seguir", {
    tema: "pest_management",
    cultivo: "cacao",
    distrito: "Tocache",
  });
  const address = (await visitor.submit(check, "enviar")).path.split("?")[0] ?? "";
  await platform.settle();
  await visitor.submit(await visitor.open(address), "elegir");
  await platform.settle();
  const [agent] = await agentsOnTheList(platform, phone);
  const helper = platform.phone(agent?.phone ?? "");
  const agreedOn = addDays(limaDay(platform.clock()), 3);
  const otherDay = addDays(agreedOn, 2);
  const said = (day: string) => `${sayDay(day, "2026-01-01")} de `;
  await helper.writes(`si el ${Number(agreedOn.slice(8))}`);
  await platform.settle();

  const agreed = await visitor.open(address);
  const empty = await visitor.submit(agreed, "proponerDia", { dia: "" });
  expect(empty.status).toBe(422);
  expect(empty.root.querySelector("details[open] #dia-mal")?.text).toBe("Escriba la fecha.");
  const proposed = await visitor.submit(empty, "proponerDia", { dia: otherDay });
  expect(proposed.h1).toMatch(/^Falta que responda /);
  expect(proposed.text).toMatch(new RegExp(`Usted propuso el ${said(otherDay)}\\w+; falta que responda `));
  expect(proposed.text).toMatch(new RegExp(`Mientras no acepte, sigue el ${said(agreedOn)}`));
  const waiting = await visitor.open(`${address}/historia`);
  expect(waiting.text).toContain(`Usted propuso: el ${said(otherDay)}`);
  await platform.settle();
  const read = (await helper.reads()).at(-1) ?? "";
  expect(read).toMatch(/^Por visita técnica de plagas en cacao, .+ pide cambiar el dia: ya no /);
  expect(countSegments(read).segments).toBe(1);
  await helper.writes("si");
  await platform.settle();
  expect((await visitor.open(address)).h1).toContain(`va el ${said(otherDay)}`);
  expect((await visitor.open(`${address}/historia`)).text).toContain(`Usted propuso: el ${said(otherDay)}`);

  platform.clock.advance({ days: 6 });
  await platform.settle();
  const came = await visitor.submit(await visitor.open(address), "vino", {}, { of: { respuesta: "si" } });
  const rated = await visitor.submit(came, "calificar", { nota: "2" });
  expect(rated.root.querySelectorAll(`a[href="${address}/problema"]`)).toHaveLength(1);
  const problem = await visitor.open(`${address}/problema`);
  const complained = await visitor.submit(problem, "reclamar", { motivo: "price" });
  expect(complained.h1).toBe("Una persona de Minka ve su reclamo");
  expect(complained.text).toContain("Usted reclamó: «Me cobraron otro precio».");
  for (const known of [
    `Quedó con ${agent?.name}`,
    "Celular",
    "Día ",
    "Precio S/ ",
    "Su nota 2 de 5: Regular",
  ])
    expect(complained.text).toContain(known);
  expect(complained.html).not.toContain(`${address}/anular`);
  expect((await visitor.open(`${address}/anular`)).path).toBe(address);
  expect((await visitor.open(`${address}/historia`)).text).toContain(
    "Usted reclamó: «Me cobraron otro precio».",
  );
});
