import { afterAll, beforeAll, expect, test } from "vitest";
import { browse, type OpenedPage, type Visitor } from "../support/browse.ts";
import { desk, link, rowLink } from "../support/page-links.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
/** Of the Asociación de Productores Mono Blanco in Tocache, a buyer of dry cacao, and another one. */
const phones = {
  olinda: "+51900000050",
  jessica: "+51900000109",
  manager: "+51900000110",
  broker: "+51900000061",
  buyer: "+51900095023",
  stranger: "+51900095024",
};
type Who = keyof typeof phones;
const people: Partial<Record<Who, Visitor>> = {};
let lots = "";
let lot = "";

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const as = async (who: Who): Promise<Visitor> => (people[who] ??= await browse(platform, phones[who]));
const dayIn = (days: number) =>
  new Date(platform.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);

test("a broker opens a lot for a buyer's wish, and members put their harvest in", async () => {
  const [broker, olinda, jessica] = [await as("broker"), await as("olinda"), await as("jessica")];
  lots = `${await desk(broker, "mi-organizacion")}/lotes`;
  expect((await broker.open(lots)).h1).toBe("Ningún lote en camino");
  const form = await broker.open(`${lots}/nuevo`);
  const pedido = form.root
    .querySelectorAll('select[name="pedido"] option')
    .find((one) => /^Cacao seco, .*: Acopio Huicungo Alto/.test(one.text.trim()))
    ?.getAttribute("value");
  const filled = {
    nombre: "Cacao de diciembre",
    cosecha: "cacao:dry",
    pedido: pedido ?? "",
    minimo: "200",
    maximo: "1 000",
    hasta: dayIn(5),
    desde: dayIn(6),
    fin: dayIn(12),
    punto1: "Almacén de la asociación",
    distrito1: "Tocache",
    servicio: "0.10",
  };
  const wrong = await broker.submit(form, "abrir", { ...filled, fin: dayIn(2) });
  const beside = (page: OpenedPage, name: string, rule: string) => {
    expect([page.status, page.text]).toEqual([422, expect.stringContaining(rule)]);
    expect(page.root.querySelector(`[name="${name}"]`)?.getAttribute("aria-invalid")).toBe("true");
  };
  beside(wrong, "fin", "no puede terminar antes de empezar");
  const odd = { ...filled, cosecha: "cacao:wet", maximo: "100", hasta: dayIn(14), dia1: dayIn(13) };
  const worse = await broker.submit(form, "abrir", odd);
  beside(worse, "cosecha", "El comprador que eligió abajo pide cacao seco.");
  beside(worse, "maximo", "no puede ser menos que lo mínimo");
  beside(worse, "hasta", "después de que termina el acopio");
  beside(worse, "dia1", "entre los días en que el acopio empieza y termina");
  expect(wrong.html).toContain('value="Almacén de la asociación"');
  const opened = await broker.submit(wrong, "abrir", { fin: dayIn(12) });
  expect(opened.h1).toBe("Cacao de diciembre");
  expect(opened.text).toContain("Humedad hasta 7.5");
  lot = opened.path.split("?")[0] ?? "";

  const asked = await olinda.open("/mi/cosecha");
  expect(asked.h1).toBe("Asociación de Productores Mono Blanco junta cacao seco");
  const offering = await olinda.open(link(asked, "/mi/cosecha/"));
  const nothing = await olinda.submit(offering, "ofrecer", { cantidad: "varios" });
  expect([nothing.status, nothing.html]).toEqual([422, expect.stringContaining('value="varios"')]);
  const offered = await olinda.submit(offering, "ofrecer", { cantidad: "5" });
  expect(offered.h1).toBe("Usted puso 230 kg en Cacao de diciembre");
  const changed = await olinda.submit(offered, "cambiar", { cantidad: "300", unidad: "kg" });
  expect(changed.h1).toBe("Usted puso 300 kg en Cacao de diciembre");

  const entering = await broker.open(`${lot}/anotar`);
  expect(entering.text).not.toContain("Reátegui");
  const persona = entering.root
    .querySelectorAll('select[name="persona"] option')
    // Who only arranges things reads names masked, here as everywhere.
    .find((one) => one.text.includes("Jessica R. F."))
    ?.getAttribute("value");
  await broker.submit(entering, "anotar", { persona: persona ?? "", cantidad: "100", unidad: "kg" });
  const isSo = await jessica.open("/mi/cosecha");
  expect(isSo.text).toContain("Usted pone 100 kg en Cacao de diciembre");
  const yes = await jessica.submit(isSo, "confirmar", {}, { of: { acepta: "si" } });
  expect(yes.text).toContain("Anotado: es así");
  const silent = await broker.open(lot);
  expect(silent.text).toMatch(/\d+ personas no han respondido/);
  expect(silent.text).toMatch(/Ver quiénes son \p{L}+( \p{Lu}\.)+/u);
  expect(silent.text).toContain("Se puede recordar desde el ");
  platform.clock.advance({ days: 2 });
  await platform.settle();
  const reminded = await broker.submit(await broker.open(lot), "recordar");
  expect(reminded.text).toMatch(/Les recordamos el .*, a \d+ personas?\. Se puede recordar otra vez desde/);
});

