import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browse, enter, type OpenedPage, type Visitor } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
/** Producers of the demo, others in each test: a phone gets few codes an hour. */
const producer = (number: number) => `+519000000${String(number).padStart(2, "0")}`;
const signInPage = "Entre con su celular";
const waiting = "Usted estaba enviando esto";

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

/** Signed in, until they leave everywhere from another device. */
async function overSoon(phone: string): Promise<{ visitor: Visitor; end: () => Promise<void> }> {
  const visitor = await browse(platform, phone);
  const other = await browse(platform, phone);
  return {
    visitor,
    async end() {
      await other.submit(await other.open("/salir"), "todos");
      platform.clock.advance({ minutes: 20 });
    },
  };
}

async function rows(): Promise<string> {
  const owner = postgres(platform.database.ownerUrl, { max: 1 });
  const kept = await owner`select * from web.interrupted`;
  await owner.end();
  return JSON.stringify(kept);
}

const placePage = "/mi/datos/lugar";
const correct = (visitor: Visitor, page: OpenedPage, hamlet: string) =>
  visitor.submit(page, "guardar", { distrito: "Uchiza, Tocache", caserio: hamlet });

test("what was being sent when a sign-in was over waits, unread, and goes once its person is back", async () => {
  const { visitor, end } = await overSoon(producer(3));
  const form = await visitor.open(placePage);
  await end();
  const asking = await correct(visitor, form, "Nuevo Progreso Alto");
  expect(asking.h1).toBe(signInPage);
  expect(await rows()).not.toContain("Progreso");
  const back = await enter(platform, visitor, asking, producer(3));
  expect(back.h1).toBe(waiting);
  expect(back.text).toContain("Estaba en Dónde vive");
  expect(back.text).toContain("Distrito Uchiza, Tocache Caserío o comunidad Nuevo Progreso Alto");
  expect((await visitor.open("/mi/datos")).text).not.toContain("Nuevo Progreso Alto");
  const sent = await visitor.submit(back, "guardar");
  expect(sent.text).toContain("Listo, guardamos lo que corrigió.");
  expect(sent.text).toContain("Nuevo Progreso Alto");
  expect(await rows()).toBe("[]");
  expect(visitor.cookies()).not.toContain("minka-envio");
  expect((await visitor.open("/entrar/seguir")).h1).not.toBe(waiting);
});

test("it waits on where a service was away when it was sent", async () => {
  const { visitor, end } = await overSoon(producer(13));
  const form = await visitor.open(placePage);
  await end();
  const asking = await correct(visitor, form, "Alto Uchiza");
  const back = await enter(platform, visitor, asking, producer(13));
  const owner = postgres(platform.database.ownerUrl, { max: 1 });
  await owner`alter table profiles.people rename to gone_for_a_while`;
  const away = await visitor.submit(back, "guardar");
  await owner`alter table profiles.gone_for_a_while rename to people`;
  await owner.end();
  expect(away.status).toBe(503);
  const again = await visitor.open("/entrar/seguir");
  expect(again.h1).toBe(waiting);
  expect((await visitor.submit(again, "guardar")).text).toContain("Alto Uchiza");
  expect(await rows()).toBe("[]");
});

test("it can be looked over and corrected on its page before it goes", async () => {
  const { visitor, end } = await overSoon(producer(9));
  const form = await visitor.open("/pedir?tipo=assistance");
  await end();
  const asking = await visitor.submit(form, "seguir", {
    tema: "pruning",
    urgente: "si",
    distrito: "Uchiza",
    caserio: "Alto Mishollo",
  });
  const back = await enter(platform, visitor, asking, producer(9));
  expect(back.text).toContain("Estaba en ¿En qué le ayuda la visita?");
  expect(back.text).toContain("¿Sobre qué? Poda");
  expect(back.text).toContain("Es urgente sí");
  expect(back.text).not.toContain("assistance");
  const address = back.root.querySelector("a.action")?.getAttribute("href") ?? "";
  const again = await visitor.open(address);
  expect(again.text).toContain("Esto no llegó: su entrada terminó antes.");
  expect(again.root.querySelector("[name=caserio]")?.getAttribute("value")).toBe("Alto Mishollo");
  const check = await visitor.submit(again, "seguir", { caserio: "Nuevo Progreso" });
  expect(check.h1).toBe("¿Está bien así?");
  expect(await rows()).toBe("[]");
  expect((await visitor.open("/pedir?tipo=assistance")).html).not.toContain("Alto Mishollo");
});

