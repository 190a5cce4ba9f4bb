import { addDays, limaDay } from "@minka/domain/lima-time";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bothWays, browserStage, goTo, heading, journey, withDemo } from "../support/browser-stage.ts";
import { hasBrowser } from "../support/browser.ts";
import { demoCast } from "../support/demo-cast.ts";

const organization = "Asociación de Productores Mono Blanco";
const buyerName = "Acopio Huicungo Alto";
const lot = "Cacao de diciembre";
/** A member of the association. */
const olinda = "+51900000050";

describe.skipIf(!hasBrowser).each(bothWays)("$how", journey, ({ javaScriptEnabled }) => {
  const on = browserStage({ javaScriptEnabled, start: withDemo() });
  const dayIn = (days: number) => addDays(limaDay(on.platform.clock()), days);

  test("harvest is gathered for a buyer, who offers, gets another price, signs, receives and pays", async () => {
    const broker = await on.openPage({ as: demoCast.broker, desk: true });
    await goTo(broker, organization, "Lotes");
    await heading(broker, "Ningún lote en camino");
    await broker.getByRole("link", { name: "Abrir un lote" }).click();
    await broker.getByLabel("¿Cómo se llama?").fill(lot);
    await broker.getByLabel("¿Qué cosecha, y cómo se pesa?").selectOption({ label: "Cacao seco" });
    await chooseLike(
      broker.getByLabel("¿Responde al pedido de un comprador?"),
      new RegExp(`Cacao seco, .*: ${buyerName}`),
    );
    await broker.getByLabel("Lo mínimo para venderlo").fill("200");
    await broker.getByLabel("Lo más que entra").fill("1 000");
    await broker.getByLabel("Se puede ofrecer hasta").fill(dayIn(5));
    await broker.getByLabel("El acopio empieza").fill(dayIn(6));
    await broker.getByLabel("El acopio termina").fill(dayIn(12));
    await broker.getByLabel("¿Dónde se lleva?").fill("Almacén de la asociación");
    await broker.getByLabel("Distrito del acopio").fill("Tocache");
    await broker.getByRole("button", { name: "Abrir el lote y avisar por SMS" }).click();
    await heading(broker, lot);

    const member = await on.openPage({ as: olinda });
    await goTo(member, "Mi chacra", "Cosecha");
    await heading(member, `${organization} junta cacao seco`);
    await member.getByRole("link", { name: lot }).click();
    await member.getByLabel("¿Cuánto pone?").fill("300");
    await member.getByLabel("¿En qué lo cuenta?").selectOption({ label: "Kilos" });
    // At the farm there is no signal.
    await on.pressWithoutSignal(
      member,
      member.getByRole("button", { name: "Poner mi cosecha en este lote" }),
    );
    await heading(member, `Usted puso 300 kg en ${lot}`);

    await on.pass({ days: 7 });
    await broker.reload();
    await broker.getByText("Reciban y pesen la cosecha").waitFor();
    await broker.getByRole("link", { name: /^Olinda/ }).click();
    await broker.getByLabel("Peso en la balanza").first().fill("300");
    await broker.getByRole("button", { name: "Guardar el peso y mandar el recibo" }).click();
    await broker.getByText("La persona recibe su recibo por SMS").waitFor();
    await broker.getByLabel("Humedad").fill("7");
    await broker.getByLabel("Fermentación").fill("70");
    await broker.getByLabel("Defectos").fill("3");
    await broker.getByRole("button", { name: "Guardar la calidad" }).click();
    await broker.getByRole("link", { name: lot, exact: true }).click();
    await broker.getByRole("button", { name: "Calcular qué entra al lote" }).click();
    await broker.getByText("Falta que otra persona lo apruebe").first().waitFor();
    const manager = await on.openPage({ as: demoCast.manager, desk: true });
    await goTo(manager, organization, "Lotes");
    await manager.getByRole("link", { name: lot }).click();
    await manager.getByRole("button", { name: /^Aprobar/ }).click();
    await manager.getByText("Falta acordar el contrato").waitFor();

    const buyer = await on.openPage({ as: demoCast.buyer, desk: true });
    await goTo(buyer, buyerName, "Lotes");
    await heading(buyer, "1 lote en camino para ustedes");
    await buyer.getByRole("link", { name: lot }).click();
    await proposes(buyer, "22");
    await buyer.getByText(`${organization} tiene hasta el`).waitFor();
    await broker
      .getByRole("link", { name: "Ver el contrato" })
      .or(broker.getByRole("link", { name: "Contrato y entregas" }))
      .first()
      .click();
    await broker.getByText(`${buyerName} propone`).waitFor();
    await broker.getByText("Proponer otros términos").click();
    await proposes(broker, "24.50");
    await buyer.reload();
    await buyer.getByRole("button", { name: "Aceptar a S/ 24.50 por kilo" }).click();
    await buyer.getByText("Acordado. Ahora firman las dos partes").waitFor();
    await buyer.getByRole("button", { name: "Firmar el contrato" }).click();
    await buyer.getByText(`Falta que firme ${organization}`).waitFor();
    await manager.getByRole("link", { name: "Contrato y entregas" }).click();
    await manager.getByText(`${buyerName} ya firmó. Falta su firma.`).waitFor();
    await manager.getByRole("button", { name: "Firmar el contrato" }).click();
    await heading(manager, "Entregas");

    await broker.reload();
    await broker.getByText("Anotar una entrega").click();
    await broker.getByLabel("Peso en la balanza del comprador").fill("300");
    await broker.getByLabel("Humedad").last().fill("7");
    await broker.getByRole("button", { name: "Guardar, y que el comprador confirme" }).click();
    await buyer.reload();
    await buyer.getByRole("button", { name: "Sí, es así" }).click();
    await buyer.getByText(/^Confirmado\./).waitFor();
    await buyer
      .getByText(/S\/\s7,350/)
      .first()
      .waitFor();
    await buyer.getByRole("link", { name: "Ver y pagar lo que deben" }).click();
    await heading(buyer, /^Falta pagar S\/\s7,350/);
    await buyer.getByRole("radio", { name: "Banco o agente" }).check();
    await buyer.getByLabel("Número de operación").fill("88120034");
    await buyer.getByRole("button", { name: "Anotar mi pago" }).click();
    await buyer.getByText(`Falta que ${organization} confirme`).waitFor();
    await goTo(broker, organization, "Pagos");
    await broker.getByRole("button", { name: /^Sí llegó/ }).click();
    await broker.getByText("Confirmado: el pago ya cuenta").waitFor();

    await goTo(broker, organization, "Lotes");
    await broker.getByRole("link", { name: lot }).click();
    await broker.getByRole("link", { name: "Ver la liquidación" }).click();
    await broker.getByRole("button", { name: "Calcular la liquidación" }).click();
    await heading(broker, /^A repartir: S\/\s7,350/);
    await manager.goto(broker.url().split("?")[0] ?? "");
    await manager.getByRole("button", { name: "Aprobar y avisar a cada quien" }).click();
    await member.getByRole("link", { name: "Cosecha", exact: true }).click();
    await member.getByRole("link", { name: lot }).click();
    await heading(member, /^Le tocan S\/\s7,\d+.* por su cosecha$/);
    await member.getByText("Falta que le paguen").waitFor();
    // What they get tells also what they owe: it is not left on a phone that the house shares.
    const left = await member.evaluate(
      "caches.match(location.href).then((page) => page?.text() ?? '').then((html) => html.includes('Le tocan'))",
    );
    expect(left).toBe(false);
  });
});

async function proposes(page: Page, price: string): Promise<void> {
  await page.getByLabel("Precio por kilo").fill(price);
  await page.getByLabel("¿Dónde se entrega?").fill("Almacén de Huicungo");
  await page.getByRole("button", { name: /^Proponer/ }).click();
}

/** The first option that says this. */
async function chooseLike(list: Locator, words: RegExp): Promise<void> {
  const option = list.getByRole("option").filter({ hasText: words }).first();
  await list.selectOption({ label: ((await option.textContent()) ?? "").trim() });
}
