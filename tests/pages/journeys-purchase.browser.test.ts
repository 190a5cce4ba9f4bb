import { makeDemoData } from "@minka/platform/make-demo-data";
import type { Page } from "playwright-core";
import { describe, test } from "vitest";
import { bothWays, browserStage, goTo, heading, journey, withDemo } from "../support/browser-stage.ts";
import { hasBrowser } from "../support/browser.ts";
import { demoCast } from "../support/demo-cast.ts";

const demo = makeDemoData("demo");
const organization = "Asociación de Productores Mono Blanco";
const title = "Urea para febrero";
const shop = demo.providers.find(({ id }) => id === demo.pools[0]?.suppliers[0]?.providerId);
const shopPhone = demo.people.find(({ id }) => id === shop?.personId)?.phone ?? "";
/** Members of the association. */
const [olinda, jessica] = ["+51900000050", "+51900000109"] as const;

describe.skipIf(!hasBrowser).each(bothWays)("$how", journey, ({ javaScriptEnabled }) => {
  const on = browserStage({ javaScriptEnabled, start: withDemo() });

  test("an organization opens a purchase, the price falls as members join, and each agrees to the final one", async () => {
    const broker = await on.openPage({ as: demoCast.broker, desk: true });
    await goTo(broker, organization, "Compras");
    await broker.getByRole("link", { name: "Abrir una compra" }).click();
    await broker.getByLabel("Cómo se llama la compra").fill(title);
    await broker.getByLabel("Producto", { exact: true }).selectOption({ label: "Urea" });
    await broker.getByLabel("Lo menos que deben juntar entre todos").fill("20");
    await broker.getByText("Reglas de la compra").click();
    await broker.getByRole("checkbox", { name: "Dan su precio en sobre cerrado" }).uncheck();
    await broker.getByRole("button", { name: "Abrir la compra y avisar a la gente" }).click();
    await heading(broker, title);
    await on.platform.settle();

    const supplier = await on.openPage({ as: shopPhone, desk: true });
    await goTo(supplier, shop?.name ?? "", "Compras en grupo");
    await supplier.getByRole("link", { name: title }).click();
    await supplier.getByLabel("Precio de cada saco", { exact: true }).fill("100");
    await supplier.getByLabel("Desde cuántos (precio 2)").fill("30");
    await supplier.getByLabel("Precio de cada saco (precio 2)").fill("90");
    await supplier.getByLabel(/^Local de/).fill("0");
    await supplier.getByRole("button", { name: "Dar este precio" }).click();
    await supplier.getByText("Anotado su precio").waitFor();

    const first = await on.openPage({ as: olinda });
    await goTo(first, "Mi chacra", "Compras");
    await first.getByRole("link", { name: title }).click();
    await first.getByText("Desde 1 saco entre todos, a S/ 100 cada saco.").waitFor();
    await first.getByLabel(/^¿Cuántos sacos/).fill("20");
    await on.pressWithoutSignal(first, first.getByRole("button", { name: "Apuntarme a esta compra" }));
    await heading(first, "Usted pidió 20 sacos");
    await first.getByText("Si se juntan 10 sacos más, baja a S/ 90 para todos.").waitFor();

    const second = await on.openPage({ as: jessica });
    await goTo(second, "Mi chacra", "Compras");
    await second.getByRole("link", { name: title }).click();
    await second.getByText("Hoy a S/ 100 cada saco.").waitFor();
    await second.getByLabel(/^¿Cuántos sacos/).fill("15");
    await second.getByRole("button", { name: "Apuntarme a esta compra" }).click();
    await heading(second, "Usted pidió 15 sacos");
    await first.reload();
    await first.getByText("S/ 90 cada saco").waitFor();

    await on.pass({ days: 11 });
    await broker.reload();
    await broker.getByText("la aprueba otra persona de la organización").waitFor();
    const manager = await on.openPage({ as: demoCast.manager, desk: true });
    await goTo(manager, organization, "Compras");
    await manager.getByRole("link", { name: title }).first().click();
    await manager.getByRole("button", { name: "Aprobar: 35 sacos por S/ 3,150" }).click();
    await manager.getByText("Aprobada. Ahora confirman los proveedores").waitFor();
    await on.platform.settle();
    await supplier.reload();
    await heading(supplier, "Le compran 35 sacos. ¿Los lleva?");
    await supplier.getByRole("button", { name: /^Sí, llevo 35 sacos/ }).click();
    await supplier.getByText("Le avisamos cuando la compra quede firme").waitFor();
    await on.platform.settle();

    for (const [page, words] of [
      [first, "20 sacos por S/ 1,800"],
      [second, "15 sacos por S/ 1,350"],
    ] as const)
      await agrees(page, words);
    await on.platform.settle();
    await first.reload();
    await heading(first, "Usted recibe 20 sacos por S/ 1,800");
    await first.getByRole("link", { name: "Ya pagué: anotar mi pago" }).waitFor();
    await broker.reload();
    await broker.getByText("El pedido está hecho").waitFor();
  });
});

async function agrees(page: Page, words: string): Promise<void> {
  await page.getByRole("link", { name: "Inicio", exact: true }).click();
  await page.getByRole("link", { name: "Decir si me conviene" }).click();
  await heading(page, "¿Está de acuerdo con el precio final?");
  await page.getByRole("button", { name: `Sí, compro ${words}` }).click();
  await page.getByText("Listo: usted está de acuerdo con el precio").waitFor();
}
