import { afterAll, beforeAll, expect, test } from "vitest";
import { browse, type Visitor } from "../support/browse.ts";
import { desk, link, rowLink, rowOf } from "../support/page-links.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

/** Of the Asociación de Productores Mono Blanco in Tocache. */
const phones = { olinda: "+51900000050", jessica: "+51900000109", broker: "+51900000061" };

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const dayIn = (days: number) =>
  new Date(platform.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);
async function openOrganicLot(broker: Visitor): Promise<string> {
  const lots = `${await desk(broker, "mi-organizacion")}/lotes`;
  const opened = await broker.submit(await broker.open(`${lots}/nuevo`), "abrir", {
    nombre: "Cacao orgánico",
    cosecha: "cacao:dry",
    minimo: "100",
    maximo: "900",
    espera: "20",
    hasta: dayIn(5),
    desde: dayIn(6),
    fin: dayIn(12),
    punto1: "Almacén",
    distrito1: "Tocache",
    certificados: ["organic"],
  });
  expect(opened.h1).toBe("Cacao orgánico");
  return opened.path.split("?")[0] ?? "";
}

test("who has entered a certificate offers with it; who has not is told by SMS and page, and the desk notes it", async () => {
  const broker = await browse(platform, phones.broker);
  const olinda = await browse(platform, phones.olinda);
  const lot = await openOrganicLot(broker);
  await platform.settle();

  await olinda.submit(await olinda.open("/mi/chacra/certificados/nuevo"), "guardar", {
    certificado: "organic",
    cultivo: "cacao",
    emisor: "Control Union",
    numero: "CU-1",
    vence: dayIn(90),
  });
  const offering = await olinda.open(link(await olinda.open("/mi/cosecha"), "/mi/cosecha/"));
  const ticked = offering.root.querySelector('[name="certificados"][value="organic"]');
  expect(ticked?.hasAttribute("checked")).toBe(true);
  const offered = await olinda.submit(offering, "ofrecer", { cantidad: "200", unidad: "kg" });
  expect(offered.text).not.toContain("sin eso no entra");

  const phone = platform.phone(phones.jessica);
  await phone.reads();
  await phone.writes("LOTE 5 qq");
  await platform.settle();
  expect(await phone.reads()).toEqual([
    expect.stringMatching(
      /^Anotado: 230 kg .* El lote pide certificado org[aá]nico: si lo tiene, mu[eé]strelo/,
    ),
  ]);
  const jessica = await browse(platform, phones.jessica);
  const own = link(await jessica.open("/mi/cosecha"), "/mi/cosecha/");
  expect((await jessica.open(own)).text).toContain("márquelo en «Cambiar cuánto pongo»; sin eso no entra");

  platform.clock.advance({ days: 7 });
  await platform.settle();
  expect((await jessica.open(own)).text).toContain(
    "muéstrelo a Asociación de Productores Mono Blanco; sin eso no entra",
  );
  const collecting = await broker.open(lot);
  expect(rowOf(collecting, "Olinda")?.text).not.toContain("Sin certificado");
  expect(rowOf(collecting, "Jessica")?.text).toContain("Sin certificado orgánico.");
  for (const [name, kilos] of [
    ["Olinda", "200"],
    ["Jessica", "230"],
  ] as const)
    await broker.submit(await broker.open(rowLink(collecting, name)), "pesar", { peso: kilos });
  const without = await broker.submit(await broker.open(lot), "calcular");
  expect(rowOf(without, "Jessica")?.text).toContain("Le faltó el certificado orgánico, que pide el lote.");

  const contribution = await broker.open(rowLink(collecting, "Jessica"));
  expect(contribution.text).toContain("El lote pide certificado orgánico, y falta anotar");
  const certified = await broker.submit(contribution, "certificar", { certificados: "organic" });
  expect(certified.text).toContain("Certificados anotados. ");
  expect(certified.text).not.toContain("falta anotar");
  // What was proposed without it is no more.
  const again = await broker.submit(await broker.open(lot), "calcular");
  expect(again.text).toContain("Entra 430 kg");
});
