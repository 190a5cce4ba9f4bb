import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAt } from "../personal-data/signed-in.ts";
import { browse, type Visitor } from "../support/browse.ts";
import { desk, link } from "../support/page-links.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
/** Of the Asociación de Productores Mono Blanco in Tocache. */
const phones = {
  olinda: "+51900000050",
  jessica: "+51900000109",
  manager: "+51900000110",
  broker: "+51900000061",
  lender: "+51900095013",
};
/** In no organization. */
const alone = "+51900000010";
const operator = "+51900000038";
const neighbours = ["+51900000003", "+51900000008", "+51900000036"];
const people: Partial<Record<keyof typeof phones, Visitor>> = {};

beforeAll(async () => {
  platform = await startTestPlatform({ environment: { OPERATOR_PHONES: operator } });
});
afterAll(() => platform.stop());

const as = async (who: keyof typeof phones): Promise<Visitor> =>
  (people[who] ??= await browse(platform, phones[who]));

test("a member asks, the association vouches in two steps, the lender approves, and nobody else learns of it", async () => {
  const [olinda, broker, manager, lender] = [
    await as("olinda"),
    await as("broker"),
    await as("manager"),
    await as("lender"),
  ];
  const endorsements = `${await desk(broker, "mi-organizacion")}/avales`;
  // There is one manager: what she would propose nobody could approve.
  const single = await manager.open(endorsements);
  expect(single.text).toContain("Aquí falta la segunda. Elíjala entre las socias y los socios");
  expect(single.text).not.toContain("Proponer un tope");
  const proposed = await broker.submit(await broker.open(endorsements), "tope", { tope: "5000" });
  expect(proposed.text).not.toContain("falta la segunda");
  expect(proposed.text).toContain("Usted propuso un tope de S/ 5,000");
  const limited = await manager.submit(await manager.open(endorsements), "aprobar-tope");
  expect(limited.text).toContain("S/ 0 de S/ 5,000 como máximo");

  const asking = await olinda.open("/mi/credito/nuevo");
  const wrong = await olinda.submit(asking, "pedir", { monto: "mucho", meses: "6", para: "fertilizer" });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('value="mucho"');
  expect(wrong.text).toContain("Escriba el monto en soles");
  const compared = await olinda.submit(wrong, "pedir", {
    monto: "800",
    tiene: ["identity_document", "no_overdue_debt"],
  });
  expect(compared.h1).toMatch(/^Le falta poco para \d+ créditos? de S\/ 800$/);
  expect(compared.text).toMatch(/Recibe S\/ .* cuotas de hasta S\/ .* Le cuesta S\/ .* \(TCEA [\d.]+ %\)/);
  const credit = compared.path;
  const oferta = compared.root
    .querySelectorAll('input[name="oferta"]')
    .find((input) => input.closest("li")?.text.includes("Ahorro y Crédito Mono Blanco"))
    ?.getAttribute("value");
  const chosen = await olinda.submit(compared, "elegir", {}, { of: { oferta: oferta ?? "" } });
  expect(chosen.text).toContain("Falta: título de la chacra.");
  const asked = await olinda.submit(chosen, "aval");
  expect(asked.text).toContain("tiene que decir si da su aval");

  await platform.settle();
  const one = await broker.open(endorsements);
  expect(one.h1).toBe("1 aval espera su decisión");
  expect(one.text).toContain("Pide S/ 800 para abono");
  const vouched = await broker.submit(one, "proponer", { condiciones: "keep_membership" });
  expect(vouched.text).toContain("falta que otra gerenta o gerente lo apruebe");
  const approvedBy = await manager.submit(await manager.open(endorsements), "aprobar");
  expect(approvedBy.text).toContain("La organización da su aval");

  const ready = await olinda.open(credit);
  expect(ready.h1).toBe("Revise y envíe su pedido a Ahorro y Crédito Mono Blanco");
  const withoutAnswer = await olinda.submit(ready, "enviar");
  expect([withoutAnswer.status, withoutAnswer.text]).toEqual([
    422,
    expect.stringContaining("Diga si puede verlo o no."),
  ]);
  const submitted = await olinda.submit(withoutAnswer, "enviar", { historia: "no" });
  expect(submitted.h1).toContain("está viendo su pedido");

  const credits = `${await desk(lender, "mi-servicio")}/creditos`;
  const waiting = await lender.open(credits);
  expect(waiting.h1).toBe("1 crédito espera su revisión");
  expect(waiting.text).not.toContain("Olinda");
  const seen = await lender.open(link(waiting, `${credits}/`));
  expect(seen.h1).toBe("Olinda Cárdenas Ríos pide S/ 800 a 6 meses");
  expect(seen.text).toContain("La persona prefirió no mostrarlo");
  const nothing = await lender.submit(seen, "pedirMas");
  expect([nothing.status, nothing.text]).toEqual([422, expect.stringContaining("Elija qué falta")]);
  const wanting = await lender.submit(nothing, "pedirMas", { nota: "La boleta de su última venta" });
  expect(wanting.text).toContain("le pidieron: La boleta de su última venta");
  const more = await olinda.open(credit);
  expect(more.h1).toBe("Ahorro y Crédito Mono Blanco pide algo más");
  expect(more.text).toContain("pide: La boleta de su última venta");
  const brought = await olinda.submit(more, "listo");
  expect(brought.text).toContain("Le avisamos a la entidad: ahora decide");
  expect((await lender.open(seen.path)).text).toContain("dijo que ya lo tiene o ya lo llevó");
  const tooMuch = await lender.submit(seen, "aprobar", { monto: "900" });
  expect([tooMuch.status, tooMuch.text]).toEqual([
    422,
    expect.stringContaining("No puede ser más de lo que pide (S/ 800)."),
  ]);
  const lent = await lender.submit(seen, "aprobar", { monto: "700", condiciones: "show_receipt" });
  expect(lent.text).toContain("La persona tiene que decir si lo acepta");

  const offered = await olinda.open(credit);
  expect(offered.h1).toBe("Ahorro y Crédito Mono Blanco aprobó su crédito: ¿lo acepta?");
  expect(offered.text).toMatch(/Recibe S\/ 7?\d\d.* Devuelve en todo S\/ \d/);
  const taken = await olinda.submit(offered, "aceptar", { descuento: "si" }, { of: { acepta: "si" } });
  expect(taken.h1).toBe("Ahorro y Crédito Mono Blanco le va a entregar el dinero");

  const creditId = credit.split("/").at(-1) ?? "";
  await platform.settle();
  const handing = await lender.open(
    link(await lender.open(`${credits}/${creditId}`), `${credits.replace("creditos", "pagos")}/`),
  );
  await lender.submit(handing, "anotar", { como: "yape", operacion: "05519042" });
  const arrived = await olinda.open(credit);
  expect(arrived.text).toContain("dice que ya le entregó S/ 700");
  await olinda.submit(await olinda.open(link(arrived, "/mi/pagos/")), "confirmar");
  const owing = await olinda.open(credit);
  expect(owing.h1).toMatch(/^Usted debe S\/ 7\d\d/);
  expect(owing.text).toContain("Su próxima cuota es de");
  const noReceipt = await olinda.submit(owing, "usar", { boleta: "no tengo" });
  expect([noReceipt.status, noReceipt.html]).toEqual([422, expect.stringContaining('value="no tengo"')]);
  const shown = await olinda.submit(noReceipt, "usar", { boleta: "F001-12345" });
  expect(shown.text).toContain("usted mostró en qué lo usó");

  const jessica = await as("jessica");
  expect((await jessica.open(credit)).status).toBe(404);
  expect((await broker.open(credit)).status).toBe(404);
  expect((await broker.open(`${credits}/${creditId}`)).status).toBe(404);
  expect((await broker.open(credits)).status).toBe(403);
  expect((await jessica.open(endorsements)).status).toBe(403);
});

