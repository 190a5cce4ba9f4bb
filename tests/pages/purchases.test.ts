import { makeDemoData } from "@minka/platform/make-demo-data";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browse, type Visitor } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
const demo = makeDemoData("demo");
const [pool] = demo.pools;
if (!pool) throw new Error("the demo has no joint purchase");
const urea = pool;
const { organizer } = urea;
const members = demo.memberships.filter(({ organizationId }) => organizationId === organizer.id);
const desk = `/mi-organizacion/${organizer.id}/compras/${urea.id}`;

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const phoneOf = (personId: string) => demo.people.find(({ id }) => id === personId)?.phone ?? "";
const visit = (personId: string): Promise<Visitor> => browse(platform, phoneOf(personId), { as: personId });
const withRole = (role: string) => members.find((member) => member.role === role)?.personId ?? "";
const sharesNoPhone = (personId: string) =>
  demo.people.filter(({ phone }) => phone === phoneOf(personId)).length === 1;
/** Members who are not in the purchase yet, and share no phone. */
const newcomers = members.flatMap(({ role, personId }) =>
  role === "member" && sharesNoPhone(personId) && !urea.orders.some((order) => order.personId === personId)
    ? [personId]
    : [],
);
const [ana = "", berta = "", carmen = ""] = newcomers;

async function pass(hours: number) {
  platform.clock.advance({ hours });
  await platform.settle();
}

test("a producer joins with the price in sight, changes the order and leaves", async () => {
  const member = await visit(ana);
  const list = await member.open("/mi/compras");
  expect(list.h1).toBe("Hay 1 compra en grupo para usted");
  expect(list.text).toContain("Urea 46%");
  expect(list.text).toMatch(/Si se juntan \d+ sacos más, baja a S\/\s[\d.]+ para todos/);
  const purchase = await member.open(`/mi/compras/${urea.id}`);
  expect(purchase.h1).toBe(urea.title);
  const wrong = await member.submit(purchase, "entrar", { sacos: "cinco" });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('value="cinco"');
  const tooWide = await member.submit(purchase, "entrar", { sacos: "6", maximo: "40" });
  expect(tooWide.text).toContain("Lo menos, desde 3; lo más, hasta 9.");
  const crossed = await member.submit(purchase, "entrar", { sacos: "8", minimo: "10", maximo: "4" });
  expect(crossed.text).toContain("Lo menos no puede pasar de lo que pide, ni lo más ser menos.");
  const joined = await member.submit(tooWide, "entrar", { maximo: "9" });
  expect(joined.text).toContain("Usted pidió 6 sacos (acepta de 6 a 9)");
  const [, sum = "", each = ""] =
    /6 sacos, hoy S\/ (\d+\.?\d*\d).*Precio hoy S\/ ([\d.]+)/.exec(joined.text) ?? [];
  expect(Number(sum)).toBeCloseTo(6 * Number(each), 2);
  expect((await member.open("/mi/compras")).text).toContain(`hoy S/ ${sum}`);
  const absurd = await member.submit(joined, "cambiar", { sacos: "4000", maximo: "" });
  expect([absurd.status, absurd.text]).toEqual([422, expect.stringContaining("¿Está bien el número?")]);
  expect(absurd.text).toContain("Sí, son 4,000 sacos: 200,000 kilos en todo");
  // The tick is for that number: with another one it is asked again, and nothing is ticked.
  const other = await member.submit(absurd, "cambiar", { sacos: "5000", seguro: "si" });
  expect([other.status, other.text]).toEqual([422, expect.stringContaining("Sí, son 5,000 sacos")]);
  expect(other.root.querySelector('[name="seguro"]')?.hasAttribute("checked")).toBe(false);
  const meant = await member.submit(other, "cambiar", { seguro: "si" });
  expect(meant.text).toContain("Usted pidió 5,000 sacos");
  const changed = await member.submit(meant, "cambiar", { sacos: "8", maximo: "" });
  expect(changed.text).toContain("Usted pidió 8 sacos");
  const left = await member.submit(changed, "salir");
  expect(left.text).toContain("ya no está en esta compra");
  expect(left.text).toContain("Apuntarme a esta compra");
});

