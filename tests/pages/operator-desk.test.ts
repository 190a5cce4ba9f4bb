import { afterAll, beforeAll, expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { browse, type OpenedPage, type Visitor } from "../support/browse.ts";
import { demoCast } from "../support/demo-cast.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

const [operatorPhone, secondPhone] = ["+51900000115", "+51900000061"];
let platform: TestPlatform;
let operator: Visitor;

beforeAll(async () => {
  platform = await startTestPlatform({ environment: { OPERATOR_PHONES: operatorPhone } });
  operator = await browse(platform, operatorPhone);
});
afterAll(() => platform.stop());

const linkTo = (page: OpenedPage, prefix: RegExp): string => {
  const found = page.root
    .querySelectorAll("main a")
    .find((link) => prefix.test(link.getAttribute("href") ?? ""));
  if (!found) throw new Error(`${page.path} links nowhere like ${prefix}: ${page.text.slice(0, 400)}`);
  return (found.getAttribute("href") ?? "").replaceAll("&amp;", "&");
};

const write = async (phone: string, ...texts: string[]) => {
  for (const text of texts) {
    await platform.phone(phone).writes(text);
    await platform.settle();
  }
};

test("what waits is answered by SMS and said to be dealt with", async () => {
  await write(demoCast.member, "quiero hablar con una persona");
  const today = await operator.open("/operador");
  expect(today.h1).toContain("espera a una persona");
  const list = await operator.open("/operador/pendientes?clase=human_wanted");
  const tooLong = await operator.submit(list, "responder", { texto: "a".repeat(301) });
  expect(tooLong.status).toBe(422);
  expect(tooLong.html).toContain("a".repeat(301));
  const answered = await operator.submit(list, "responder", { texto: "Buenos dias, le llamo a las 3." });
  expect(answered.text).toContain("El SMS va en camino");
  expect(answered.path).toContain("?clase=human_wanted");
  await platform.settle();
  expect((await platform.phone(demoCast.member).history()).at(-1)?.text).toContain("le llamo a las 3");
  const done = await operator.submit(answered, "resolver", { nota: "Se llamó" });
  expect(done.text).toContain("Resuelto");
  expect(done.h1).toBe("Nada de esto espera a una persona");
  const late = await operator.submit(list, "responder", { texto: "a".repeat(301) });
  expect(late.text).toContain(`Usted había escrito: «${"a".repeat(301)}»`);
});

test("a request that nobody serves is found by its filters, looked into and searched again", async () => {
  await write("+51900000030", "necesito laboratorio de suelos", "1");
  const list = await operator.open("/operador/pedidos?orden=fecha");
  const file = await platform.app.inject({
    url: "/operador/pedidos.csv?tipo=service",
    headers: { host: "minka.test", cookie: operator.cookies() },
  });
  expect(file.headers["content-type"]).toContain("text/csv");
  expect(file.body.split("\r\n")[0]).toContain("Pedido;Tipo;Quién;Distrito");
  const request = await operator.open(linkTo(list, /^\/operador\/pedidos\/[0-9a-f-]{36}$/));
  expect(request.h1).toContain("pide:");
  expect(request.text).toContain("Qué se buscó");
});

test("weights are tried on a real request before they are kept", async () => {
  await write(demoCast.producer, "necesito tecnico para poda de cacao en Tocache");
  const page = await operator.open("/operador/ajustes/pesos/assistance");
  const wrong = await operator.submit(page, "pesos", { fit: "90", paso: "probar" });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain("debe sumar 100");
  const all = {
    fit: "40",
    distance: "60",
    price: "0",
    rating: "0",
    answering: "0",
    speed: "0",
    completion: "0",
  };
  const rest = { room: "0", freshness: "0", women: "0", help: "0", discovery: "0", rotation: "0" };
  const tried = await operator.submit(page, "pesos", { ...all, ...rest, paso: "probar" });
  expect(tried.text).toContain("Así quedaría");
  // What waited for a signal is looked at by nobody: that it was sent is not all there is to say.
  const queued = { headers: { "x-minka-queued": "1" } };
  const waited = await operator.submit(page, "pesos", { ...all, ...rest, paso: "probar" }, queued);
  expect(waited.status).toBe(409);
  expect(JSON.parse(waited.html)).toMatchObject({ problem: expect.stringContaining("se ve con señal") });
  const kept = await operator.submit(tried, "pesos", { paso: "guardar", nota: "Cerca cuenta más" });
  expect(kept.text).toContain("Guardado");
  expect(kept.text).toContain("Cerca cuenta más");
});

test("another operator is appointed by phone, and what they do is in the audit by their name", async () => {
  const page = await operator.open("/operador/ajustes/operadores");
  const unknown = await operator.submit(page, "nombrar", { celular: "987 000 999" });
  expect(unknown.status).toBe(409);
  expect(unknown.text).toContain("Nadie está registrado con ese celular");
  const appointed = await operator.submit(page, "nombrar", { celular: secondPhone.slice(3) });
  expect(appointed.h1).toBe("2 personas operan Minka");
  const second = await browse(platform, secondPhone);
  expect((await second.open("/operador")).status).toBe(200);
  const audit = await operator.open("/operador/auditoria?parte=profiles&cosa=operator");
  expect(audit.text).toContain("Persona que opera: nombró");
  expect(audit.html).not.toContain('value="people"');
});

test("a conversation is taken in hand, answered and handed back", async () => {
  await write(demoCast.producer, "hola");
  const list = await operator.open("/operador/conversaciones");
  const path = linkTo(list, /^\/operador\/conversaciones\/[0-9a-f-]{36}$/);
  const taken = await operator.submit(await operator.open(path), "tomar");
  expect(taken.text).toContain("La tiene usted hasta");
  const written = await operator.submit(taken, "escribir", { texto: "Le escribe una persona de Minka." });
  expect(written.text).toContain("El SMS va en camino");
  const back = await operator.submit(written, "devolver");
  expect(back.text).toContain("Minka sigue la conversación");
});

test("a side disputes what was agreed, and an operator decides it", async () => {
  const rosa = "+51900000001";
  await write(rosa, "necesito tecnico para poda de cacao en Tocache", "1");
  const [agent] = await agentsOnTheList(platform, rosa);
  await write(agent?.phone ?? "", "si jueves");
  const requester = await browse(platform, rosa);
  const own = await requester.open(
    linkTo(await requester.open("/mi/pedidos"), /^\/mi\/pedidos\/[0-9a-f-]{36}$/),
  );
  platform.clock.advance({ days: 5 });
  await platform.settle();
  await requester.submit(await requester.open(`${own.path}/problema`), "reclamar", { motivo: "bad_work" });
  await platform.settle();
  const disputes = await operator.open("/operador/pedidos?acuerdo=disputed");
  const dispute = await operator.open(linkTo(disputes, /^\/operador\/pedidos\/[0-9a-f-]{36}$/));
  expect(dispute.text).toContain("El trabajo quedó mal.");
  const waiting = await operator.open("/operador/pendientes?clase=request_handed_over");
  expect(waiting.html).toContain(dispute.path);
  expect((await operator.submit(dispute, "resolver")).text).toContain("Elija qué pasó");
  const settled = await operator.submit(dispute, "resolver", { decision: "done" });
  expect(settled.text).toContain("Decidido. Las dos partes lo saben por SMS.");
  expect(settled.text).toContain("Minka decidió: se hizo.");
  // What was decided waits for nobody any more.
  await platform.settle();
  const left = await operator.open("/operador/pendientes?clase=request_handed_over");
  expect(left.html).not.toContain(dispute.path);
});

test("a complaint that waits says whom it is about, and leads to it", async () => {
  const producer = "+51900000004";
  await write(producer, "necesito tecnico para poda de cacao en Tocache", "1");
  const [agent] = await agentsOnTheList(platform, producer);
  await write(agent?.phone ?? "", "si");
  await write(producer, "quiero quejarme del tecnico, me trato mal");
  for (const address of ["/operador/pendientes?clase=complaint", "/operador"]) {
    const page = await operator.open(address);
    const about = page.text.match(/Queja sobre ([^«]+) «quiero quejarme/)?.[1] ?? "";
    expect(about, page.text).not.toBe("");
    const complaint = await operator.open(linkTo(page, /^\/operador\/quejas\/[0-9a-f-]{36}$/));
    expect(complaint.h1).toBe(`Queja sobre ${about}`);
    expect(complaint.text).toContain("«quiero quejarme del tecnico, me trato mal»");
    const tooLong = await operator.submit(complaint, "responder", { texto: "b".repeat(301) });
    expect(tooLong.status).toBe(422);
    expect(tooLong.root.querySelector("details[open] textarea")?.text).toContain("b".repeat(301));
  }
});

test("a provider is suspended with a reason that it is told, and comes back", async () => {
  const list = await operator.open("/operador/proveedores?clase=agent&lugar=Tocache, San Martín");
  const path = linkTo(list, /^\/operador\/proveedores\/[0-9a-f-]{36}$/);
  const silent = await operator.submit(await operator.open(path), "suspender");
  expect(silent.status).toBe(422);
  expect(silent.text).toContain("Escriba por qué");
  const suspended = await operator.submit(silent, "suspender", { razon: "Dos visitas cobradas sin ir" });
  expect(suspended.text).toContain("Suspendido");
  expect(suspended.text).toContain("«Dos visitas cobradas sin ir»");
  const back = await operator.submit(suspended, "reactivar", { razon: "Devolvió lo cobrado" });
  expect(back.text).toContain("Activo otra vez");
});

test("a programme's sponsorship is proposed by one operator and approved by another", async () => {
  const page = await operator.open("/operador/auspicios/nuevo");
  const asked = {
    programa: "Programa Cacao Mujer",
    titulo: "Poda para mujeres de Tocache",
    presupuesto: "1500",
    al: "2027-12-31",
    parte: "80",
    tope: "40",
    veces: "2",
    sexo: ["f"],
    lugares: "provincia de Tocache",
  };
  const nowhere = await operator.submit(page, "proponer", { ...asked, lugares: "Atlántida" });
  expect(nowhere.status).toBe(422);
  expect(nowhere.text).toContain("No conocemos «Atlántida»");
  const proposed = await operator.submit(page, "proponer", asked);
  expect(proposed.h1).toBe("Programa Cacao Mujer paga: Poda para mujeres de Tocache");
  expect((await operator.submit(proposed, "aprobar")).text).toContain("Esto lo aprueba otra persona");
  const second = await browse(platform, secondPhone);
  expect((await second.submit(await second.open(proposed.path), "aprobar")).text).toContain("En marcha");
});

test("organizations are listed with how many belong to them, by state and place", async () => {
  const list = await operator.open("/operador/organizaciones?estado=active&lugar=región San Martín");
  expect(list.root.querySelectorAll("tbody tr").length).toBeGreaterThan(3);
  const next = await operator.open("/operador/organizaciones?orden=-fecha");
  const one = await operator.open(linkTo(next, /^\/operador\/organizaciones\/[0-9a-f-]{36}$/));
  expect(one.text).toContain("Lo que dice de sí");
  expect((await operator.open("/operador/organizaciones?estado=closed")).text).toContain(
    "Con estos filtros no hay nada",
  );
});

test("nobody else finds the desk, its files, or a thing there by its id", async () => {
  const producer = await browse(platform, demoCast.producer);
  const conversation = linkTo(
    await operator.open("/operador/conversaciones"),
    /^\/operador\/conversaciones\/[0-9a-f-]{36}$/,
  );
  for (const path of ["/operador", "/operador/quejas", "/operador/pedidos.csv", conversation])
    expect((await producer.open(path)).status, path).toBe(404);
});