test("it is weighed and measured, one proposes what gets in and another approves", async () => {
  const [broker, manager, olinda] = [await as("broker"), await as("manager"), await as("olinda")];
  platform.clock.advance({ days: 7 });
  await platform.settle();
  const collecting = await broker.open(lot);
  expect(collecting.text).toContain("Reciban y pesen la cosecha");
  for (const [name, kilos, moisture] of [
    ["Olinda", "300", "7"],
    ["Jessica", "90", "7.2"],
  ] as const) {
    const contribution = await broker.open(rowLink(collecting, name));
    const weighed = await broker.submit(contribution, "pesar", { peso: kilos });
    expect(weighed.text).toContain("La persona recibe su recibo por SMS");
    await broker.submit(weighed, "medir", {
      moisturePercent: moisture,
      fermentationPercent: "70",
      defectsPercent: "3",
    });
  }
  const jessicas = await broker.open(rowLink(collecting, "Jessica"));
  const corrected = await broker.submit(jessicas, "corregir", { peso: "95", nota: "Faltó un saco" });
  expect(corrected.text).toContain("corregido por otro");
  const proposed = await broker.submit(await broker.open(lot), "calcular");
  expect(proposed.text).toContain("Propuesto. Falta que otra persona lo apruebe.");
  const own = await broker.submit(proposed, "decidir", {}, { of: { vale: "si" } });
  expect([own.status, own.text]).toEqual([403, expect.stringContaining("lo decide otra persona de su lado")]);
  const approved = await manager.submit(await manager.open(lot), "decidir", {}, { of: { vale: "si" } });
  expect(approved.text).toContain("Falta acordar el contrato");
  expect((await olinda.open("/mi/cosecha")).text).toContain("Entran 300 kg al lote");
});

test("both sides agree, sign, deliver and confirm; each member reads what they get", async () => {
  const [broker, manager, buyer, olinda] = [
    await as("broker"),
    await as("manager"),
    await as("buyer"),
    await as("olinda"),
  ];
  const bought = `${await desk(buyer, "mi-servicio")}/lotes`;
  const list = await buyer.open(bought);
  expect(list.h1).toBe("1 lote en camino para ustedes");
  const offer = link(list, `${bought}/`);
  const negotiated = await buyer.submit(await buyer.open(offer), "proponer", {
    precio: "24",
    lugar: "Almacén de Huicungo",
    mide1: "moisturePercent",
    desde1: "7",
    cada1: "0.5",
    cambia1: "-0.10",
  });
  expect(negotiated.text).toContain("para responder a su propuesta");
  const contract = await broker.open(`${lot}/contrato`);
  expect(contract.text).toContain("Humedad: S/ 0.10 menos por kilo por cada 0.5 % encima de 7 %");
  await broker.submit(contract, "responder", {}, { of: { acepta: "si" } });
  const signed = await manager.submit(
    await manager.open(`${lot}/contrato`),
    "firmar",
    {},
    { of: { firma: "si" } },
  );
  expect(signed.text).toContain("Falta que firme Acopio Huicungo Alto");
  await buyer.submit(await buyer.open(offer), "firmar", {}, { of: { firma: "si" } });
  await broker.submit(await broker.open(`${lot}/contrato`), "entregar", {
    kilos: "395",
    moisturePercent: "7",
  });
  const confirmed = await buyer.submit(await buyer.open(offer), "confirmar", {}, { of: { confirma: "si" } });
  expect(confirmed.text).toContain("Lo confirmado vale S/ 9,480");

  const ahead = await broker.open(`${lot}/liquidacion`);
  const persona =
    ahead.root.querySelectorAll('select[name="persona"] option').at(-1)?.getAttribute("value") ?? "";
  const mistyped = await broker.submit(ahead, "adelantar", {
    persona,
    monto: "100",
    medio: "yape",
    operacion: "1234",
  });
  expect([mistyped.status, mistyped.text]).toEqual([
    422,
    expect.stringContaining("de Yape y Plin son de 6 a 12"),
  ]);
  const settling = await broker.submit(mistyped, "calcular");
  expect(settling.h1).toBe("A repartir: S/ 9,440.50");
  await manager.submit(await manager.open(`${lot}/liquidacion`), "decidir", {}, { of: { vale: "si" } });
  const statement = await olinda.open(link(await olinda.open("/mi/cosecha"), "/mi/cosecha/"));
  expect(statement.h1).toBe("Le tocan S/ 7,170 por su cosecha");
  expect(statement.text).toContain("Menos lo que cobra la organización S/ 30");
  expect((await buyer.open(`${offer}/origen`)).text).toContain("no dijo de qué parcela viene");
  expect((await broker.open(`${lots}/premio`)).status).toBe(403);
  expect((await manager.open(`${lots}/premio`)).h1).toContain("de premio por cosecha de mujeres");
});

test("a lot under another's address is not there", async () => {
  const [olinda, stranger] = [await as("olinda"), await as("stranger")];
  const lotId = lot.split("/").at(-1) ?? "";
  expect((await olinda.open(lot)).status).toBe(403);
  expect((await olinda.open(`${lot}/liquidacion`)).status).toBe(403);
  const other = await desk(stranger, "mi-servicio");
  expect((await stranger.open(`${other}/lotes/${lotId}`)).status).toBe(403);
  expect((await (await as("buyer")).open(`${other}/lotes/${lotId}`)).status).toBe(404);
  expect((await (await as("broker")).open(`${lots}/${other.split("/")[2]}`)).status).toBe(404);
});
