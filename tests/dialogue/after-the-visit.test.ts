import { newId } from "@minka/database/new-id";
import { describe, expect, test } from "vitest";
import { signedIn, signingEnvironment } from "../support/signed-operator.ts";
import { stage } from "./scene.ts";

const on = stage({ environment: signingEnvironment });
const advance = (by: Parameters<typeof on.platform.clock.advance>[0]) => on.platform.clock.advance(by);

/** At 17:00 in Lima, so many days from now. */
async function evening(days: number) {
  const at = on.platform.clock();
  at.setUTCDate(at.getUTCDate() + days);
  at.setUTCHours(22, 0, 0, 0);
  on.platform.clock.set(at);
  await on.settle();
}

/** The visit is over and the producer has rated it; the provider has been asked to. */
async function done() {
  const { producer, provider } = await on.ratingAsked();
  expect(await provider.reads()).toEqual([
    expect.stringMatching(/^¿Qué nota le pone a .+ Del 1 \(mal\) al 5/),
  ]);
  return { producer, provider };
}

test("the evening before, both are reminded of the visit, with the other's number", async () => {
  const { producer, provider } = await on.agreed();
  await evening(0);
  expect(await producer.reads()).toEqual([
    expect.stringMatching(/^Mañana viene .+\. Su numero: 9.+ Si no puede, escriba otro dia o CANCELAR$/),
  ]);
  expect(await provider.reads()).toEqual([
    expect.stringMatching(/^Mañana le espera .+, Tocache\. Su numero: 9.+ CANCELAR$/),
  ]);
});

describe("when the producer does not say whether it took place", () => {
  test("they are asked again after two days, and the provider's word stands", async () => {
    const { producer, provider } = await on.outcomeAsked();
    advance({ days: 2 });
    await on.settle();
    expect(await producer.reads()).toEqual([expect.stringMatching(/^¿Vino/)]);
    expect(await provider.reads()).toEqual([expect.stringMatching(/^¿Ya hizo la visita a .+ SI o NO$/)]);
    expect(await provider.says("si ya fui")).toEqual([
      expect.stringMatching(/^Gracias por avisar\. ¿Qué nota le pone a/),
    ]);
    expect((await on.requestOf(producer.number)).state).toBe("done");
    expect(await producer.reads()).toEqual([expect.stringMatching(/avisa que ya termino/)]);
  });

  test("and the provider neither, a person looks, and decides for both in one line", async () => {
    const { producer, provider } = await on.outcomeAsked();
    advance({ days: 2 });
    await on.settle();
    await Promise.all([producer.reads(), provider.reads()]);
    advance({ days: 6 });
    await on.settle();
    expect(await producer.reads()).toEqual([
      expect.stringMatching(/^Una persona de Minka vera qué paso y le avisara/),
    ]);
    expect(await provider.reads()).toEqual([expect.stringMatching(/^Hubo un problema con visita/)]);
    const { engagement } = await on.requestOf(producer.number);
    const operator = signedIn(on.platform, newId());
    const url = `/api/matching/engagements/${engagement?.id}/settlement`;
    expect((await operator.post(url, { outcome: "done" })).status).toBe(200);
    await on.settle();
    expect(await producer.reads()).toEqual([expect.stringMatching(/quedo como hecho/)]);
    // Beside the question how the producer was, in whatever order.
    expect(await provider.reads()).toContainEqual(expect.stringMatching(/quedo como hecho/));
  });
});

describe("both rate, and neither sees the other's before", () => {
  test("the provider reads one line once both have", async () => {
    const { producer, provider } = await done();
    expect(await producer.says("4")).toEqual([expect.stringMatching(/^Gracias\. Su nota/)]);
    expect(await provider.reads()).toEqual([]);
    expect(await provider.says("5")).toEqual([
      "Gracias. Guardamos su nota.",
      expect.stringMatching(/^Le pusieron nota 4 de 5/),
    ]);
    expect(await producer.reads()).toEqual([]);
  });

  test("LISTO is thanked for and followed by the question in one message", async () => {
    const { producer, provider } = await on.agreed();
    advance({ days: 1 });
    expect(await provider.says("LISTO")).toEqual([
      expect.stringMatching(/^Gracias por avisar\. ¿Qué nota le pone a .+ Del 1/),
    ]);
    expect(await provider.says("8")).toEqual([expect.stringMatching(/^Responda con un numero del 1/)]);
    expect(await provider.says("cinco")).toEqual(["Gracias. Guardamos su nota."]);
    await producer.reads();
  });
});

describe("work that is not good", () => {
  test("is done again: the provider says when, and both read the day", async () => {
    const { producer, provider } = await done();
    expect(await producer.says("quedo mal pues, que vuelva")).toEqual([
      expect.stringMatching(/^Le pedimos a .+ que vuelva\. Tiene hasta .+ para responder/),
    ]);
    expect(await producer.says("estado")).toEqual([
      expect.stringMatching(/le pedimos a .+ que vuelva, responde hasta/),
    ]);
    const [asked] = await provider.reads();
    expect(asked).toMatch(/ pide que usted vuelva: falta arreglar algo\. ¿Va\? Responda SI o NO antes de/);
    expect(await provider.says("si voy el sabado")).toEqual([
      expect.stringMatching(/^Listo, vuelve el s[aá]bado \d+ donde .+ Al terminar escriba LISTO$/),
    ]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/ vuelve el s[aá]bado \d+\. Su numero/)]);
    expect((await on.requestOf(producer.number)).state).toBe("agreed");
  });

  test("and that the provider will not do again goes to a person", async () => {
    const { producer, provider } = await done();
    await producer.says("4");
    expect(await producer.says("no quedo bien la poda")).toEqual([expect.stringMatching(/^Le pedimos a/)]);
    await provider.reads();
    expect(await provider.says("no puedo")).toEqual([
      expect.stringMatching(/^Esta bien\. Una persona de Minka lo ver/),
    ]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/^Una persona de Minka ver/)]);
    expect((await on.requestOf(producer.number)).state).toBe("with_operator");
  });

  test("of which somebody plainly complains is a complaint", async () => {
    const { producer } = await done();
    expect(await producer.says("hizo mal el trabajo y me cobro de mas")).toEqual([
      expect.stringMatching(/^Gracias por contarnos/),
    ]);
    expect((await on.requestOf(producer.number)).state).toBe("done");
  });
});

test("a month later it is asked whether it helped, and a number or words answer", async () => {
  const { producer } = await done();
  await producer.says("5");
  advance({ days: 31 });
  await on.settle();
  expect(await producer.reads()).toEqual([
    expect.stringMatching(/^¿Le sirvio la visita de .+\? Responda 1 SI, 2 ALGO o 3 NO$/),
  ]);
  expect(await producer.says("zzz")).toEqual(["Responda 1 SI, 2 ALGO o 3 NO"]);
  expect(await producer.says("mas o menos")).toEqual([expect.stringMatching(/^Gracias por contarnos/)]);
  expect((await on.requestOf(producer.number)).engagement?.helped).toBe("some");
});

test("a provider who calls a visit off may say why with a number", async () => {
  const { producer, provider } = await on.agreed();
  expect(await provider.says("no puedo ir")).toEqual([expect.stringMatching(/SI 1 camino, SI 2 salud/)]);
  expect(await provider.says("si 2")).toEqual([expect.stringMatching(/^Esta bien, ya no tiene esa visita/)]);
  await producer.reads();
  const [row] = await on.owner`
    select cancel_reason as why from matching.engagements where state = 'cancelled' order by agreed_at desc limit 1`;
  expect(row?.["why"]).toBe("health");
});
