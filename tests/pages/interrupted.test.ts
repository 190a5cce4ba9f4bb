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
  expect(back.text).toContain("«Nuevo Progreso Alto»");
  expect((await visitor.open("/mi/datos")).text).not.toContain("Nuevo Progreso Alto");
  const sent = await visitor.submit(back, "guardar");
  expect(sent.text).toContain("Listo, guardamos lo que corrigió.");
  expect(sent.text).toContain("Nuevo Progreso Alto");
  expect(await rows()).toBe("[]");
  expect(visitor.cookies()).not.toContain("minka-envio");
  expect((await visitor.open("/entrar/seguir")).h1).not.toBe(waiting);
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
