import { describe, expect, test } from "vitest";
import { bothWays, browserStage, goTo, heading, journey, withDemo } from "../support/browser-stage.ts";
import { hasBrowser } from "../support/browser.ts";
import { demoCast } from "../support/demo-cast.ts";

/** Of the Asociación de Productores Mono Blanco in Tocache. */
const jessica = "+51900000109";
const lenderName = "Ahorro y Crédito Mono Blanco";

describe.skipIf(!hasBrowser).each(bothWays)("$how", journey, ({ javaScriptEnabled }) => {
  const on = browserStage({ javaScriptEnabled, start: withDemo() });

  test("a member asks for a credit, the lender offers less, it is handed over, and an instalment comes back", async () => {
    const page = await on.openPage({ as: jessica });
    await goTo(page, "Mi chacra", "Crédito");
    await page.getByRole("link", { name: "Pedir un crédito" }).click();
    await page.getByLabel("¿Cuánto necesita?").fill("1000");
    await page.getByLabel("¿En cuántos meses quiere devolverlo?").fill("6");
    await page.getByLabel("¿Para qué es?").selectOption({ label: "Abono" });
    await page.getByRole("checkbox", { name: /DNI/ }).check();
    await page.getByRole("button", { name: "Ver qué créditos hay" }).click();
    const product = page.getByRole("listitem").filter({ hasText: lenderName });
    await product.getByText(/^Recibe S\/.* cuotas de hasta .* Le cuesta S\//).waitFor();
    await product.getByRole("button", { name: /^Elegir este/ }).click();
    await page.getByRole("radio", { name: /^Sí, que lo vea/ }).check();

    // What a household must not find is not kept on the device: without a signal it is not sent, and says so.
    await on.signal.cut();
    const send = page.getByRole("button", { name: /^Enviar/ });
    await send.click();
    if (javaScriptEnabled) await heading(page, "No se envió: no hay señal");
    else await page.waitForURL("chrome-error://**");
    await on.signal.restore();
    if (javaScriptEnabled) {
      await page.goBack();
      await page.getByRole("radio", { name: /^Sí, que lo vea/ }).check();
      await send.click();
    } else await page.reload();
    await heading(page, `${lenderName} está viendo su pedido`);
    await on.platform.settle();

    const desk = await on.openPage({ as: demoCast.lender, desk: true });
    await goTo(desk, lenderName, "Créditos");
    await heading(desk, "1 crédito espera su revisión");
    expect(await desk.getByRole("main").textContent()).not.toContain("Jessica");
    await desk.getByRole("table").getByRole("link").first().click();
    await heading(desk, /^Jessica .* pide S\/\s1,000 a 6 meses$/);
    await desk.getByText("Cosecha entregada").waitFor();
    await desk.getByLabel("Monto").first().fill("700");
    await desk.getByRole("button", { name: "Aprobar este crédito" }).click();
    await desk.getByText("La persona tiene que decir si lo acepta.").waitFor();

    await page.reload();
    await heading(page, `${lenderName} aprobó su crédito: ¿lo acepta?`);
    await page.getByRole("button", { name: /^Acepto · recibo S\// }).click();
    await heading(page, `${lenderName} le va a entregar el dinero`);

    await desk.reload();
    await desk.getByRole("link", { name: "Anotar que se lo entregamos" }).click();
    await desk.getByRole("radio", { name: "Yape" }).check();
    await desk.getByLabel("Número de operación").fill("05519042");
    await desk.getByRole("button", { name: "Anotar mi pago" }).click();
    await desk.getByText(/Falta que Jessica .* confirme S\//).waitFor();

    await page.reload();
    await page.getByRole("link", { name: "Decir si lo recibí" }).click();
    await page.getByRole("button", { name: /^Sí llegó/ }).click();
    await goTo(page, "Mi chacra", "Crédito");
    await page.getByRole("link", { name: /^S\/\s700 a 6 meses/ }).click();
    await heading(page, /^Usted debe S\/\s7\d\d/);
    await page.getByRole("link", { name: "Anotar que pagué una cuota" }).click();
    await page.getByLabel("¿Cuánto?").fill("100");
    await page.getByRole("radio", { name: "Efectivo" }).check();
    await page.getByRole("button", { name: "Anotar mi pago" }).click();
    await page.getByText(`Falta que ${lenderName} confirme S/ 100`).waitFor();

    await goTo(desk, lenderName, "Pagos");
    await heading(desk, "1 pago espera que digan si llegó");
    await desk.getByRole("button", { name: "Sí llegó: S/ 100" }).click();
    await desk.getByText("Confirmado: el pago ya cuenta").waitFor();
    await goTo(page, "Mi chacra", "Crédito");
    await page.getByRole("link", { name: /^S\/\s700 a 6 meses/ }).click();
    await page.getByText(/Pagó S\/\s100 de S\/\s7\d\d/).waitFor();
  });
});
