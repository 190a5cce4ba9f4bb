import { startProxy, type Proxy } from "@minka/test-kit/proxy";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { browse } from "./browse.ts";
import { openBrowser, signInto } from "./browser.ts";
import { startTestPlatform, type TestPlatform } from "./test-platform.ts";
import { until } from "./until.ts";

/** Each journey is made as most people make it, and in a browser that runs no scripts. */
export const bothWays = [
  { how: "with JavaScript", javaScriptEnabled: true },
  { how: "without JavaScript", javaScriptEnabled: false },
];

/** A journey has many steps, and a machine that does other things as well takes its time. */
export const journey = { timeout: 120_000 };

type Scene = { readonly platform: TestPlatform; stop(): Promise<void> };

/** The demo, for journeys that need no more than that. */
export const withDemo = (environment: Record<string, string> = {}) => {
  return async (): Promise<Scene> => {
    const platform = await startTestPlatform({ environment });
    return { platform, stop: () => platform.stop() };
  };
};

/** A scene that a real browser visits, over a signal that can be cut. After each test nothing has gone wrong unseen. */
export function browserStage<Staged extends Scene>({
  javaScriptEnabled,
  start,
}: {
  javaScriptEnabled: boolean;
  start: () => Promise<Staged>;
}) {
  let scene: Staged;
  let browser: Browser;
  let signal: Proxy;
  let contexts: BrowserContext[] = [];
  /** What went wrong in a page without anybody seeing it. */
  let faults: string[] = [];

  beforeAll(async () => {
    scene = await start();
    const served = new URL(await scene.platform.app.listen({ port: 0, host: "127.0.0.1" }));
    signal = await startProxy({ host: served.hostname, port: Number(served.port) });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await signal?.close();
    await scene?.stop();
  });
  afterEach(async () => {
    const found = faults;
    await Promise.all(contexts.map((context) => context.close()));
    [contexts, faults] = [[], []];
    await signal.restore();
    expect(found).toEqual([]);
  });

  return {
    get scene() {
      return scene;
    },
    get platform() {
      return scene.platform;
    },
    get signal() {
      return signal;
    },
    /** A phone, or a desk's screen; signed in where a number is given, and at the start of what is theirs. */
    async openPage({ as, desk = false }: { as?: string; desk?: boolean } = {}): Promise<Page> {
      const address = `http://127.0.0.1:${signal.port}`;
      const context = await browser.newContext({
        javaScriptEnabled,
        locale: "es-PE",
        viewport: desk ? { width: 1280, height: 800 } : { width: 390, height: 844 },
        acceptDownloads: true,
      });
      contexts.push(context);
      context.setDefaultTimeout(40_000);
      context.on("weberror", (error) => faults.push(error.error().message));
      context.on("console", (message) => {
        if (message.type() === "error" && !/status of 422|net::ERR_CONNECTION/.test(message.text()))
          faults.push(message.text());
      });
      if (as) await signInto(context, address, await browse(scene.platform, as));
      const page = await context.newPage();
      await page.goto(`${address}${as ? "/mi" : "/"}`);
      // From the first page on which it works, the worker keeps what is opened.
      if (as && javaScriptEnabled) await page.evaluate("navigator.serviceWorker.ready.then(() => 1)");
      return page;
    },
    /**
     * The signal is gone while it is pressed, and comes back. With scripts it waits on the phone and goes out by itself;
     * without, the browser says that there is no network, and loading the page again sends it.
     */
    async pressWithoutSignal(page: Page, button: Locator): Promise<void> {
      const stood = page.url();
      if (javaScriptEnabled) await isKept(page);
      await signal.cut();
      await button.click();
      if (javaScriptEnabled) await heading(page, "Lo guardamos: se envía cuando haya señal");
      else await page.waitForURL("chrome-error://**");
      await signal.restore();
      if (!javaScriptEnabled) {
        await page.reload();
        return;
      }
      await page.evaluate(`dispatchEvent(new Event("online"))`);
      await page.locator("[data-cola]").getByText("Enviado").last().waitFor();
      await page.goto(stood);
    },
    /** The code of the SMS that has come to this phone. */
    codeAt: (number: string) =>
      until(
        async () => {
          await scene.platform.settle();
          const messages = await scene.platform.phone(number).history();
          return messages.map(({ text }) => /Minka es (\d{6})/.exec(text)?.[1]).findLast(Boolean);
        },
        { what: `the code of ${number}` },
      ),
    /** Lets time pass, and what is due in it happen. */
    async pass(time: Parameters<TestPlatform["clock"]["advance"]>[0]): Promise<void> {
      scene.platform.clock.advance(time);
      await scene.platform.settle();
    },
  };
}

/** Waits until the phone has the page that it shows, as it would while somebody reads it. */
export const isKept = (page: Page) =>
  page.waitForFunction(`(() => {
    const address = new URL(location.href);
    address.searchParams.delete("hecho");
    address.hash = "";
    return caches.match(address.href).then((page) => page !== undefined);
  })()`);

/** Waits until the page says so, whole where it is text. */
export const heading = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { name, exact: typeof name === "string" }).waitFor();

/** Goes from where one is to another part of what is one's own: its space, then its page. */
export async function goTo(page: Page, space: string, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Páginas" }).getByRole("link", { name: space }).first().click();
  const within = page.getByRole("navigation", { name: space });
  const more = within.getByText("Más", { exact: true });
  const link = within.getByRole("link", { name, exact: true });
  if (!(await link.isVisible()) && (await more.count()) > 0) await more.click();
  await link.click();
}