test("a lender says no with reasons that say what to change, and it may be asked again", async () => {
  const [jessica, lender] = [await as("jessica"), await as("lender")];
  const compared = await jessica.submit(await jessica.open("/mi/credito/nuevo"), "pedir", {
    monto: "1000",
    meses: "6",
    para: "fertilizer",
    tiene: ["identity_document"],
  });
  const oferta = compared.root
    .querySelectorAll('input[name="oferta"]')
    .find((input) => input.closest("li")?.text.includes("Ahorro y Crédito Mono Blanco"))
    ?.getAttribute("value");
  const chosen = await jessica.submit(compared, "elegir", {}, { of: { oferta: oferta ?? "" } });
  const sent = await jessica.submit(chosen, "enviar", { historia: "si" });
  expect(sent.text).toContain("debe responder hasta el");
  const credits = `${await desk(lender, "mi-servicio")}/creditos`;
  const list = await lender.open(`${credits}?estado=submitted`);
  const waiting = await lender.open(link(list, `${credits}/`));
  expect(waiting.text).toContain("Campañas");
  // Who could answer for her is asked where she reads that it is wanted.
  await lender.submit(waiting, "pedirMas", { requisitos: ["association_endorsement", "group_guarantee"] });
  const wanted = await jessica.open(sent.path);
  expect(link(wanted, "/mi/credito/")).toMatch(/\/grupo$/);
  const vouching = await jessica.submit(wanted, "aval");
  expect(vouching.text).toContain("Le avisamos a su organización");
  expect(vouching.text).toContain("todavía no responde");
  expect(vouching.html).not.toContain("Pedir el aval de");
  const seen = await lender.open(waiting.path);
  const nothing = await lender.submit(seen, "negar");
  expect([nothing.status, nothing.text]).toEqual([422, expect.stringContaining("Elija al menos un motivo")]);
  // A figure without its reason would be lost.
  const unticked = await lender.submit(seen, "negar", { motivos: ["no_funds"], hasta: "500" });
  expect([unticked.status, unticked.text]).toEqual([
    422,
    expect.stringContaining("Marque arriba «Es mucho monto», o deje esto vacío."),
  ]);
  const reasons = ["amount_too_high", "requirement_missing"];
  const why = { motivos: reasons, hasta: "500", falta: "land_title" };
  const over = await lender.submit(unticked, "negar", why);
  expect(over.text).toContain("Este crédito terminó: ya no se puede ver.");
  const refused = await jessica.open(sent.path);
  expect(refused.h1).toBe("Ahorro y Crédito Mono Blanco no le presta esta vez");
  expect(refused.text).toContain("Es mucho monto: presta hasta S/ 500.");
  expect(refused.text).toContain("Falta un requisito: título de la chacra.");
  await platform.settle();
  // What the lender wrote is in the SMS too: many never open the page.
  expect((await platform.phone(phones.jessica).reads()).at(-1)).toMatch(
    /no aprob. su cr.dito: es mucho monto \(presta hasta S\/ 500\) y falta un requisito \(t.tulo de la chacra\)\. Puede bajar el monto/,
  );
  expect(refused.text).toContain("puede bajar el monto");
  expect((await jessica.open("/mi/credito")).h1).toBe("Usted no tiene créditos en camino");
});

