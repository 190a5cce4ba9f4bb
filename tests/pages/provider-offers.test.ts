import { afterAll, beforeAll, expect, test } from "vitest";
import { browse, type OpenedPage, type Visitor } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

// Of the demo: a shop, a lender, a buyer and an agent.
const [shop, lender, buyer, agent] = [
  "+51900095001",
  "+51900095013",
  "+51900095019",
  "+51900090001",
] as const;

/** Signs in and goes to what they run. */
async function enter(phone: string): Promise<{ visitor: Visitor; base: string }> {
  const visitor = await browse(platform, phone);
  const { html } = await visitor.open("/mi");
  const base = /\/mi-servicio\/[\da-f-]{36}/.exec(html)?.[0];
  if (!base) throw new Error(`${phone} runs nothing`);
  return { visitor, base };
}
const linkIn = ({ html }: OpenedPage, pattern: RegExp) => pattern.exec(html)?.[0] ?? "";

test("a shop puts an offer with prices by quantity, changes it, pauses it and withdraws it", async () => {
  const { visitor, base } = await enter(shop);
  const blank = await visitor.open(`${base}/ofertas/nueva?tipo=insumo`);
  const typed = {
    titulo: "Guano de isla molido",
    producto: "guano",
    precio_1: "62",
    desde_2: "20",
    precio_2: "70",
    cobertura: "Uchiza, Tocache\nNingunaparte",
  };
  const wrong = await visitor.submit(blank, "guardar-insumo", typed);
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain("Quien lleva más no paga más");
  expect(wrong.text).toContain("No conocemos «Ningunaparte»");
  expect(wrong.html).toContain('value="Guano de isla molido"');
  const saved = await visitor.submit(wrong, "guardar-insumo", {
    precio_2: "58,50",
    cobertura: "Provincia de Tocache",
  });
  expect(saved.text).toContain("Guardada y publicada");
  expect(saved.text).toContain("la provincia de Tocache");
  expect(saved.text).toContain("Desde 20, a S/ 58.50");
  const changed = await visitor.submit(saved, "guardar-insumo", { precio_1: "60" });
  expect(changed.text).toContain("S/ 60 por saco de 50 kg");
  const before = await visitor.open(linkIn(changed, /\/mi-servicio\/[^"]+\?version=1/));
  expect(before.text).toContain("Así era desde");
  const paused = await visitor.submit(changed, "cambiar", {}, { of: { cambio: "pause" } });
  expect(paused.text).toContain("En pausa");
  const last = paused.root
    .querySelectorAll("details")
    .find(({ text }) => text.includes("Retirar para siempre"));
  expect(last?.text).toContain("no se puede volver a publicar");
  const sure = last?.querySelectorAll("button").map(({ text }) => text.trim());
  expect(sure).toEqual(["Sí, retirar esta oferta"]);
  expect(paused.root.querySelectorAll("button").map(({ text }) => text.trim())).not.toContain(
    "Retirar para siempre",
  );
  const withdrawn = await visitor.submit(paused, "cambiar", {}, { of: { cambio: "withdraw" } });
  expect(withdrawn.text).toContain("La oferta está retirada");
});

test("every kind's form holds what its offer says, and saves it again", async () => {
  const seen = new Set<string>();
  for (const phone of [shop, lender, buyer, agent]) {
    const { visitor, base } = await enter(phone);
    const list = await visitor.open(`${base}/ofertas`);
    for (const [path] of list.html.matchAll(/\/mi-servicio\/[\da-f-]{36}\/ofertas\/[\da-f-]{36}/g)) {
      const offer = await visitor.open(path);
      const action = /name="accion" value="(guardar-\w+)"/.exec(offer.html)?.[1] ?? "";
      // A withdrawn one stays as it was.
      if (action === "" || seen.has(action)) continue;
      seen.add(action);
      const saved = await visitor.submit(offer, action);
      expect([action, saved.text]).toEqual([action, expect.stringContaining("Guardada.")]);
      const facts = (page: OpenedPage) => page.root.querySelector("dl")?.structuredText;
      expect(facts(saved)).toBe(facts(offer));
    }
  }
  expect([...seen]).toEqual(
    expect.arrayContaining(["guardar-insumo", "guardar-credito", "guardar-compra", "guardar-visita"]),
  );
});

test("a price list is checked, corrected and loaded, and comes back as a file", async () => {
  const { visitor, base } = await enter(shop);
  const upload = async (text: string) => {
    const page = await visitor.open(`${base}/ofertas/lista`);
    const answer = await visitor.submit(page, "subir", { archivo: Buffer.from(text) });
    await platform.settle();
    return visitor.open(answer.path);
  };
  const wrong = await upload("Producto;Precio;Presentación\nCal;treinta;25 kg\n");
  expect(wrong.h1).toBe("Corrija 1 error y súbala otra vez");
  expect(wrong.text).toContain("Precio");
  expect(wrong.text).toContain("1 error en un archivo de 1 fila Subir la lista corregida");
  const right = await upload("Producto;Precio;Presentación\nCal;31;25 kg\n");
  expect(right.h1).toBe("Su lista está lista para cargar");
  await visitor.submit(right, "cargar");
  await platform.settle();
  const loaded = await visitor.open(right.path);
  expect(loaded.h1).toBe("Su lista está cargada");
  expect(loaded.text).toContain("Ofertas: 1 nueva");
});

test("nobody reaches another's offers by changing the address", async () => {
  const { visitor, base } = await enter(shop);
  const offer = linkIn(
    await visitor.open(`${base}/ofertas`),
    /\/mi-servicio\/[\da-f-]{36}\/ofertas\/[\da-f-]{36}/,
  );
  const other = await enter(buyer);
  const id = offer.split("/").at(-1) ?? "";
  for (const path of [
    offer,
    `${base}/ofertas`,
    `${base}/ofertas/lista`,
    `${base}/ofertas/nueva?tipo=insumo`,
    `${other.base}/ofertas/${id}`,
  ])
    expect([path, [403, 404].includes((await other.visitor.open(path)).status)]).toEqual([path, true]);
});
