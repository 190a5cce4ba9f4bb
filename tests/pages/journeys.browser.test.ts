import { readFile } from "node:fs/promises";
import { makeDemoData } from "@minka/platform/make-demo-data";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { bothWays, browserStage, heading, journey, withDemo } from "../support/browser-stage.ts";
import { hasBrowser } from "../support/browser.ts";
import { demoCast } from "../support/demo-cast.ts";

const operator = "+51900000115";
/** Has written to Minka, and belongs to nothing. */
const neighbour = "+51900000003";
const demo = makeDemoData("demo");
const nameOf = (phone: string) => demo.people.find((person) => person.phone === phone)?.name ?? "";
const [purchase] = demo.pools;
if (!purchase) throw new Error("the demo has no joint purchase");
const { organizer, title: urea } = purchase;

describe.skipIf(!hasBrowser).each(bothWays)("$how", journey, ({ javaScriptEnabled }) => {
  const on = browserStage({ javaScriptEnabled, start: withDemo({ OPERATOR_PHONES: operator }) });

  test("a producer asks for a visit, an agent comes, and the producer says how it was", async () => {
    const number = demoCast.producer;
    const page = await on.openPage();
    await page.getByRole("link", { name: "Entrar", exact: true }).click();
    await page.getByLabel("Su número de celular").fill(number.slice(3));
    await page.getByRole("button", { name: "Mandarme el código" }).click();
    await heading(page, "Escriba el código del SMS");
    await page.getByLabel("Código").fill(await on.codeAt(number));
    await page.getByRole("button", { name: "Entrar" }).click();
    await page.getByRole("link", { name: "Pedir", exact: true }).click();

    await heading(page, "¿Qué necesita su chacra?");
    await page.getByRole("link", { name: "Que venga una técnica o un técnico" }).click();
    await page.getByLabel("¿Sobre qué?").selectOption({ label: "Plagas" });
    const district = page.getByLabel("¿En qué distrito?");
    await district.fill("Xyzxyz");
    await page.getByRole("button", { name: "Seguir" }).click();
    await page.getByText("No conocemos ese lugar").waitFor();
    expect(await district.inputValue()).toBe("Xyzxyz");
    await district.fill("Tocache");
    await page.getByRole("button", { name: "Seguir" }).click();
    await heading(page, "¿Está bien así?");
    await page.getByRole("link", { name: "Cambiar algo" }).click();
    await page.getByLabel("Es urgente").waitFor();
    expect(await page.getByLabel("¿Sobre qué?").inputValue()).toBe("pest_management");
    await page.getByRole("button", { name: "Seguir" }).click();
    await heading(page, "¿Está bien así?");
    // A thumb that is not sure presses twice.
    await page.getByRole("button", { name: "Buscar quién puede ir" }).dblclick();
    await heading(page, "Le buscamos quién puede atenderle");
    await on.platform.settle();
    await page.getByRole("link", { name: "Ver si ya hay respuesta" }).click();

    await heading(page, /^\d+ pueden atenderle en Tocache$/);
    await page.getByText("Le toca a usted").waitFor();
    const [agent] = await agentsOnTheList(on.platform, number);
    if (!agent) throw new Error("nobody is on the list");
    await page.getByRole("button", { name: "Pedir esta visita" }).first().click();
    await heading(page, /^Le preguntamos a /);
    await page.getByText(/ tiene hasta .+ para responder/).waitFor();
    await on.platform.settle();

    const asked = await on.openPage({ as: agent.phone, desk: true });
    await asked.getByRole("link", { name: "Ver los pedidos" }).click();
    await heading(asked, "1 pedido espera su respuesta");
    await asked.getByRole("link", { name: "Ver y responder" }).click();
    await asked.getByText("Los ve cuando acepte").waitFor();
    expect(await asked.getByRole("main").textContent()).not.toContain(nameOf(number));
    const day = addDays(limaDay(on.platform.clock()), 3);
    await asked.getByLabel("¿Qué día puede ir?").fill(day);
    await asked.getByRole("button", { name: /^Aceptar/ }).click();
    await asked.getByText("Quedó acordado").waitFor();
    await asked.getByText(nameOf(number)).first().waitFor();

    await page.reload();
    await heading(page, / va el /);
    await page
      .getByRole("main")
      .getByRole("link", { name: readablePhone(agent.phone) })
      .waitFor();
    await on.pass({ days: 4 });
    await page.reload();
    await heading(page, /^¿Vino /);
    await page.getByRole("button", { name: "Sí, vino" }).click();
    await heading(page, /^¿Cómo le fue con /);
    await page.getByRole("radio", { name: /^5/ }).check();
    await page.getByRole("button", { name: "Poner esta nota" }).click();
    await page.getByText("5 de 5").waitFor();
    await page.getByRole("link", { name: "Pedidos", exact: true }).click();
    await heading(page, "Mis pedidos");
    const listed = page.getByRole("main").getByText(/visita técnica de plagas/i);
    expect(await listed.count()).toBe(1);
    const kept = await page.evaluate("navigator.serviceWorker.controller !== null");
    expect(kept).toBe(javaScriptEnabled);
  });

  test.runIf(javaScriptEnabled)(
    "going back to a form that was refused shows it, and sends nothing",
    async () => {
      const page = await on.openPage({ as: demoCast.broker });
      await page.getByRole("link", { name: "Pedir", exact: true }).click();
      await page.getByRole("link", { name: "Que venga una técnica o un técnico" }).click();
      await page.getByLabel("¿En qué distrito?").fill("Xyzxyz");
      await page.getByRole("button", { name: "Seguir" }).click();
      await page.getByText("No conocemos ese lugar").waitFor();
      await page.getByRole("link", { name: "Inicio", exact: true }).click();
      await heading(page, /chacra|espera/);
      const sent: unknown[] = [];
      on.platform.app.server.on("request", ({ method, url }) => {
        if (method === "POST") sent.push(url);
      });
      await page.goBack();
      await heading(page, "¿En qué le ayuda la visita?");
      await page.getByLabel("¿En qué distrito?").waitFor();
      // What had been queued would go out with the next page.
      await page.getByRole("link", { name: "Inicio", exact: true }).click();
      await heading(page, /chacra|espera/);
      expect(sent).toEqual([]);
    },
  );

  test("a member joins the purchase of urea, wants more, and leaves; the broker sees it", async () => {
    const page = await on.openPage({ as: demoCast.member });
    await page.getByRole("link", { name: "Compras", exact: true }).click();
    await page.getByRole("main").getByRole("link", { name: urea }).click();
    await page.getByLabel(/^¿Cuántos sacos/).fill("4");
    await page.getByRole("button", { name: "Apuntarme a esta compra" }).click();
    await heading(page, "Usted pidió 4 sacos");
    const desk = await on.openPage({ as: demoCast.broker, desk: true });
    await desk.getByRole("link", { name: organizer.name }).first().click();
    await desk.getByRole("link", { name: "Compras", exact: true }).click();
    await desk.getByRole("table").getByRole("link", { name: urea }).click();
    const own = desk.getByRole("row", { name: nameOf(demoCast.member) });
    await own.getByRole("cell", { name: "4", exact: true }).waitFor();

    await page.getByText("Cambiar mi pedido").click();
    await page.getByLabel(/^¿Cuántos sacos/).fill("6");
    await page.getByRole("button", { name: "Guardar el cambio" }).click();
    await heading(page, "Usted pidió 6 sacos");
    await desk.reload();
    await own.getByRole("cell", { name: "6", exact: true }).waitFor();

    await page.getByText("Salir de la compra").click();
    await page.getByRole("button", { name: "Salir de esta compra" }).click();
    await page.getByText("ya no está en esta compra").waitFor();
    await page.getByRole("button", { name: "Apuntarme a esta compra" }).waitFor();
    await desk.reload();
    await own.getByText("Salió").waitFor();
  });

  test("a manager invites a member with the keyboard alone, and finds who has not answered", async () => {
    const page = await on.openPage({ as: demoCast.manager, desk: true });
    await enter(page, page.getByRole("link", { name: organizer.name }).first());
    await enter(page, page.getByRole("link", { name: "Socios", exact: true }));
    await enter(page, page.getByRole("link", { name: "Invitar" }));
    await tabTo(page, page.getByLabel("Nombre completo"));
    await page.keyboard.type("Elena Shupingahua");
    await tabTo(page, page.getByLabel("Su celular"));
    await page.keyboard.type(neighbour.slice(3));
    const roles = page.getByRole("radio");
    await tabTo(page, roles.first());
    await page.keyboard.press("ArrowDown");
    expect(await roles.nth(1).isChecked()).toBe(true);
    await page.keyboard.press("ArrowUp");
    expect(await roles.first().isChecked()).toBe(true);
    await enter(page, page.getByRole("button", { name: "Preguntarle por SMS" }));
    await page.getByText("Cuando responda SI, es parte").waitFor();
    await on.platform.settle();
    expect((await on.platform.phone(neighbour).history()).at(-1)?.text).toContain("dice que usted es parte");
    await enter(page, page.getByRole("link", { name: "Socios", exact: true }));
    await enter(page, page.getByRole("link", { name: "Quién falta responder" }));
    await page.getByRole("main").getByText("Elena Shupingahua").first().waitFor();
  });

  test("a supplier changes the price of an offer and says that it holds", async () => {
    const page = await on.openPage({ as: demoCast.supplier, desk: true });
    const shop = page.getByRole("navigation", { name: "Páginas" }).getByRole("link").nth(1);
    const name = (await shop.textContent()) ?? "";
    await shop.click();
    await page.getByRole("navigation", { name }).getByRole("link", { name: "Ofertas" }).click();
    await heading(page, `Lo que ofrece ${name}`);
    await page.getByRole("main").getByRole("listitem").getByRole("link").first().click();
    await page.getByText("Cambiar precio o condiciones").click();
    await page.getByLabel("S/").first().fill("999,50");
    await page.getByRole("button", { name: "Guardar los cambios" }).click();
    await page.getByText("Guardada. Quien pide desde ahora ve lo nuevo.").waitFor();
    await page.getByText("S/ 999.50").first().waitFor();
    // Who changes it says by that that it holds; a day later it may be asked for again.
    await page.getByText("Confirmada hoy").waitFor();
    on.platform.clock.advance({ days: 1 });
    await page.goto(page.url());
    await page.getByText("Confirmada ayer").waitFor();
    await page.getByRole("button", { name: "Todavía vale" }).click();
    await page.getByText("La oferta sigue valiendo desde hoy").waitFor();
    await page.getByText("Confirmada hoy").waitFor();
  });

  test("an operator sees what waits, filters what is asked, and takes it along as a file", async () => {
    for (const [number, text] of [
      [demoCast.member, "necesito laboratorio de suelos en Tocache"],
      [demoCast.broker, "necesito tecnico para poda de cacao en Tocache"],
    ] as const)
      await on.platform.phone(number).writes(text);
    await on.platform.settle();
    const page = await on.openPage({ as: operator, desk: true });
    await page.getByRole("link", { name: "Operación" }).click();
    await page.getByRole("heading", { level: 1, name: /por hacer hoy|espera/ }).waitFor();
    await page.getByRole("link", { name: "Pedidos", exact: true }).click();
    await heading(page, "Lo que la gente pide, y en qué va");
    const rows = page.getByRole("table").getByRole("row");
    await rows.filter({ hasText: nameOf(demoCast.broker) }).waitFor();
    await page.getByLabel("Qué se pide").selectOption({ label: "Laboratorio, secado y más" });
    await page.getByLabel("Distrito o región").fill("provincia de Tocache");
    await page.getByRole("button", { name: "Filtrar" }).click();
    await rows.filter({ hasText: nameOf(demoCast.broker) }).waitFor({ state: "detached" });
    await rows.filter({ hasText: nameOf(demoCast.member) }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Descargar (CSV)" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^minka-pedidos-\d{4}-\d\d-\d\d\.csv$/);
    const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
    expect(lines[0]).toContain("Pedido;Tipo;Quién;Distrito");
    expect(lines.length).toBe(await rows.count());
    expect(lines[1]).toContain(nameOf(demoCast.member));
  });
});

/** Goes on with Tab until it is reached; wherever it stops on the way, one sees where one is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const reached = target.and(page.locator(":focus-visible"));
  for (let presses = 0; presses < 100; presses += 1) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).not.toBe("none");
    if ((await reached.count()) > 0) return;
  }
  throw new Error(`100 tabs do not lead to ${String(target)}`);
}

async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}
