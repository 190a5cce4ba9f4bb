import { describe, expect, test } from "vitest";
import { bothWays, browserStage, heading, journey, withDemo } from "../support/browser-stage.ts";
import { hasBrowser } from "../support/browser.ts";
import { demoCast } from "../support/demo-cast.ts";

describe.skipIf(!hasBrowser).each(bothWays)("$how", journey, ({ javaScriptEnabled }) => {
  const on = browserStage({ javaScriptEnabled, start: withDemo() });

  test("anybody finds who can come, signs in where they ask, and asks that one once", async () => {
    const page = await on.openPage();
    const district = page.getByLabel("¿En qué distrito está su chacra?");
    await district.fill("Tocach");
    await page.getByRole("button", { name: "Ver quién puede ir" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await district.fill("Tocache");
    await page.getByRole("button", { name: "Ver quién puede ir" }).click();
    await heading(page, /pueden? ir a Tocache$/);
    const offered = page.getByRole("region", { name: "Lo que puede pedir en Tocache" });
    await offered.getByRole("link", { name: "Visita técnica" }).click();
    await offered.getByRole("listitem").filter({ hasText: "km" }).getByRole("link").first().click();
    await page.getByText("Qué debe saber").waitFor();
    const who = page.getByRole("main").locator(".lead").getByRole("link");
    const name = (await who.textContent()) ?? "";
    await who.click();
    await heading(page, `${name} atiende desde Tocache`);
    await page.goBack();
    await page.getByRole("link", { name: /^Pedir esta visita/ }).click();

    await heading(page, "Entre con su celular");
    await page.getByLabel("Su número de celular").fill("12");
    await page.getByRole("button", { name: "Mandarme el código" }).click();
    await page.getByRole("alert").or(page.locator(".wrong")).first().waitFor();
    await page.getByLabel("Su número de celular").fill(demoCast.producer.slice(3));
    await page.getByRole("button", { name: "Mandarme el código" }).click();
    await heading(page, "Escriba el código del SMS");
    await page.getByLabel("Código").fill(await on.codeAt(demoCast.producer));
    await page.getByRole("button", { name: "Entrar" }).click();

    await heading(page, "¿En qué le ayuda la visita?");
    await page.getByText(`Le preguntamos primero a ${name}`).waitFor();
    await page.getByLabel("¿En qué distrito?").fill("Tocache");
    await page.getByRole("button", { name: "Seguir" }).click();
    await heading(page, "¿Está bien así?");
    await on.pressWithoutSignal(page, page.getByRole("button", { name: `Preguntar a ${name}` }));
    await on.platform.settle();
    await page.getByRole("link", { name: "Pedidos", exact: true }).click();
    await heading(page, "Mis pedidos");
    const asked = page.getByRole("main").getByRole("listitem");
    expect(await asked.count()).toBe(1);
    await asked.getByRole("link").click();
    await heading(page, `Le preguntamos a ${name}`);
  });
});
