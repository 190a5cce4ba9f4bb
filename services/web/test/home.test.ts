import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { afterEach, expect, test } from "vitest";
import { web } from "../src/service.ts";
import { fakeCatalog, fakeMatching, goods, visit } from "./fake-neighbours.ts";
import { fullMarket, smallMarket } from "./market-data.ts";

let run: TestRun | undefined;

afterEach(async () => {
  await run?.stop();
  run = undefined;
});

type Neighbours = { catalog: ReturnType<typeof fakeCatalog>; matching: ReturnType<typeof fakeMatching> };

async function start(
  { catalog, matching }: Neighbours,
  environment: Record<string, string> = {},
): Promise<TestRun> {
  run = await runForTest([catalog.service, matching.service, web], { environment });
  return run;
}

async function get(path: string, headers: Record<string, string> = {}) {
  if (!run) throw new Error("start first");
  return run.app.inject({ url: path, headers: { accept: "text/html", ...headers } });
}

/** What a reader sees: tags gone, entities back, spaces made one. */
function words(markup: string): string {
  return markup
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&nbsp;", " ")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\s+/g, " ");
}

test("says what a visit costs, who offers it and when that was confirmed", async () => {
  await start(smallMarket());
  const page = await get("/?distrito=221001");
  expect(page.statusCode).toBe(200);
  const text = words(page.body);
  expect(text).toContain("3 técnicos pueden ir a Tocache");
  expect(text).toContain("Una visita cuesta de S/ 25 a S/ 30, o gratis");
  expect(text).toContain("Plagas y poda Rosa Pinchi Tuanama S/ 30 la visita Técnica o técnico");
  expect(text).toContain("Va hasta 25 km de donde sale, en Tocache y Uchiza. Confirmado el 12 de noviembre.");
  expect(text).toContain("S/ 1,250.50 por saco de 50 kg");
  expect(text).toContain("Confirmado el 30 de diciembre de 2025");
});

test("asks the catalog for the district and the kind that the address names", async () => {
  const neighbours = smallMarket();
  await start(neighbours);
  await get("/?distrito=tingo+maria&tipo=input");
  expect(neighbours.catalog.asked).toEqual([
    { districtCode: "100601", kind: "input", limit: 20, sort: "nearest" },
  ]);
});

test("ignores what it cannot read in an address rather than refusing the page", async () => {
  const neighbours = smallMarket();
  await start(neighbours);
  const page = await get("/?tipo=gold&desde=0&distrito=221001&distrito=221002");
  expect(page.statusCode).toBe(200);
  expect(neighbours.catalog.asked).toEqual([{ districtCode: "221001", limit: 20, sort: "nearest" }]);
});

test("tells open requests by district, and never how few", async () => {
  await start(smallMarket());
  const text = words((await get("/")).body);
  expect(text).toContain("Tocache, San Martín 15 ofertas · 14 pedidos abiertos");
  expect(text).toContain("Uchiza, San Martín 7 ofertas · menos de 5 pedidos abiertos");
  // Two kinds withheld may be more than five together.
  expect(text).toContain("Padre Abad, Ucayali 5 ofertas · pocos pedidos abiertos");
});

test("draws a dot for each district with offers, and a ring around the chosen one", async () => {
  await start(smallMarket());
  const page = (await get("/?distrito=221001")).body;
  expect(page.match(/<circle cx/g)).toHaveLength(10);
  expect(page.match(/<circle class="chosen"/g)).toHaveLength(1);
});

test("asks which place is meant when several have the name, and keeps what was typed", async () => {
  await start(smallMarket());
  const page = (await get("/?distrito=santa+rosa")).body;
  expect(words(page)).toContain("Hay varios lugares con ese nombre");
  expect(page).toContain('href="/?distrito=220304"');
  expect(page).toContain('value="santa rosa"');
});

test("says so when it does not know the place", async () => {
  await start(smallMarket());
  const page = (await get("/?distrito=xyzzyplugh")).body;
  expect(words(page)).toContain("No conocemos ese lugar");
  expect(page).toContain('aria-describedby="lugar"');
});

test("offers the next step where nobody offers anything", async () => {
  await start({ catalog: fakeCatalog(), matching: fakeMatching() });
  const text = words((await get("/?distrito=250401")).body);
  expect(text).toContain("Todavía nadie ofrece servicios en Purús");
  expect(text).toContain("Pídalo igual por SMS: una persona de Minka busca a alguien que llegue a Purús");
});

