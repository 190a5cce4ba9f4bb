import { offersByDistrict } from "@minka/contracts/catalog";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browse, stranger, type OpenedPage, type Visitor } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
let anyone: Visitor;

beforeAll(async () => {
  platform = await startTestPlatform();
  anyone = stranger(platform);
});
afterAll(() => platform.stop());

const linksOf = (page: OpenedPage, start: string) =>
  page.root
    .querySelectorAll("main a")
    .map((link) => link.getAttribute("href") ?? "")
    .filter((href) => href.startsWith(start));
const factsOf = (page: OpenedPage) =>
  JSON.parse(page.root.querySelector('script[type="application/ld+json"]')?.text ?? "null") as unknown;
const canonicalOf = (page: OpenedPage) =>
  page.root.querySelector('link[rel="canonical"]')?.getAttribute("href");

test("who looks for a visit near home finds its price, who gives it, and how to ask for it", async () => {
  const list = await anyone.open("/ofertas?tipo=assistance&distrito=tocache&cultivo=cacao");
  expect(list.h1).toMatch(/^Visita técnica en cacao: hay \d+ ofertas para Tocache$/);
  expect(list.text).toMatch(/ · en Tocache · (nota [\d.]+ de 5 \(\d+\)|todavía sin notas)/);
  const wide = await anyone.open("/ofertas?tipo=assistance&distrito=uchiza");
  expect(wide.text).toMatch(/en Tocache, a \d+ km del centro de Uchiza/);
  expect(canonicalOf(list)).toBe("/ofertas?tipo=assistance&distrito=221001");
  expect(factsOf(list)).toMatchObject({ "@type": "ItemList" });
  const offer = await anyone.open(linksOf(list, "/ofertas/")[0] ?? "");
  expect(offer.h1).toMatch(/^Visita técnica: /);
  expect(offer.text).toMatch(/Pedir esta visita · (S\/ \d+|gratis)/);
  expect(linksOf(offer, "/pedir?oferta=")).toHaveLength(1);
  const provider = await anyone.open(linksOf(offer, "/atiende/")[0] ?? "");
  expect(provider.h1).toMatch(/ atiende desde /);
  expect(provider.text).toMatch(/Dijo que sigue atendiendo El \d+ de /);
  expect(provider.root.querySelectorAll("svg.map circle").length).toBeGreaterThan(1);
  expect(linksOf(provider, offer.path)).not.toEqual([]);
  // Asking is for who is signed in.
  const asking = await anyone.open(linksOf(offer, "/pedir?oferta=")[0] ?? "");
  expect(asking.h1).toBe("Entre con su celular");
});

test("the days on which an agent works are on their public page", async () => {
  const agent = await browse(platform, "+51900090001");
  const base = /\/mi-servicio\/([\da-f-]{36})/.exec((await agent.open("/mi")).html);
  const seen = () => anyone.open(`/atiende/${base?.[1]}`);
  expect((await seen()).text).not.toContain("Atiende Lunes");
  const calendar = await agent.open(`${base?.[0]}/calendario`);
  await agent.submit(calendar, "semana", { dias: ["1", "2", "3", "4", "5"] });
  expect((await seen()).text).toContain("Atiende Lunes a viernes");
});

test("a place that is not known, a price limit and an address full of nonsense lose nobody", async () => {
  const unknown = await anyone.open("/ofertas?distrito=xyzzyplugh&tipo=input");
  expect([unknown.status, unknown.text]).toEqual([200, expect.stringContaining("No conocemos ese lugar")]);
  expect(unknown.html).toContain('value="xyzzyplugh"');
  const cheap = await anyone.open("/ofertas?tipo=input&hasta=30&orden=precio");
  const prices = [...cheap.text.matchAll(/S\/ ([\d.]+) por (?:saco|bolsa|litro|kg|plantón|paquete|envase)/g)];
  expect(prices.length).toBeGreaterThan(3);
  for (const [, price] of prices) expect(Number(price)).toBeLessThanOrEqual(30);
  const nonsense = await anyone.open("/ofertas?tipo=gold&cultivo=x&hasta=-3&desde=zzz&orden=up&cosa=poda");
  expect(nonsense.status).toBe(200);
  expect(linksOf(nonsense, "/ofertas/").length).toBe(20);
  const second = await anyone.open(
    linksOf(nonsense, "/ofertas?").find((href) => href.includes("desde")) ?? "",
  );
  expect(linksOf(second, "/ofertas/")).not.toContain(linksOf(nonsense, "/ofertas/")[0]);
  expect([nonsense.h1, second.h1]).toEqual(["Hay más de 20 ofertas en Minka", "Más ofertas en Minka"]);
  expect((await anyone.open(`/ofertas/${crypto.randomUUID()}`)).status).toBe(404);
});

