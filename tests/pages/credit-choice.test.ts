import { afterAll, beforeAll, expect, test } from "vitest";
import { browse } from "../support/browse.ts";
import { link } from "../support/page-links.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

test("who asks for more than anybody lends reads what is lent, and what they say they have is said there", async () => {
  const visitor = await browse(platform, "+51900000016");
  const asked = { monto: "900000", meses: "6", para: "fertilizer" };
  const none = await visitor.submit(await visitor.open("/mi/credito/nuevo"), "pedir", asked);
  expect(none.h1).toBe("Hoy ningún crédito le alcanza así");
  expect(none.text).toMatch(/Para eso las entidades prestan de S\/ [\d,]+ a S\/ [\d,]+\./);
  expect(none.text).toMatch(/No calza con lo que pide: presta de S\/ [\d,]+ a S\/ [\d,]+/);
  expect(none.root.querySelectorAll('input[name="oferta"]')).toEqual([]);
  const changing = await visitor.open(link(none, `${none.path}/cambiar?monto=`));
  const monto = Number(changing.root.querySelector('input[name="monto"]')?.getAttribute("value"));
  expect(monto).toBeGreaterThan(0);
  expect(monto).toBeLessThan(900_000);
  const within = await visitor.submit(changing, "cambiar");
  expect(within.text).not.toContain("Para eso las entidades prestan");
  expect(within.text).toContain("dígalo aquí");
  expect((await visitor.open(link(within, `${none.path}/cambiar#tiene`))).h1).toBe("Cambie lo que pide");
});

test("who chooses on the page is asked there what may be seen, and by SMS only once they go on by SMS", async () => {
  const number = "+51900000022";
  const [visitor, phone] = [await browse(platform, number), platform.phone(number)];
  const asked = { monto: "900", meses: "6", para: "fertilizer", tiene: ["identity_document"] };
  const compared = await visitor.submit(await visitor.open("/mi/credito/nuevo"), "pedir", asked);
  const chosen = await visitor.submit(compared, "elegir");
  expect(chosen.text).toContain("ver lo que usted hizo en Minka?");
  await platform.settle();
  expect((await phone.reads()).join("\n")).not.toMatch(/¿Puede /);
  const says = async (text: string) => {
    await phone.writes(text);
    await platform.settle();
    return (await phone.reads()).join("\n");
  };
  expect(await says("CREDITO")).toMatch(/^Falta un aval/);
  expect(await says("NO")).toMatch(/^¿Puede .+ ver/);
  // Of another lender they are asked anew, again on the page alone; a late answer is to what is asked now.
  const lendersLate = async (late: string) => {
    const others = await visitor.open(`${chosen.path}?ver=opciones`);
    const [first] = others.root.querySelectorAll('input[name="oferta"]');
    await visitor.submit(others, "elegir", {}, { of: { oferta: first?.getAttribute("value") ?? "" } });
    await platform.settle();
    expect(await phone.reads()).toEqual([]);
    expect(await says(late)).toMatch(/^Eso ya cambi[oó].+\n¿Puede .+ ver/);
  };
  await lendersLate("SI");
  await lendersLate("NO");
  await says("SI");
  const again = await visitor.open(chosen.path);
  const said = again.root
    .querySelectorAll('input[name="historia"]')
    .filter((one) => one.hasAttribute("checked"))
    .map((one) => one.getAttribute("value"));
  expect(said).toEqual(["si"]);
});

test("who chose on the page and goes on by SMS reads what the lender would see before it is sent", async () => {
  const number = "+51900000024";
  const [visitor, phone] = [await browse(platform, number), platform.phone(number)];
  const says = async (text: string) => {
    await phone.writes(text);
    await platform.settle();
    return (await phone.reads()).join("\n");
  };
  const asked = { monto: "900", meses: "6", para: "fertilizer", tiene: ["identity_document"] };
  const compared = await visitor.submit(await visitor.open("/mi/credito/nuevo"), "pedir", asked);
  await visitor.submit(compared, "elegir");
  expect(await says("ENVIAR")).toMatch(/¿Puede .+ ver/);
  expect(await says("ENVIAR")).not.toMatch(/¿Puede /);
});

test("who has the list in an SMS, chooses on the page and then answers the SMS is asked what may be seen", async () => {
  const number = "+51900000026";
  const [visitor, phone] = [await browse(platform, number), platform.phone(number)];
  const says = async (text: string) => {
    await phone.writes(text);
    await platform.settle();
    return (await phone.reads()).join("\n");
  };
  const asked = { monto: "900", meses: "6", para: "fertilizer", tiene: ["identity_document"] };
  const compared = await visitor.submit(await visitor.open("/mi/credito/nuevo"), "pedir", asked);
  expect(await says("CREDITO")).toContain("Responda los numeros");
  expect(await says("2")).toMatch(/\n1 .+/);
  const listed = await visitor.open(compared.path);
  const [first] = listed.root.querySelectorAll('input[name="oferta"]');
  await visitor.submit(listed, "elegir", {}, { of: { oferta: first?.getAttribute("value") ?? "" } });
  expect(await says("1")).toMatch(/^Falta un aval/);
  // Once: the list has it put, and so would the way on after the aval.
  expect((await says("NO")).match(/¿Puede .+ ver/g)).toHaveLength(1);
  expect(await says("SI")).not.toMatch(/¿Puede /);
});
