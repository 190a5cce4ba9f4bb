import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browse, stranger, type Visitor } from "../support/browse.ts";
import { hasBrowser, openBrowser, signInto } from "../support/browser.ts";
import { demoCast } from "../support/demo-cast.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";
import { crawl, patternOf } from "./crawl.ts";
import { openRequests } from "./open-requests.ts";

const operator = "+51900000115";
const roles = [
  {
    role: "anyone",
    phone: null,
    from: ["/", "/ofertas", "/diseno", "/entrar", "/sin-senal", "/guardado", "/no-hay"],
  },
  { role: "producer", phone: demoCast.member, from: ["/mi", "/pedir"] },
  { role: "broker", phone: demoCast.broker, from: ["/mi"] },
  { role: "manager", phone: demoCast.manager, from: ["/mi"] },
  { role: "agent", phone: demoCast.reseller, from: ["/mi"] },
  { role: "supplier", phone: demoCast.supplier, from: ["/mi"] },
  { role: "buyer", phone: demoCast.buyer, from: ["/mi"] },
  { role: "lender", phone: demoCast.lender, from: ["/mi"] },
  { role: "operator", phone: operator, from: ["/operador"] },
] as const;

/** In the page: what sticks out, and what a thumb would miss. Links within a sentence are let be, as WCAG 2.5.8 does. */
const measure = `({
  overflow: Math.max(0, document.documentElement.scrollWidth - innerWidth),
  small: [...document.querySelectorAll("a, button, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio]), summary, label.option")]
    .filter((element) => !element.matches("p a, dd a, caption a, figcaption a, .skip, td a, li.quiet a") && element.checkVisibility())
    .filter((element) => element.getBoundingClientRect().height < 43.5)
    .map((element) => element.outerHTML.slice(0, 120)),
})`;

const audit = `axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html.slice(0, 160) + " " + failureSummary.slice(0, 160))))`;

type Found = { overflow: number; small: string[] };

describe.skipIf(!hasBrowser)("looked at in a browser", () => {
  let platform: TestPlatform;
  let browser: Browser;
  let address: string;
  const shots = process.env["SCREENSHOT_DIR"];

  beforeAll(async () => {
    platform = await startTestPlatform({ environment: { OPERATOR_PHONES: operator } });
    await openRequests(platform);
    address = await platform.app.listen({ port: 0, host: "127.0.0.1" });
    browser = await openBrowser();
    if (shots) await mkdir(shots, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
  });

  describe.each(roles)("as $role", ({ role, phone, from }) => {
    let visitor: Visitor;
    let paths: string[];

    beforeAll(async () => {
      visitor = phone === null ? stranger(platform) : await browse(platform, phone);
      const all = (await crawl(visitor, from, { each: 1 })).map(({ path }) => path);
      // What anybody may see is looked at once.
      paths =
        phone === null ? all : all.filter((path) => /^\/(?:mi|mi-\w+|pedir|operador)(?:[/?]|$)/.test(path));
    });

    test.each([
      [320, "light"],
      [320, "dark"],
      [1280, "light"],
      [1280, "dark"],
    ] as const)(
      "at %i pixels, %s: everybody can read it and use it",
      { timeout: 300_000 },
      async (width, colorScheme) => {
        const context = await browser.newContext({
          viewport: { width, height: 844 },
          colorScheme,
          locale: "es-PE",
          serviceWorkers: "block",
        });
        if (phone !== null) await signInto(context, address, visitor);
        const page = await context.newPage();
        const faults: Record<string, unknown> = {};
        for (const [index, path] of paths.entries()) {
          await page.goto(`${address}${path}`);
          const { overflow, small } = await page.evaluate<Found>(measure);
          const found = [
            ...(overflow > 0 ? [`${overflow} pixels stick out`] : []),
            ...small,
            ...(await violations(page)),
          ];
          if (found.length > 0) faults[patternOf(path)] = found;
          if (shots)
            await page.screenshot({
              path: join(shots, `${role}-${index}-${width}-${colorScheme}.png`),
              fullPage: true,
            });
        }
        await context.close();
        expect(faults).toEqual({});
      },
    );

    test("with letters twice as large nothing is cut off", { timeout: 120_000 }, async () => {
      const context = await browser.newContext({
        viewport: { width: 640, height: 844 },
        serviceWorkers: "block",
      });
      if (phone !== null) await signInto(context, address, visitor);
      const page = await context.newPage();
      const wide: string[] = [];
      for (const path of paths) {
        await page.goto(`${address}${path}`);
        await page.evaluate(`document.documentElement.style.fontSize = "225%"`);
        if ((await page.evaluate<Found>(measure)).overflow > 0) wide.push(path);
      }
      await context.close();
      expect(wide).toEqual([]);
    });
  });
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(audit);
}
