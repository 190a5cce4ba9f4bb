import { addDays, limaInstant } from "@minka/domain/lima-time";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { bothWays, browserStage, goTo, heading, isKept, journey } from "../support/browser-stage.ts";
import { hasBrowser } from "../support/browser.ts";
import { startMonths, type Agent, type Producer } from "./month-scene.ts";

describe.skipIf(!hasBrowser).each(bothWays)("$how", journey, ({ javaScriptEnabled }) => {
  const on = browserStage({ javaScriptEnabled, start: startMonths });
  let agent: Agent;
  let producer: Producer;
  let day: string;
  let phone: Page;

  beforeAll(async () => {
    const [first] = await on.scene.agents();
    const [someone] = await on.scene.producers(1);
    if (!first || !someone) throw new Error("the demo has nobody for a visit");
    [agent, producer] = [first, someone];
    await on.scene.goTo("2026-11-24", 9);
    const { visits } = await on.scene.plan(agent, [producer]);
    day = visits[0]?.day ?? "";
  });

  /** The agent's month was accepted, the producer has said yes: the morning of the visit, with the day's page open. */
  async function theMorning() {
    phone = await on.openPage({ as: agent.phone });
    await goTo(phone, agent.name, "Mi mes");
    await phone.getByRole("link", { name: "Diciembre" }).click();
    await heading(phone, "En diciembre tiene 1 visita en 1 día");
    await phone.getByText("Falta su respuesta").waitFor();
    await phone.getByRole("button", { name: /^Aceptar mi mes/ }).click();
    await phone.getByText("Aceptó su mes").waitFor();

    await on.scene.goTo(addDays(day, -5), 17);
    const hers = await on.openPage({ as: producer.phone });
    await hers.getByRole("link", { name: "Responder" }).first().click();
    await heading(hers, "Le proponen una visita");
    await hers.getByRole("button", { name: "Sí, les espero ese día" }).click();
    await heading(hers, "Tiene una visita acordada");

    await on.scene.goTo(day, 7);
    await phone.reload();
    await phone.getByRole("link", { name: /^Hoy, / }).click();
    await heading(phone, /^Hoy, .*: 1 visita$/);
    await phone.getByText(producer.name).first().waitFor();
    return hers;
  }

  test.runIf(javaScriptEnabled)(
    "an agent's day without a signal is told once, with the hours at which it was written",
    async () => {
      const hers = await theMorning();
      let sent = 0;
      on.platform.app.server.on("request", ({ headers }) => (sent += headers["x-minka-queued"] ? 1 : 0));
      await isKept(phone);
      const morning = phone.url();
      await on.signal.cut();
      for (const [hour, button] of [
        [8, "Llegué"],
        [10.5, "Ya salí, todo bien"],
        [10.75, "Visita hecha"],
      ] as const) {
        await phoneClock(phone, day, hour);
        await phone.getByRole("button", { name: button }).click();
        await heading(phone, "Lo guardamos: se envía cuando haya señal");
        await phone.getByText("Espera señal. Se envía solo, así como está.").last().waitFor();
        await phone.goto(morning);
        await phone.getByText("Sin señal. Así estaba").waitFor();
        const form = phone.locator("form", { has: phone.getByRole("button", { name: button }) });
        await form.getByText("Ya lo envió desde aquí: espera señal.").waitFor();
      }
      await phone.getByText("3 envíos esperan").waitFor();

      await on.scene.goTo(day, 13);
      await phoneClock(phone, day, 13);
      await on.signal.restore();
      await phone.evaluate(`dispatchEvent(new Event("online")); dispatchEvent(new Event("online"))`);
      await phone.getByText("3 envíos esperan").waitFor({ state: "detached" });
      await on.platform.settle();
      await phone.reload();
      await phone.getByText("Estuvo de 8:00 a. m. a 10:30 a. m.").waitFor();
      await phone.getByText("Hecha", { exact: true }).waitFor();
      expect(sent).toBe(3);
      await rates(hers);
    },
  );

  test.runIf(!javaScriptEnabled)("what the line lost is pressed again and counts once", async () => {
    const hers = await theMorning();
    await on.scene.goTo(day, 8);
    // It gets there, and the answer is lost.
    await phone.route("**", async (route) => {
      await route.fetch({ maxRedirects: 0 });
      await on.signal.cut();
      await route.abort("connectionreset");
    });
    await phone.getByRole("button", { name: "Llegué" }).click();
    await phone.waitForURL("chrome-error://**");
    await phone.unroute("**");
    await on.signal.restore();
    await on.scene.goTo(day, 8.5);
    await phone.reload();
    await phone.getByText("Usted llegó a las 8:00 a. m.").waitFor();
    await on.scene.goTo(day, 10.5);
    await phone.getByRole("button", { name: "Ya salí, todo bien" }).click();
    await phone.getByText("Estuvo de 8:00 a. m. a 10:30 a. m.").waitFor();
    await phone.getByRole("button", { name: "Visita hecha" }).click();
    await phone.getByText("Hecha", { exact: true }).waitFor();
    await rates(hers);
  });

  async function rates(hers: Page) {
    await hers.getByRole("link", { name: "Inicio", exact: true }).click();
    await hers.getByText(`¿Cómo le fue con ${agent.name}?`).waitFor();
    await hers.getByRole("link", { name: "Poner nota" }).click();
    await heading(hers, `¿Cómo le fue con ${agent.name}?`);
    await hers.getByRole("radio", { name: /^5/ }).check();
    await hers.getByRole("button", { name: "Poner esta nota" }).click();
    await hers.getByText("5 de 5").waitFor();
  }
});

/** The hour that the phone itself believes it is, where no page runs. */
async function phoneClock(page: Page, day: string, hour: number) {
  const [worker] = page.context().serviceWorkers();
  if (!worker) throw new Error("no worker is there");
  await worker.evaluate(`Date.now = () => ${limaInstant(day, hour).getTime()}`);
}