test("buyers are there by where they receive the harvest, the nearest first", async () => {
  const list = await anyone.open("/ofertas?tipo=purchase&distrito=221001");
  expect(list.text).toContain("A quién puede vender");
  const away = [...list.text.matchAll(/Compra · en (?:Tocache|[^·]+?, a (\d+) km)/g)].map(([, km]) =>
    Number(km ?? 0),
  );
  expect(away.length).toBeGreaterThan(3);
  expect(away).toEqual(away.toSorted((one, other) => one - other));
});

test("who comes to somebody's page can ask them from there", async () => {
  const list = await anyone.open("/ofertas?tipo=assistance&distrito=tocache&cultivo=cacao");
  const offer = await anyone.open(linksOf(list, "/ofertas/")[0] ?? "");
  const provider = await anyone.open(linksOf(offer, "/atiende/")[0] ?? "");
  expect(linksOf(provider, "/pedir?oferta=")).toHaveLength(1);
  // The page that comes between says what one came for.
  expect((await anyone.open(linksOf(provider, "/pedir?oferta=")[0] ?? "")).text).toContain(
    "Para hacer su pedido",
  );
});

test("a loan tells its instalments for the sum and months that one types", async () => {
  const list = await anyone.open("/ofertas?tipo=credit");
  const loan = await anyone.open(linksOf(list, "/ofertas/")[0] ?? "");
  expect(loan.text).toContain("Por ejemplo: por S/ 1,000 a 12 meses devuelve");
  const typed = await anyone.submit(loan, "cuotas", { monto: "mucho", meses: "9" });
  expect(typed.status).toBe(422);
  expect(typed.text).toContain("Escriba el monto en soles");
  expect(typed.html).toContain('value="mucho"');
  const beyond = await anyone.submit(loan, "cuotas", { monto: "9,000,000", meses: "9" });
  expect(beyond.text).toContain("Ese crédito no se da por ese monto a ese plazo");
  const quoted = await anyone.submit(loan, "cuotas", { monto: "1,500.50", meses: "9" });
  expect(quoted.text).toMatch(/Por S\/ 1,500\.50 a 9 meses devuelve en total ?S\/ [\d,.]+: S\/ [\d,.]+ más/);
  expect(quoted.text).toMatch(/Cuota 1, /);
});

test("more packs cost less each, and the page reckons it", async () => {
  const list = await anyone.open("/ofertas?tipo=input&cosa=urea");
  const urea = await anyone.open(linksOf(list, "/ofertas/")[0] ?? "");
  const reckoned = await anyone.submit(urea, "cantidad", { cantidad: "12" });
  const [, total, each] = /Por 12: S\/ ([\d,.]+), a S\/ ([\d.]+) cada/.exec(reckoned.text) ?? [];
  expect(Number(total?.replace(",", ""))).toBe(12 * Number(each));
});

test("prices, training, organizations and purchases are there for anybody, with what comes next", async () => {
  const prices = await anyone.open("/precios?cultivo=coffee&distrito=Tingo+Maria");
  expect(prices.h1).toMatch(/^(Pagan hasta S\/ [\d.]+ por kg de café|Precio del café) .*cerca de /);
  const training = await anyone.open("/capacitaciones");
  expect(training.h1).toMatch(/^Hay \d+ capacitaci/);
  expect(training.text).toMatch(/\d+ cupos/);
  const organizations = await anyone.open("/organizaciones?distrito=221001");
  const one = await anyone.open(linksOf(organizations, "/organizaciones/")[0] ?? "");
  expect(one.text).toMatch(/Pedir entrar · (S\/ \d+|gratis)/);
  expect(linksOf(one, "/mi/organizacion/entrar/")).toHaveLength(1);
  const pools = await anyone.open("/compras-juntas?distrito=221001");
  expect(pools.h1).toBe("Hay 1 compra en grupo abierta para Tocache");
  expect(pools.text).toMatch(/Van \d+ sacos: faltan \d+ para que baje a S\/ [\d.]+ para todos/);
  expect((await anyone.open("/por-sms")).text).toContain("PERSONA");
});

test("search engines are told what is public, and nothing that is somebody's", async () => {
  const robots = (await platform.app.inject({ url: "/robots.txt", headers: { host: "minka.test" } })).body;
  expect(robots).toContain("Disallow: /mi/");
  expect(robots).toContain("Sitemap: http://minka.test/sitemap.xml");
  const map = (await platform.app.inject({ url: "/sitemap.xml", headers: { host: "minka.test" } })).body;
  const { districts } = await platform.callAs("web")(offersByDistrict, {}, { trace: "test" });
  expect(map).toContain(`/ofertas?distrito&#61;${districts[0]?.districtCode}<`);
  const addresses = [...map.matchAll(/<loc>http:\/\/minka\.test([^<]+)<\/loc>/g)].map(
    ([, path]) => path ?? "",
  );
  expect(addresses.filter((path) => path.startsWith("/atiende/")).length).toBeGreaterThan(50);
  expect(addresses.filter((path) => path.startsWith("/mi"))).toEqual([]);
  for (const path of addresses.filter((address) => !address.includes("distrito")).slice(0, 12))
    expect((await anyone.open(path.replaceAll("&#61;", "="))).status, path).toBe(200);
});