test("what was read before it was sent is read again, though no field shows it", async () => {
  const { visitor, end } = await overSoon(producer(10));
  const check = await visitor.submit(await visitor.open("/pedir?tipo=assistance"), "seguir", {
    tema: "pruning",
    distrito: "Uchiza",
  });
  await end();
  const back = await enter(platform, visitor, await visitor.submit(check, "enviar"), producer(10));
  expect(back.text).toContain("Estaba en Revise su pedido");
  expect(back.text).toMatch(/Pide .*poda.* Distrito Uchiza/i);
  const sent = await visitor.submit(back, "enviar");
  expect(sent.text).toContain("Recibimos su pedido.");
});

test("of several buttons it says which one was touched", async () => {
  const { visitor, end } = await overSoon(producer(11));
  const page = await visitor.open("/mi/datos/permisos");
  const buttons = page.root
    .querySelectorAll("form.one")
    .filter((one) => one.querySelector("[name=accion]")?.getAttribute("value") === "dar")
    .map((one) => ({
      para: one.querySelector("[name=para]")?.getAttribute("value") ?? "",
      words: one.querySelector("button")?.text.trim() ?? "",
    }));
  expect(buttons.length).toBeGreaterThan(1);
  const [touched, ...others] = buttons;
  await end();
  const asking = await visitor.submit(page, "dar", {}, { of: { para: touched?.para ?? "" } });
  const back = await enter(platform, visitor, asking, producer(11));
  expect(back.text).toContain(`Usted tocó ${touched?.words}`);
  for (const { words } of others) expect(back.text).not.toContain(words);
  await visitor.submit(back, "dar");
  expect(await rows()).toBe("[]");
});

test("where its page cannot be seen any more, nothing of what was typed is read out", async () => {
  const { visitor, end } = await overSoon(producer(12));
  const form = await visitor.open(placePage);
  await end();
  const gone = { ...form, path: `/mi/credito/${randomUUID()}` };
  const back = await enter(platform, visitor, await correct(visitor, gone, "Alto Mishollo"), producer(12));
  expect(back.h1).toBe(waiting);
  expect(back.text).toContain("La página donde lo escribió no se puede ver ahora");
  expect(back.html).not.toContain("Mishollo");
  await visitor.submit(back, "no");
});

test("somebody else who signs in there finds nothing, and it is gone", async () => {
  const [rosa, juan] = [producer(4), producer(5)];
  const { visitor, end } = await overSoon(rosa);
  const form = await visitor.open(placePage);
  await end();
  const asking = await correct(visitor, form, "Alto Mishollo Bajo");
  const theirs = await enter(platform, visitor, asking, juan);
  expect(theirs.h1).not.toBe(waiting);
  expect(theirs.html).not.toContain("Mishollo");
  expect(await rows()).toBe("[]");
  await visitor.submit(await visitor.open("/salir"), "salir");
  const again = await enter(platform, visitor, await visitor.open("/entrar?seguir=/entrar/seguir"), rosa);
  expect(again.h1).not.toBe(waiting);
});

test("it is not sent where they say so, and is forgotten after an hour", async () => {
  const [juan, flor] = [producer(6), producer(7)];
  const first = await overSoon(juan);
  const form = await first.visitor.open(placePage);
  await first.end();
  const asking = await correct(first.visitor, form, "Santa Rosa Alta");
  const back = await enter(platform, first.visitor, asking, juan);
  await first.visitor.submit(back, "no");
  expect(await rows()).toBe("[]");
  expect((await first.visitor.open("/mi/datos")).text).not.toContain("Santa Rosa Alta");

  const second = await overSoon(flor);
  const later = await second.visitor.open(placePage);
  await second.end();
  const lost = await correct(second.visitor, later, "Santa Rosa Baja");
  platform.clock.advance({ minutes: 61 });
  expect((await enter(platform, second.visitor, lost, flor)).h1).not.toBe(waiting);
});

test("nothing is kept of a form that is nobody's, or of who leaves", async () => {
  const { visitor, end } = await overSoon(producer(8));
  const [leaving, form] = [await visitor.open("/salir"), await visitor.open(placePage)];
  await end();
  expect((await visitor.submit(leaving, "salir")).h1).toBe(signInPage);
  await visitor.submit(form, "guardar", { quien: "not a person of Minka", caserio: "Otro lugar" });
  expect(await rows()).toBe("[]");
  expect(visitor.cookies()).not.toContain("minka-envio");
});