test("an organization opens a purchase, puts a member down, and calls it off", async () => {
  const broker = await visit(withRole("broker"));
  const opening = await broker.open(`/mi-organizacion/${organizer.id}/compras/nueva`);
  expect(opening.h1).toBe("¿Qué quieren comprar juntos?");
  const wrong = await broker.submit(opening, "abrir", { titulo: "Guano de isla", minimo: "muchos" });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('value="Guano de isla"');
  const opened = await broker.submit(wrong, "abrir", { producto: "guano", minimo: "30" });
  expect(opened.h1).toBe("Guano de isla");
  expect(opened.text).toContain("Abierta. Minka invita a los proveedores");
  await platform.settle();
  // Quotes are sealed until the deadline: what is told is reckoned, and says so.
  const sealed = await broker.open(opened.path);
  expect(sealed.text).toContain("en sobre cerrado");
  const absurd = await broker.submit(sealed, "anotar", { persona: carmen, sacos: "400" });
  expect([absurd.status, absurd.text]).toEqual([
    422,
    expect.stringContaining("Sí, son 400 sacos: 20,000 kilos"),
  ]);
  const noted = await broker.submit(absurd, "anotar", { persona: carmen, sacos: "4" });
  const poolPath = `/mi/compras/${opened.path.split("?")[0]?.split("/").at(-1) ?? ""}`;
  const own = await (await visit(carmen)).open(poolPath);
  expect(own.text).toMatch(
    /4 sacos, más o menos S\/ [\d,.]+, sin la entrega\. Es un cálculo con lo que publican/,
  );
  expect(own.text).toContain("Otra persona hizo este pedido por usted.");
  expect(own.text).not.toContain("Precio hoy");
  expect((await broker.open(opened.path)).text).toContain("pedido hecho por otra persona");
  expect(noted.text).toContain("no compra sin su sí al precio final");
  expect(noted.text).toMatch(/4 sacos/);
  expect(noted.text).toContain("Se puede recordar desde el ");
  await pass(48);
  const remindable = await broker.open(opened.path);
  const silent = /Recordar a las (\d+) personas que no han respondido/.exec(remindable.text)?.[1];
  const manager = await visit(withRole("manager"));
  const seen = await manager.open(opened.path);
  const reminded = await broker.submit(remindable, "recordar");
  expect(reminded.text).toContain("Les recordamos por SMS");
  expect(reminded.text).toMatch(
    new RegExp(`Les recordamos el .*, a ${silent ?? "nobody"} personas\\. Se puede recordar otra vez desde`),
  );
  expect(reminded.text).not.toContain("Recordar a las");
  // Somebody else had the page open with its button.
  expect((await manager.submit(seen, "recordar")).text).toContain("Ya les escribimos hace poco");
  const list = await broker.open(`/mi-organizacion/${organizer.id}/compras`);
  expect(list.text).toContain("Guano de isla");
  const gone = await broker.submit(await broker.open(opened.path), "cancelar", { motivo: "No hay camión" });
  expect(gone.text).toContain("La canceló quien la organizaba. Dijo: No hay camión");
});

/** Prices by quantity, as a supplier types them. */
const steps = (first: number, last: number) =>
  Object.fromEntries(
    Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((number) => [
      [`desde${number}`, String(number * 10)],
      [`precio${number}`, String(100 - number)],
    ]),
  );

test("a quote of many prices is kept whole when it is given again untouched", async () => {
  const [first] = urea.suppliers;
  const shop = await visit(first?.personId ?? "");
  const quoting = await shop.open(`/mi-servicio/${first?.providerId ?? ""}/compras/${urea.id}`);
  const five = await shop.submit(quoting, "cotizar", steps(1, 5));
  const seven = await shop.submit(five, "cotizar", steps(6, 7));
  expect(seven.text).toContain("desde 60 a S/ 94; desde 70 a S/ 93");
  const nowhere = await shop.submit(seven, "cotizar", { entrega0: "", entrega1: "" });
  expect([nowhere.status, nowhere.text]).toEqual([422, expect.stringContaining("al menos a un lugar.")]);
  expect(nowhere.root.querySelector('[name="entrega0"]')?.getAttribute("aria-invalid")).toBe("true");
  const onlyThere = await shop.submit(nowhere, "cotizar", { lugares: "1" });
  expect(onlyThere.text).toContain("Diga cuánto cobra por llevarlo; es el único lugar.");
  const longer = await shop.submit(seven, "cotizar", { vale: "2027-01-10" });
  expect(longer.text).toContain("Vale hasta el 10 de enero de 2027");
  const kept = await shop.submit(seven, "cotizar");
  expect(kept.text).toContain("desde 60 a S/ 94; desde 70 a S/ 93");
});

