import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { groupTags } from "../src/pages/reference/groups.ts";
import { web } from "../src/service.ts";
import { fakeCatalog, fakeMatching, fakeNotifications } from "./fake-neighbours.ts";
import { fullMarket, longName, smallMarket } from "./market-data.ts";

const executablePath = "/usr/bin/chromium";
const flags =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
const widths = [320, 390, 1280];
const schemes = ["light", "dark"] as const;

/** Runs in the page. Links within a sentence are let be, as WCAG 2.5.8 does. */
const measure = `({
  overflow: document.documentElement.scrollWidth - innerWidth,
  small: [...document.querySelectorAll("a, button, input:not([type=hidden]), summary")]
    .filter((element) => !element.matches("p.quiet a, footer a, figcaption a, .skip") && element.checkVisibility())
    .filter((element) => element.getBoundingClientRect().height < 43.5)
    .map((element) => element.textContent),
})`;

type Neighbours = { catalog: ReturnType<typeof fakeCatalog>; matching: ReturnType<typeof fakeMatching> };

describe.skipIf(!existsSync(executablePath))("in a browser", () => {
  let browser: Browser;
  let run: TestRun;
  let address: string;
  let shots: string;
  const neighbours = smallMarket();
  const notifications = fakeNotifications();

  const show = (market: Neighbours) => {
    Object.assign(neighbours.catalog, { offers: market.catalog.offers, counts: market.catalog.counts });
    neighbours.matching.counts = market.matching.counts;
  };

  beforeAll(async () => {
    run = await runForTest(
      [neighbours.catalog.service, neighbours.matching.service, notifications.service, web],
      {
        environment: {
          SIMULATOR_PHONES: `+51987000001 Rosa Pinchi, técnica; +51987000002 ${longName}`,
        },
      },
    );
    address = await run.app.listen({ port: 0, host: "127.0.0.1" });
    shots = process.env["SCREENSHOT_DIR"] ?? (await mkdtemp(join(tmpdir(), "minka-pages-")));
    browser = await chromium.launch({ executablePath, args: flags.split(" ") });
  });

  afterAll(async () => {
    await browser?.close();
    await run?.stop();
    if (!process.env["SCREENSHOT_DIR"] && shots) await rm(shots, { recursive: true, force: true });
  });

  async function open(
    path: string,
    width: number,
    colorScheme: "light" | "dark",
  ): Promise<{ page: Page; errors: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 844 }, colorScheme, locale: "es-PE" });
    // A busy machine takes its time: the test's own limit says when it is too long.
    page.setDefaultTimeout(80_000);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    await page.goto(`${address}${path}`, { waitUntil: "load" });
    return { page, errors };
  }

  const sight = [
    { name: "home", path: "/", market: smallMarket },
    { name: "district", path: "/?distrito=221001", market: smallMarket },
    { name: "ambiguous", path: "/?distrito=santa+rosa", market: smallMarket },
    {
      name: "empty",
      path: "/?distrito=250401",
      market: () => ({ catalog: fakeCatalog(), matching: fakeMatching() }),
    },
    { name: "full", path: "/?distrito=190108", market: fullMarket },
    { name: "simulator", path: "/simulator", market: smallMarket },
    { name: "lost", path: "/no-hay", market: smallMarket },
  ];

  describe.each(sight)("$name", ({ name, path, market }) => {
    test.each(widths)("fits into %i pixels, light and dark, with targets a thumb can hit", async (width) => {
      show(market());
      for (const scheme of schemes) {
        const { page, errors } = await open(path, width, scheme);
        await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`), fullPage: true });
        const found = await page.evaluate(measure);
        expect(found).toEqual({ overflow: 0, small: [] });
        // The lost page answers 404, which the browser reports as well.
        expect(errors.filter((error) => !error.includes("404"))).toEqual([]);
        await page.close();
      }
    });
  });

  test("the simulator shows an answer without loading the page again", async () => {
    const { page, errors } = await open("/simulator?a=%2B51900900077", 1280, "light");
    await page.getByRole("button", { name: "nesecito un tecnico" }).click();
    const log = page.getByRole("log").first();
    await log.getByText("Leímos: nesecito un tecnico").waitFor();
    expect(await log.getByRole("listitem").count()).toBe(2);
    await page.getByLabel("Escriba un SMS").first().fill("1");
    await page.getByRole("button", { name: "Enviar" }).first().click();
    await log.getByText("Leímos: 1").waitFor();
    expect(await page.getByLabel("Escriba un SMS").first().inputValue()).toBe("");
    expect(errors).toEqual([]);
    await page.screenshot({ path: join(shots, "simulator-talking.png"), fullPage: true });
    await page.close();
  });

  test("the API reference draws itself under its own strict policy", async () => {
    const { page, errors } = await open("/docs", 1280, "light");
    for (const { name } of groupTags) await page.getByRole("link", { name, exact: true }).waitFor();
    await page.screenshot({ path: join(shots, "docs.png"), fullPage: true });
    await page.getByRole("button", { name: "Expand operation" }).last().click();
    await page.getByText("/sms/twilio/status", { exact: true }).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  test("an operation of the API reference opens by its address, with its refusals and its example", async () => {
    const address = "/docs#/Offers/postApiCatalogProvidersProviderIdOffers";
    const { page, errors } = await open(address, 1280, "light");
    await page.getByText("offer-terms-wrong", { exact: true }).waitFor();
    await page.getByText("pricePerVisitCentimos").first().waitFor();
    await page.screenshot({ path: join(shots, "docs-offer.png"), fullPage: true });
    expect(errors).toEqual([]);
    await page.close();
  });
});
