import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browse, stranger, type OpenedPage, type Visitor } from "../support/browse.ts";
import { demoCast } from "../support/demo-cast.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";
import { crawl, idsShown, type FoundPage } from "./crawl.ts";
import { openRequests } from "./open-requests.ts";

const operator = "+51900000115";
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform({ environment: { OPERATOR_PHONES: operator } });
  await openRequests(platform);
});
afterAll(() => platform.stop());

const roles = [
  { role: "anyone", phone: null, from: ["/", "/ofertas", "/diseno"], light: true },
  { role: "a producer", phone: demoCast.producer, from: ["/mi", "/pedir"], light: true },
  { role: "a member", phone: demoCast.member, from: ["/mi"], light: true },
  { role: "a broker", phone: demoCast.broker, from: ["/mi"], light: false },
  { role: "a manager", phone: demoCast.manager, from: ["/mi"], light: false },
  { role: "an agent", phone: demoCast.agent, from: ["/mi"], light: false },
  { role: "a supplier", phone: demoCast.supplier, from: ["/mi"], light: false },
  { role: "a buyer", phone: demoCast.buyer, from: ["/mi"], light: false },
  { role: "a lender", phone: demoCast.lender, from: ["/mi"], light: false },
  { role: "an operator", phone: operator, from: ["/operador"], light: false },
] as const;

/** All roles, and two pages of each kind, where there is time for it. */
const long = process.env["MINKA_LONG"] !== undefined;
const looked = roles.filter(({ role }) => long || ["anyone", "a producer", "an agent"].includes(role));

/** Words that slip through where a text was forgotten. */
const english = /\b(?:the|undefined|null|NaN|not found|pending|active|unknown|object)\b|\[object/i;

describe.each(looked)("$role", ({ phone, from, light }) => {
  let visitor: Visitor;
  let pages: FoundPage[];

  beforeAll(async () => {
    visitor = phone === null ? stranger(platform) : await browse(platform, phone);
    pages = await crawl(visitor, from, { each: long ? 2 : 1 });
  });

  test("finds no dead end, and on every page one sentence that says what it is", () => {
    const lost = pages.filter(({ status, h1 }) => status !== 200 || h1 === "");
    expect(lost.map(({ path, status, h1, on }) => `${status} ${path} ${h1}, linked on ${on}`)).toEqual([]);
    const headings = pages.filter(({ root }) => root.querySelectorAll("h1").length !== 1);
    expect(headings.map(({ path }) => path)).toEqual([]);
  });

  test("reads names where names belong, and Spanish", () => {
    expect(pages.filter((page) => idsShown(page).length > 0).map(({ path }) => path)).toEqual([]);
    const foreign = pages.filter(({ text }) => english.test(text));
    expect(foreign.map(({ path, text }) => `${path}: ${english.exec(text)?.[0]}`)).toEqual([]);
  });

  test("loads little", async () => {
    const limit = (light ? 14 : 60) * 1024;
    for (const page of pages) {
      const bytes = await weightOf(page);
      expect(bytes, page.path).toBeLessThanOrEqual(
        page.path.startsWith("/mi/") || page.path === "/mi" ? 14 * 1024 : limit,
      );
    }
  });
});

test("what runs in the browser is small", async () => {
  const size = async (url: string) => {
    const { statusCode, rawPayload } = await platform.app.inject({
      url,
      headers: { "accept-encoding": "gzip, deflate, br" },
    });
    expect(statusCode, url).toBe(200);
    return rawPayload.length;
  };
  const [script = ""] = /\/assets\/page\.[^"]+/.exec((await stranger(platform).open("/entrar")).html) ?? [];
  // Loaded besides where what waits for a signal is looked over.
  const [waiting = ""] =
    /\/assets\/waiting\.[^"]+/.exec((await platform.app.inject({ url: script })).body) ?? [];
  expect((await size(script)) + (await size(waiting))).toBeLessThanOrEqual(3 * 1024);
  expect(await size("/sw.js")).toBeLessThanOrEqual(5 * 1024);
});

const weights = new Map<string, number>();

/** The page with the styles and the script that it names, as they travel. */
async function weightOf({ html, root }: OpenedPage): Promise<number> {
  let bytes = gzipSync(html).length;
  const named = [
    ...root.querySelectorAll('link[rel="stylesheet"]').map((link) => link.getAttribute("href")),
    ...root.querySelectorAll("script[src]").map((script) => script.getAttribute("src")),
  ];
  for (const url of named) {
    if (!url) continue;
    const known = weights.get(url);
    const size = known ?? gzipSync((await platform.app.inject({ url })).rawPayload).length;
    weights.set(url, size);
    bytes += size;
  }
  return bytes;
}
