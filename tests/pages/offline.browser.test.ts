import { startProxy, type Proxy } from "@minka/test-kit/proxy";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browse, type Visitor } from "../support/browse.ts";
import { hasBrowser, openBrowser, signInto } from "../support/browser.ts";
import { demoCast } from "../support/demo-cast.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

describe.skipIf(!hasBrowser)("without a signal", () => {
  let platform: TestPlatform;
  let browser: Browser;
  let signal: Proxy;
  let address: string;
  let context: BrowserContext;
  let page: Page;
  let milagros: Visitor;

  beforeAll(async () => {
    platform = await startTestPlatform();
    const served = new URL(await platform.app.listen({ port: 0, host: "127.0.0.1" }));
    signal = await startProxy({ host: served.hostname, port: Number(served.port) });
    address = `http://127.0.0.1:${signal.port}`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await signal?.close();
    await platform?.stop();
  });

  beforeEach(async () => {
    // A phone gets a few codes an hour.
    platform.clock.advance({ hours: 1 });
    milagros = await browse(platform, demoCast.producer);
    context = await browser.newContext({ locale: "es-PE", viewport: { width: 390, height: 844 } });
    await signInto(context, address, milagros);
    page = await context.newPage();
    await page.goto(`${address}/mi`);
    await page.evaluate("navigator.serviceWorker.ready.then(() => 1)");
    // The worker keeps what is opened from now on.
    await page.goto(`${address}/mi`);
    await page.goto(`${address}/pedir?tipo=assistance`);
    await page.waitForFunction(
      `caches.keys().then(async (names) => {
        const own = names.find((name) => name.startsWith("minka-de-"));
        return own && (await (await caches.open(own)).keys()).length >= 2;
      })`,
    );
  });
  afterEach(async () => {
    await signal.restore();
    await context?.close();
  });

  /** How many requests of Milagros speak of it. */
  const asked = async (word: RegExp) => ((await milagros.open("/mi/pedidos")).text.match(word) ?? []).length;

  async function ask(topic: string): Promise<void> {
    await page.goto(`${address}/pedir?tipo=assistance`);
    await page.getByLabel("¿Sobre qué?").selectOption(topic);
    await page.getByRole("button", { name: "Seguir" }).click();
    await page.getByRole("heading", { name: "Lo guardamos: se envía cuando haya señal" }).waitFor();
  }

  test("pages that were opened are there, and say from when they are", async () => {
    await signal.cut();
    await page.goto(`${address}/mi`);
    expect(await page.getByRole("status").first().textContent()).toContain("Sin señal. Así estaba el");
    await page.goto(`${address}/mi/chacra`);
    expect(await page.getByRole("heading").first().textContent()).toBe("No hay señal");
  });

  test("what is asked waits, is sent once when the signal is back, and the page says so", async () => {
    const written: unknown[] = [];
    platform.app.server.on("request", ({ headers }) => {
      if (headers["x-minka-queued"]) written.push(headers["x-minka-written-at"]);
    });
    const before = Date.now();
    await signal.cut();
    await ask("pest_management");
    const after = Date.now();
    await page.getByText("Espera señal. Se envía solo.").waitFor();
    await signal.restore();
    await page.evaluate(`dispatchEvent(new Event("online")); dispatchEvent(new Event("online"))`);
    await page.getByText("Espera señal").waitFor({ state: "detached" });
    await page.goto(`${address}/mi`);
    await platform.settle();
    expect(await asked(/plaga/gi)).toBe(1);
    // With the hour at which it was written, not at which it was sent.
    const said = Date.parse(String(written[0]));
    expect(before <= said && said <= after, String(written)).toBe(true);
  });

  test("whoever has the phone next sees nothing of it and sends nothing of it", async () => {
    await signal.cut();
    await ask("pruning");
    await signal.restore();
    await signInto(context, address, await browse(platform, demoCast.member));
    await page.goto(`${address}/mi`);
    await page.waitForFunction(
      `caches.keys().then((names) => names.filter((n) => n.startsWith("minka-de-")).length === 1)`,
    );
    await page.evaluate(`dispatchEvent(new Event("online"))`);
    await page.goto(`${address}/guardado`);
    expect(await page.getByRole("main").getByRole("listitem").count()).toBe(0);
    expect(await asked(/poda/gi)).toBe(0);
    await signInto(context, address, milagros);
    await page.goto(`${address}/mi`);
    await expect.poll(() => asked(/poda/gi), { timeout: 15_000 }).toBe(1);
  });

  test("when the sign-in is over it is kept, and asks for it", async () => {
    await signal.cut();
    await ask("nutrition");
    await signal.restore();
    await context.clearCookies();
    await page.goto(`${address}/entrar`);
    await page.getByText("1 envío espera.").waitFor();
    expect(await asked(/abon/gi)).toBe(0);
    await signInto(context, address, milagros);
    await page.goto(`${address}/mi`);
    await expect.poll(() => asked(/abon/gi), { timeout: 15_000 }).toBe(1);
  });

  test("leaving deletes the pages that were kept", async () => {
    await page.goto(`${address}/salir`);
    await page.getByRole("button", { name: "Salir", exact: true }).click();
    await page.getByText("En este aparato no queda nada suyo").waitFor();
    await signal.cut();
    await page.goto(`${address}/mi`);
    expect(await page.getByRole("heading").first().textContent()).toBe("No hay señal");
  });

  test("who leaves without a signal is out: nothing is shown before Minka knows", async () => {
    await signal.cut();
    await page.goto(`${address}/salir`);
    await page.getByRole("button", { name: "Salir de Minka en este aparato" }).click();
    await page.getByRole("heading", { name: "Usted salió de este aparato" }).waitFor();
    await page.goto(`${address}/mi`);
    await page.getByRole("heading", { name: "Usted salió de este aparato" }).waitFor();
    await signal.restore();
    await page.goto(`${address}/mi`);
    await page.getByRole("heading", { name: "Entre con su celular" }).waitFor();
    expect((await milagros.open("/mi")).h1).toBe("Entre con su celular");
  });

  test("a private word is never kept on the device", async () => {
    await page.goto(`${address}/mi/datos/palabra`);
    await signal.cut();
    await page.locator("form input:not([type=hidden])").first().fill("huayruro");
    await page.locator("form button").last().click();
    await page.getByRole("heading", { name: "No se envió: no hay señal" }).waitFor();
    const kept = await page.evaluate<number>(`new Promise((resolve) => {
      const opening = indexedDB.open("minka", 1);
      opening.onsuccess = () => {
        const asked = opening.result.transaction("cola").objectStore("cola").count();
        asked.onsuccess = () => resolve(asked.result);
      };
    })`);
    expect(kept).toBe(0);
  });
});