test("goes on without the catalog, and says so", async () => {
  const neighbours = smallMarket();
  neighbours.catalog.state = "down";
  await start(neighbours);
  const page = await get("/?distrito=221001");
  expect(page.statusCode).toBe(200);
  const text = words(page.body);
  expect(text).toContain("Ahora no podemos mostrar las ofertas");
  expect(text).toContain("Pida por SMS lo que necesita en Tocache");
  expect(text).toContain("Tocache, San Martín 14 pedidos abiertos");
});

test("does not wait for a neighbour that never answers", async () => {
  const neighbours = smallMarket();
  neighbours.matching.state = "stuck";
  await start(neighbours);
  const text = words((await get("/")).body);
  expect(text).toContain("Ahora no podemos mostrar los pedidos abiertos");
  expect(text).toContain("Rosa Pinchi Tuanama");
  expect(text).not.toContain("ningún pedido abierto");
});

test("shows five offers, and where the others are", async () => {
  await start(fullMarket());
  const page = (await get("/?distrito=221001")).body;
  expect(page.match(/<h3>/g)).toHaveLength(5);
  expect(words(page)).toMatch(/Al menos \d+ técnicos pueden ir a Tocache/);
  expect(words(page)).toContain(" · en Tocache");
  const whole = /href="(\/ofertas\?[^"]+)"[^>]*>\s*Ver más ofertas/.exec(page)?.[1];
  expect(words(whole ?? "")).toBe("/ofertas?distrito=221001");
});

test("escapes what a provider calls itself", async () => {
  const name = `<script>alert("1")</script>'&`;
  await start({
    catalog: fakeCatalog({ offers: [visit(1, { name }), goods(2, `"><img src=x onerror=alert(1)>`)] }),
    matching: fakeMatching(),
  });
  const page = (await get("/")).body;
  expect(page).not.toContain("<script>");
  expect(page).not.toContain("<img src=x");
  expect(words(page)).toContain(`alert("1")`);
});

test("escapes what was typed as a place", async () => {
  await start(smallMarket());
  const page = (await get(`/?distrito=${encodeURIComponent('"><svg onload=alert(1)>')}`)).body;
  expect(page).not.toContain("<svg onload");
  expect(page).toContain("&#34;&#62;&#60;svg onload");
});

test("asks by SMS where a number is set, and by a test phone where none is", async () => {
  await start(smallMarket(), { MINKA_SMS_NUMBER: "987654321", SMS_GATEWAY: "twilio" });
  const real = (await get("/?distrito=221001")).body;
  expect(real).toContain('href="sms:+51987654321?body=tecnico%20para%20mi%20cacao%2C%20tocache"');
  expect(real).not.toContain("/simulator");
  await run?.stop();
  await start(smallMarket());
  expect((await get("/")).body).toContain('class="action" href="/simulator"');
});

test("weighs at most 14 KB compressed with everything it loads, at its fullest", async () => {
  await start(fullMarket(), { MINKA_SMS_NUMBER: "+51987654321" });
  const page = (await get("/?distrito=190108")).body;
  const loaded = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, url]) => url ?? "");
  const style = (await get(loaded.find((url) => url.endsWith(".css")) ?? "")).body;
  const band = /url\("?([^")]+)/.exec(style)?.[1] ?? "";
  let bytes = gzipSync(page).length;
  for (const url of new Set([...loaded, band])) {
    const asset = await get(url);
    expect(asset.statusCode).toBe(200);
    bytes += gzipSync(asset.rawPayload).length;
  }
  expect(bytes).toBeLessThanOrEqual(14 * 1024);
});

test("compresses as the browser asks", async () => {
  await start(smallMarket());
  const plain = await get("/");
  const brotli = await get("/", { "accept-encoding": "gzip, deflate, br" });
  expect(brotli.headers["content-encoding"]).toBe("br");
  expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain.body);
  const gzip = await get("/", { "accept-encoding": "gzip, br;q=0" });
  expect(gzip.headers["content-encoding"]).toBe("gzip");
  expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
});

test("allows no script or style but its own files", async () => {
  await start(smallMarket());
  const page = await get("/?distrito=221001");
  const policy = String(page.headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe");
  expect(page.headers["referrer-policy"]).toBe("same-origin");
  expect(page.body).not.toMatch(
    /<script(?![^>]*\ssrc=)(?! type="application\/ld\+json">)|<style|\sstyle=|\son\w+=/,
  );
});

test("assets may be kept for ever, because their address changes with them", async () => {
  await start(smallMarket());
  const url = /href="(\/assets\/style\.[\w-]{10}\.css)"/.exec((await get("/")).body)?.[1] ?? "";
  const style = await get(url, { "accept-encoding": "br" });
  expect(style.headers["cache-control"]).toContain("immutable");
  expect(brotliDecompressSync(style.rawPayload).toString()).toContain("--paper");
});
