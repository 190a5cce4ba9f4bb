import { withdrawConsent } from "@minka/contracts/people";
import { identifyPhone } from "@minka/contracts/profiles";
import { join } from "node:path";
import { startProxy, type Proxy } from "@minka/test-kit/proxy";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browse, type Visitor } from "../support/browse.ts";
import { hasBrowser, openBrowser, signInto } from "../support/browser.ts";
import { demoCast } from "../support/demo-cast.ts";
import { faultsOf } from "../support/page-faults.ts";
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

  const kept = "Lo guardamos: se envía cuando haya señal";
  const heading = (name: string) => page.getByRole("heading", { name, exact: true });

  async function ask(topic: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
    await page.goto(`${address}/pedir?tipo=assistance`);
    await page.getByLabel("¿Sobre qué?").selectOption(topic);
    for (const [label, words] of Object.entries(more)) await page.getByLabel(label).fill(words);
    await page.getByRole("button", { name: "Seguir" }).click();
    await heading(kept).waitFor();
  }

  /** What the list says of what waits. */
  const waiting = () => page.locator("[data-cola] > li");

  /** Everybody can read and use what is shown now, on the smallest phone too; a picture of it where one is asked for. */
  async function look(name: string): Promise<void> {
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await faultsOf(page), name).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    const shots = process.env["SCREENSHOT_DIR"];
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  }

  const signalIsBack = async () => {
    await signal.restore();
    await page.evaluate(`dispatchEvent(new Event("online"))`);
  };

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
    await page.getByText("Espera señal. Se envía solo, así como está.").waitFor();
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
    // Before the signal is back: the browser may wake the worker at any moment, and what is hers is sent as hers.
    await signInto(context, address, await browse(platform, demoCast.member));
    await signal.restore();
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
    await expect.poll(() => asked(/poda/gi)).toBe(1);
  });

  test("when the sign-in is over it is kept, and asks for it", async () => {
    await signal.cut();
    await ask("nutrition");
    await context.clearCookies();
    await signal.restore();
    await page.goto(`${address}/entrar`);
    await page.getByText("1 envío espera.").waitFor();
    expect(await asked(/abon/gi)).toBe(0);
    // Whoever looks meanwhile learns that something waits, and nothing of it.
    await page.goto(`${address}/guardado`);
    await heading("Entre para enviar lo que espera").waitFor();
    expect(await waiting().allInnerTexts()).toEqual([
      expect.stringMatching(/^Un envío\s+Espera que usted entre/),
    ]);
    await look("guardado-entrar");
    await signInto(context, address, milagros);
    await page.goto(`${address}/mi`);
    await expect.poll(() => asked(/abon/gi)).toBe(1);
  });

  test("what Minka refuses says why, and is corrected in the form that it came from", async () => {
    await signal.cut();
    await ask("pest_management", { "¿En qué distrito?": "Qwertyuiop", Caserío: "Alto Mishollo" });
    await signalIsBack();
    await heading("Algo no se pudo hacer").waitFor();
    const words = await waiting().innerText();
    expect(words).toContain("No conocemos ese lugar.");
    expect(words).toContain("Qwertyuiop, Alto Mishollo");
    await look("guardado-falla");
    await page.goto(`${address}/mi`);
    await page.getByRole("status").filter({ hasText: "Algo no se pudo hacer." }).waitFor();
    await page.goto(`${address}/guardado`);
    await page.getByRole("link", { name: "Corregir" }).click();
    const district = page.getByLabel("¿En qué distrito?");
    await page.getByText("Falta corregir un dato.").waitFor();
    expect(await district.inputValue()).toBe("Qwertyuiop");
    expect(await district.getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("Caserío").inputValue()).toBe("Alto Mishollo");
    expect(await page.getByLabel("¿Sobre qué?").inputValue()).toBe("pest_management");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Falta corregir un dato.");
    await look("corregir");
    await district.fill("Uchiza");
    await page.getByRole("button", { name: "Seguir" }).click();
    await heading("¿Está bien así?").waitFor();
    await page.getByRole("button", { name: "Buscar quién puede ir" }).click();
    await page.waitForURL(/\/mi\/pedidos\//);
    await page.goto(`${address}/guardado`);
    await heading("Aquí no espera nada").waitFor();
    await look("guardado-nada");
  });

  test("what waits is read in words, changed before it goes, and held back meanwhile", async () => {
    await signal.cut();
    await ask("pruning", { Caserío: "Alto Mishollo" });
    await page.goto(`${address}/pedir?tipo=assistance`);
    // No second screen follows here, and the page says so.
    await page.getByText("Lo que envíe sale así como está").waitFor();
    await look("pedir-sin-senal");
    await ask("irrigation");
    await waiting().nth(1).waitFor();
    const words = (await waiting().first().innerText()).replace(/\s+/g, " ");
    expect(words).toMatch(/Poda, .*Alto Mishollo/);
    await look("guardado-espera");
    await page.getByRole("link", { name: "Ver o cambiar" }).first().click();
    await page.getByText("Todavía no se envió: mírelo y envíelo.").waitFor();
    const topic = page.getByLabel("¿Sobre qué?");
    expect(await topic.inputValue()).toBe("pruning");
    const before = await asked(/poda/gi);
    await signalIsBack();
    // The one behind it goes; the one that is being looked over does not.
    await expect.poll(() => asked(/riego/gi)).toBe(1);
    expect(await asked(/poda/gi)).toBe(before);
    await signal.cut();
    await topic.selectOption("harvest");
    await page.getByRole("button", { name: "Seguir" }).click();
    await heading(kept).waitFor();
    await expect.poll(() => waiting().count()).toBe(2);
    await signalIsBack();
    await heading("Ya se envió").waitFor();
    await look("guardado-listo");
    await platform.settle();
    expect([await asked(/poda/gi), await asked(/cosecha/gi)]).toEqual([before, 1]);
  });

  test("what waits is not lost where whoever has the phone meanwhile presses its button", async () => {
    await signal.cut();
    await ask("certification");
    await page.getByRole("link", { name: "Ver o cambiar" }).click();
    await page.getByText("Todavía no se envió: mírelo y envíelo.").waitFor();
    await signal.restore();
    await signInto(context, address, await browse(platform, demoCast.member));
    await page.getByRole("button", { name: "Seguir" }).click();
    await page.waitForLoadState();
    expect(await asked(/certificación/gi)).toBe(0);
    await signInto(context, address, milagros);
    await page.goto(`${address}/mi`);
    await expect.poll(() => asked(/certificación/gi)).toBe(1);
  });

  test("each kind of field is read in words and filled in again, and what was folded is opened", async () => {
    await page.goto(`${address}/diseno`);
    await page.waitForFunction(`caches.match(location.href).then(Boolean)`);
    await signal.cut();
    await page.getByLabel("Nombre de la parcela").fill("La Loma");
    await page.getByLabel("Cuánto quiere pagar").fill("45.50");
    await page.getByLabel("Café").check();
    await page.getByLabel("Es urgente").check();
    await page.getByRole("button", { name: "Pedir esta visita" }).click();
    await heading(kept).waitFor();
    await page.goto(`${address}/diseno`);
    await page.getByText("Quitar la parcela", { exact: true }).click();
    await page.getByRole("button", { name: "Sí, quitar la parcela" }).click();
    await waiting().nth(1).waitFor();
    expect(await waiting().first().innerText()).toContain("La Loma, 45.50, kilos, Café, Es urgente");
    await page.getByRole("link", { name: "Ver o cambiar" }).first().click();
    await page.getByText("Todavía no se envió: mírelo y envíelo.").waitFor();
    expect(await page.getByLabel("Nombre de la parcela").inputValue()).toBe("La Loma");
    expect(await page.getByLabel("Café").isChecked()).toBe(true);
    expect(await page.getByLabel("Cacao").isChecked()).toBe(false);
    expect(await page.getByLabel("Es urgente").isChecked()).toBe(true);
    await page.goto(`${address}/guardado`);
    await page.getByRole("link", { name: "Ver o cambiar" }).last().click();
    // What was folded is opened where it stands.
    await page.getByRole("button", { name: "Sí, quitar la parcela" }).waitFor();
    await page.goto(`${address}/guardado`);
    await page.getByRole("button", { name: "Quitar sin enviar" }).last().click();
    await expect.poll(() => waiting().count()).toBe(1);
    expect(await page.evaluate("document.activeElement.textContent")).toBe(kept);
  });

  test("nobody is asked for without the yes of whom it is for", async () => {
    const phone = "+51900000011";
    const visitor = await browse(platform, phone);
    const call = platform.callAs("notifications");
    const { person } = await call(identifyPhone, { body: { phone } }, { trace: "test" });
    await call(
      withdrawConsent,
      { params: { personId: person?.id ?? "", purpose: "service" }, body: { channel: "sms" } },
      { trace: "test" },
    );
    await signInto(context, address, visitor);
    await page.goto(`${address}/mi`);
    await page.goto(`${address}/pedir?tipo=assistance`);
    await page.waitForFunction(
      `caches.match(location.href).then(async (page) => page && (await caches.keys()).length === 2)`,
    );
    await signal.cut();
    await ask("pruning", { "¿En qué distrito?": "Uchiza" });
    await signalIsBack();
    await page.getByText("Para buscarle necesitamos su permiso").waitFor();
    expect((await visitor.open("/mi/pedidos")).text).not.toMatch(/poda/i);
    await page.getByRole("link", { name: "Corregir" }).click();
    await page.getByText("Para buscarle necesitamos su permiso").waitFor();
    await page.getByRole("button", { name: "Seguir" }).click();
    await page.getByLabel("Acepto que Minka guarde").check();
    await page.getByRole("button", { name: "Buscar quién puede ir" }).click();
    await page.waitForURL(/\/mi\/pedidos\//);
    expect((await visitor.open("/mi/pedidos")).text).toMatch(/poda/i);
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

  test("no form of a page that was open goes out under the cookie of who has left", async () => {
    const tabs = [await context.newPage(), await context.newPage()] as const;
    for (const tab of tabs) {
      await tab.goto(`${address}/pedir?tipo=assistance`);
      await tab.getByLabel("¿Sobre qué?").selectOption("harvest");
    }
    await signal.cut();
    await page.goto(`${address}/salir`);
    await page.getByRole("button", { name: "Salir de Minka en este aparato" }).click();
    await page.getByRole("heading", { name: "Usted salió de este aparato" }).waitFor();
    const [before, after] = tabs;
    await before.getByRole("button", { name: "Seguir" }).click();
    await before.getByRole("heading", { name: "Usted salió de este aparato" }).waitFor();
    await signal.restore();
    await after.getByRole("button", { name: "Seguir" }).click();
    await after.getByRole("heading", { name: "Entre con su celular" }).waitFor();
  });

  test("who leaves on all their devices without a signal has left on all of them", async () => {
    const elsewhere = await browse(platform, demoCast.producer);
    await page.goto(`${address}/salir`);
    await page.waitForFunction(`caches.match(location.href).then(Boolean)`);
    await signal.cut();
    await page.goto(`${address}/salir`);
    await page.getByRole("button", { name: "Salir en todos mis aparatos" }).click();
    await page.getByRole("heading", { name: "Usted salió de este aparato" }).waitFor();
    // Leaving this one again takes nothing of it back.
    await page.goto(`${address}/mi`);
    await signal.restore();
    await page.goto(`${address}/mi`);
    await page.getByRole("heading", { name: "Entre con su celular" }).waitFor();
    platform.clock.advance({ minutes: 20 });
    expect((await elsewhere.open("/mi")).h1).toBe("Entre con su celular");
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