test("who is in no organization gathers neighbours, who each say yes on their own page", async () => {
  const borrower = await browse(platform, alone);
  const compared = await borrower.submit(await borrower.open("/mi/credito/nuevo"), "pedir", {
    monto: "900",
    meses: "6",
    para: "fertilizer",
    tiene: ["identity_document"],
  });
  const forWomen = compared.root
    .querySelectorAll('input[name="oferta"]')
    .find((input) => input.closest("li")?.text.includes("Crédito para mujeres productoras"));
  const oferta = forWomen?.getAttribute("value");
  // Whom it is for is said in the words of the offer's own page.
  const [audience] = /(Solo|Primero) para mujeres/.exec(forWomen?.closest("li")?.text ?? "") ?? [];
  expect((await borrower.open(`/ofertas/${oferta}`)).text).toContain(`Para quién ${audience}`);
  const chosen = await borrower.submit(compared, "elegir", {}, { of: { oferta: oferta ?? "" } });
  const naming = await borrower.open(`${chosen.path}/grupo`);
  const [primero = "", segundo = "", tercero = ""] = neighbours;
  const twice = await borrower.submit(naming, "juntar", { primero, segundo, tercero: segundo });
  expect([twice.status, twice.text]).toEqual([422, expect.stringContaining("tres personas o más")]);
  const named = await borrower.submit(twice, "juntar", { tercero });
  expect(named.text).toContain("dijeron que sí 0 de 3");
  for (const phone of neighbours) {
    const neighbour = await browse(platform, phone);
    const asked = await neighbour.open("/mi/credito");
    expect(asked.text).toContain("S/ 300");
    const agreed = await neighbour.submit(asked, "responder", {}, { of: { acepta: "si" } });
    expect(agreed.text).toContain("Por quién responde usted");
  }
  expect((await borrower.open(named.path)).text).toContain("3 vecinas y vecinos");
});

test("an operator sees what waits for which lender and what is vouched for, and nobody's credit", async () => {
  const [desk, olinda] = [await browse(platform, operator), await as("olinda")];
  const page = await desk.open("/operador/creditos?distrito=Tocache");
  expect(page.h1).toBe("Ningún crédito ni aval está sin atender");
  expect(page.text).toContain("Ahorro y Crédito Mono Blanco");
  expect(page.text).toContain("Asociación de Productores Mono Blanco");
  expect(page.text).not.toContain("Olinda");
  expect((await olinda.open("/operador/creditos")).status).toBe(404);
});

test("who acts for another learns nothing of their credit", async () => {
  const [helper, helped] = ["+51900000045", "+51900000115"];
  await (
    await signInAt(platform, helper)
  ).done("POST", "/api/profiles/delegations", { principal: { phone: helped } });
  await platform.settle();
  await platform.phone(helped).writes("si");
  await platform.settle();
  platform.clock.advance({ minutes: 10 });
  const wilder = await browse(platform, helper);
  const acting = await wilder.submit(await wilder.open("/mi/por-otros"), "empezar");
  expect(acting.html).toContain("que le dio permiso");
  for (const path of ["/mi/credito", "/mi/credito/nuevo"])
    expect((await wilder.open(path)).h1).toBe("El crédito solo lo ve su dueña o dueño");
});

test("a credit is taken back in two steps, the first of which says what that means", async () => {
  const visitor = await browse(platform, "+51900000014");
  const asking = await visitor.open("/mi/credito/nuevo");
  const wanted = {
    monto: "800",
    meses: "6",
    para: "fertilizer",
    tiene: ["identity_document", "no_overdue_debt"],
  };
  const compared = await visitor.submit(asking, "pedir", wanted);
  const chosen = await visitor.submit(compared, "elegir");
  const button = chosen.root.querySelectorAll("button").find(({ text }) => text.includes("ya no quiero"));
  const around = button?.closest("details");
  expect(around?.querySelector("summary")?.text).toContain("Ya no quiero este crédito");
  expect(around?.text).toContain("Si después lo quiere, tiene que pedirlo de nuevo.");
  expect((await visitor.submit(chosen, "retirar")).text).toContain("Su crédito quedó retirado.");
});