test("a purchase goes its whole way: price, two people's yes, delivery, what was short, and money", async () => {
  const member = await visit(berta);
  await member.submit(await member.open(`/mi/compras/${urea.id}`), "entrar", { sacos: "30" });
  const [first, second] = urea.suppliers;
  const shop = await visit(first?.personId ?? "");
  const shopPath = `/mi-servicio/${first?.providerId ?? ""}/compras/${urea.id}`;
  const quoting = await shop.open(shopPath);
  expect(quoting.text).toContain("Lo que usted ofrece");
  const dearer = await shop.submit(quoting, "cotizar", { precio2: "200" });
  expect(dearer.text).toContain("Por más cantidad el precio no puede subir");
  const more = Object.fromEntries(Object.keys(steps(4, 7)).map((name) => [name, ""]));
  const three = { desde1: "1", precio1: "90", desde2: "60", precio2: "85", desde3: "120", precio3: "80" };
  const quoted = await shop.submit(quoting, "cotizar", { ...more, ...three });
  expect(quoted.text).toContain("desde 1 a S/ 90; desde 60 a S/ 85; desde 120 a S/ 80");
  // Who sells to nobody here reads nothing.
  expect((await shop.open(`/mi-servicio/${second?.providerId ?? ""}/compras/${urea.id}`)).status).toBe(403);

  await pass(24 * 10);
  const broker = await visit(organizer.brokerId);
  const proposed = await broker.open(desk);
  expect(proposed.text).toContain("la aprueba otra persona de la organización");
  const manager = await visit(withRole("manager"));
  const approved = await manager.submit(await manager.open(desk), "aprobar");
  expect(approved.text).toContain("Aprobada. Ahora confirman los proveedores");
  await platform.settle();
  const inbox = await shop.open(`/mi-servicio/${first?.providerId ?? ""}`);
  expect(inbox.h1).toMatch(/compras? en grupo esperan? por usted/);
  expect(inbox.html).toContain(`href="/mi-servicio/${first?.providerId ?? ""}/compras"`);
  const asked = await shop.open(shopPath);
  expect(asked.text).toMatch(/Le compran \d+ sacos\. ¿Los lleva\?/);
  const carried = await shop.submit(asked, "responder", {}, { of: { respuesta: "si" } });
  expect(carried.text).toContain("Gracias. Le avisamos cuando la compra quede firme");
  await platform.settle();

  const final = await member.open(`/mi/compras/${urea.id}`);
  expect(final.text).toContain("¿Está de acuerdo con el precio final?");
  const agreed = await member.submit(final, "responder", {}, { of: { respuesta: "si" } });
  expect(agreed.text).toContain("Ya dijo sí");
  await pass(60);
  const bought = await member.open(`/mi/compras/${urea.id}`);
  expect(bought.text).toMatch(/Usted recibe 30 sacos por S\/\s[\d,.]+/);

  const today = limaDay(platform.clock());
  const planned = await broker.submit(await broker.open(desk), "dia", { dia: addDays(today, 1) });
  expect(planned.text).toContain("Anotado el día");
  await pass(24);
  const brought = await broker.submit(await broker.open(desk), "llego");
  expect(brought.text).toContain("Preguntamos a cada persona si recibió todo");
  await platform.settle();
  const short = await member.submit(
    await member.open(`/mi/compras/${urea.id}`),
    "recibir",
    { llegaron: "28" },
    {},
  );
  expect(short.text).toContain("2 sacos: faltó; el proveedor todavía no responde");
  const credited = await shop.submit(await shop.open(shopPath), "reclamo", { respuesta: "credit" });
  expect(credited.text).toContain("2 sacos: faltó; se descuenta");

  const paying = await member.open("/mi/pagos");
  expect(paying.h1).toMatch(/^Usted debe S\//);
  const account = await member.open(paying.root.querySelector(".rows a")?.getAttribute("href") ?? "");
  const noNumber = await member.submit(account, "anotar", { como: "yape" });
  expect(noNumber.text).toContain("Revise el número de operación");
  const paid = await member.submit(noNumber, "anotar", { operacion: "12345678", monto: "500" });
  expect(paid.text).toContain("el pago cuenta cuando lo confirme");
  const waiting = await broker.open(`/mi-organizacion/${organizer.id}/pagos`);
  expect(waiting.h1).toBe("1 pago espera que digan si llegó");
  const confirmed = await broker.submit(waiting, "confirmar");
  expect(confirmed.text).toContain("Confirmado: el pago ya cuenta");
  expect(confirmed.text).toContain("por Yape, operación 12345678");
  const accounts = await broker.open(`${desk}/cuentas`);
  expect(accounts.text).toMatch(/Pagaron las personas S\/\s500/);
  expect((await broker.open(`${desk}/reparto`)).h1).toBe(`Lista de reparto: ${urea.title}`);

  // What is somebody else's stays so, whatever address is tried.
  const other = await visit(ana);
  expect((await other.open(account.path)).status).toBe(403);
  expect((await other.open(desk)).status).toBe(403);
  const elsewhere = demo.people.find(
    ({ districtCode, id }) => !urea.districts.includes(districtCode) && sharesNoPhone(id),
  );
  const sent = await (await visit(elsewhere?.id ?? "")).open(`/mi/compras/${urea.id}`);
  expect(sent.text).toContain("Esa compra es para quienes viven en otros distritos");
  expect((await other.open(`/mi-organizacion/${organizer.id}/pagos`)).status).toBe(403);
  expect((await member.open(account.path.replace("/mi/", `/mi-organizacion/${organizer.id}/`))).status).toBe(
    200,
  );
});
