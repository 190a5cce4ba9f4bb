import { limaDay, limaInstant } from "@minka/domain/lima-time";
import { describe, expect, test } from "vitest";
import { stage } from "./scene.ts";

const on = stage();

/** The day of the agreed visit, at an hour in Lima. */
function atHour(hour: number) {
  on.platform.clock.set(limaInstant(limaDay(on.platform.clock()), hour));
}

async function dayOfVisit(hour: number) {
  const both = await on.agreed();
  on.platform.clock.advance({ days: 1 });
  atHour(hour);
  await on.settle();
  await both.producer.reads();
  await both.provider.reads();
  return both;
}

const rating = /^¿Qué nota/;
const stateOf = async (number: string) => (await on.requestOf(number)).state;

describe("on the day of the visit", () => {
  test("a question closes nothing: it is told who comes, when and under which number", async () => {
    const { producer, provider } = await dayOfVisit(9);
    for (const question of ["ya llego?", "ya llego el tecnico?", "ya llega", "ya viene?", "vino el tecnico?"])
      expect(await producer.says(question)).toEqual([
        expect.stringMatching(/^Su pedido de .+ va hoy\. Su numero: 9/),
      ]);
    expect(await provider.reads()).toEqual([]);
    expect(await stateOf(producer.number)).toBe("agreed");
  });

  test("who says that somebody is there reads what to write at the end", async () => {
    const { producer, provider } = await dayOfVisit(9);
    expect(await producer.says("ya llego el ing")).toEqual([
      expect.stringMatching(/^Qué bueno que ya esta .+\. Cuando termine escriba LISTO$/),
    ]);
    expect(await provider.reads()).toEqual([]);
    expect(await producer.says("ya vino y ya termino")).toEqual([expect.stringMatching(rating)]);
  });

  test("before evening nobody is given up for being late, nor before noon for a plain NO VINO", async () => {
    const { producer, provider } = await dayOfVisit(6);
    const call = /^Llame a .+: 9.+\. Si hasta la tarde no viene nadie, escriba NO VINO/;
    for (const late of ["todavia no llega", "no ha llegado", "no vino"])
      expect(await producer.says(late)).toEqual([expect.stringMatching(call)]);
    atHour(16);
    expect(await producer.says("todavia no viene")).toEqual([expect.stringMatching(call)]);
    expect(await stateOf(producer.number)).toBe("agreed");
    expect(await provider.reads()).toEqual([]);
  });

  test("who is said not to have come is told so once, and again when they speak of it", async () => {
    const { producer, provider } = await dayOfVisit(13);
    expect(await producer.says("no vino nadie")).toEqual([expect.stringMatching(/^Lo sentimos: /)]);
    const blamed = /dijo que usted no llego\. Pedido: visita .+\. Si fue, escriba PERSONA$/;
    expect(await provider.reads()).toEqual([expect.stringMatching(blamed)]);
    expect(await provider.says("listo")).toEqual([expect.stringMatching(blamed)]);
    expect(await provider.says("aqui")).toEqual([expect.stringMatching(blamed)]);
  });
});

describe("a visit that was called done in error", () => {
  test("by its producer goes to a person, who is told of to both", async () => {
    const { producer, provider } = await dayOfVisit(9);
    expect(await producer.says("listo")).toEqual([expect.stringMatching(rating)]);
    await provider.reads();
    expect(await producer.says("no vino nadie")).toEqual([
      expect.stringMatching(/^Una persona de Minka vera qué paso y le avisara/),
    ]);
    expect(await provider.reads()).toEqual([expect.stringMatching(/^Hubo un problema con visita/)]);
    expect((await on.requestOf(producer.number)).engagement?.state).toBe("disputed");
  });

  test.each(["nadie vino", "NO VINO", "todavia no ha venido"])(
    "and is spoken of days after it was rated: '%s'",
    async (words) => {
      const { producer } = await dayOfVisit(9);
      await producer.says("listo");
      await producer.says("4");
      on.platform.clock.advance({ days: 3 });
      await on.settle();
      await producer.reads();
      expect(await producer.says(words)).toEqual([
        expect.stringMatching(/^Una persona de Minka vera qué paso y le avisara/),
      ]);
    },
  );

  test("by its provider is taken back at once", async () => {
    const { producer, provider } = await dayOfVisit(9);
    await provider.says("listo");
    expect(await producer.reads()).toEqual([expect.stringMatching(/avisa que ya termino/)]);
    expect(await producer.says("no vino")).toEqual([expect.stringMatching(/^Lo sentimos: /)]);
    expect(await provider.reads()).toContainEqual(expect.stringMatching(/dijo que usted no llego/));
  });
});

test("LISTO after LISTO is known of, from both", async () => {
  const { producer, provider } = await dayOfVisit(9);
  await producer.says("listo");
  await producer.says("5");
  expect(await producer.says("listo")).toEqual([expect.stringMatching(/^Gracias\. Su nota/)]);
  await provider.says("4");
  expect(await provider.says("listo")).toEqual([expect.stringMatching(/^Gracias por avisar/)]);
});
