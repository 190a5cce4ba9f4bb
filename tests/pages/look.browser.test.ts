import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browse, stranger, type Visitor } from "../support/browse.ts";
import { hasBrowser, openBrowser, signInto } from "../support/browser.ts";
import { demoCast } from "../support/demo-cast.ts";
import { faultsOf, overflowOf } from "../support/page-faults.ts";
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
    }, 180_000);

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
          const found = await faultsOf(page);
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
        if ((await overflowOf(page)) > 0) wide.push(path);
      }
      await context.close();
      expect(wide).toEqual([]);
    });
  });
});
