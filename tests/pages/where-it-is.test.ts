import { afterAll, beforeAll, expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { browse, type Visitor } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

async function ask(visitor: Visitor, kind: string, values: Record<string, string>) {
  const details = await visitor.open(`/pedir?tipo=${kind}`);
  const check = await visitor.submit(details, "seguir", { ...values, distrito: "Tocache" });
  const sent = await visitor.submit(check, "enviar");
  await platform.settle();
  return visitor.open(sent.path.split("?")[0] ?? "");
}

test("a course says when and where it is, a laboratory where", async () => {
  const visitor = await browse(platform, "+51900000012");
  const course = await ask(visitor, "training", { tema: "post_harvest", cultivo: "cacao" });
  expect(course.h1).toMatch(/^\d+ pueden? atenderle$/);
  expect(course.text).toMatch(
    /Del \d+ al \d+ de [a-z]+( de \d{4})?, [^,.]+, en [^,.]+, a \d+ km del centro de Tocache\./,
  );
  const laboratory = await ask(visitor, "service", { servicio: "laboratory" });
  expect(laboratory.text).toMatch(/En [^,.]+(, a \d+ km del centro de Tocache)?\. Confirmado el /);
});

test("a shop says where it is, and what it sells when that was last confirmed", async () => {
  const visitor = await browse(platform, "+51900000013");
  const shops = await ask(visitor, "equipment", { producto: "fermentation_box" });
  expect(shops.text).toMatch(/Lo llevan a Tocache|Se recoge en la tienda, en [^,.]+/);
  expect(shops.text).toMatch(/Confirmado el \d+ de [a-z]+\./);
});

test("who was picked and does not reach the district is told before it is sent", async () => {
  const visitor = await browse(platform, "+51900000014");
  const found = await platform.app.inject({
    url: "/api/catalog/offers?kind=training&limit=50",
    headers: { accept: "application/json" },
  });
  const far = found
    .json<{ items: { id: string; coverage: string[]; provider: { name: string } }[] }>()
    .items.find(({ coverage }) => !coverage.some((area) => area === "PE" || "221001".startsWith(area)));
  const details = await visitor.open(`/pedir?oferta=${far?.id}`);
  const check = await visitor.submit(details, "seguir", {
    tema: "post_harvest",
    cultivo: "cacao",
    distrito: "Tocache",
  });
  expect(check.text).toContain(`${far?.provider.name} no llega a ese distrito: buscamos a quien sí llega.`);
  expect(check.text).not.toContain("Preguntamos a");
});

test("a visit that was asked for and agreed on is among their visits", async () => {
  const phone = "+51900000015";
  const visitor = await browse(platform, phone);
  const listed = await ask(visitor, "assistance", { tema: "pest_management", cultivo: "cacao" });
  await visitor.submit(listed, "elegir");
  const [agent] = await agentsOnTheList(platform, phone);
  await platform.settle();
  await platform.phone(agent?.phone ?? "").writes("si jueves");
  await platform.settle();
  const visits = await visitor.open("/mi/visitas");
  expect(visits.h1).toBe("Tiene una visita acordada");
  expect(visits.text).toContain(`${agent?.name}, el jueves 26 de noviembre.`);
});
