import { openRequest } from "@minka/contracts/matching";
import { identifyPhone } from "@minka/contracts/profiles";
import { describe, expect, test } from "vitest";
import { stage } from "./scene.ts";

const on = stage();
const advance = (by: Parameters<typeof on.platform.clock.advance>[0]) => on.platform.clock.advance(by);
const proposed =
  /^.+ puede el viernes 27 por S\/ 77 \(antes: (gratis|S\/ \d+)\)\. Responda SI o NO hasta las .+, o diga su propuesta/;

/** A provider has named a price and a day, and the producer has just read it. */
async function quoted() {
  const { producer, provider } = await on.waiting();
  expect(await provider.says("si puedo el viernes por 77 soles")).toEqual([
    expect.stringMatching(/^Pasamos su propuesta: el viernes 27, S\/ 77\. Pueden responder hasta/),
  ]);
  expect(await producer.reads()).toEqual([expect.stringMatching(proposed)]);
  return { producer, provider };
}

describe("a provider who names a price or a day", () => {
  test("is taken at it with a SI, and both read day and price", async () => {
    const { producer, provider } = await quoted();
    const [line, ...more] = await producer.says("ya pues");
    expect(more).toEqual([]);
    expect(line).toMatch(/dijo que si\. Visita: viernes 27, S\/ 77\. Su numero/);
    expect(await provider.reads()).toEqual([expect.stringMatching(/^Listo\. Visita: viernes 27, S\/ 77\./)]);
    const { engagement } = await on.requestOf(producer.number);
    expect(engagement).toMatchObject({ priceCentimos: 7700, visitOn: "2026-11-27" });
  });

  test("hears of a NO, and the next is asked", async () => {
    const { producer, provider } = await quoted();
    expect(await producer.says("no, muy caro")).toEqual([
      expect.stringMatching(/^Esta bien\. Ya le preguntamos a/),
    ]);
    expect(await provider.reads()).toEqual([expect.stringMatching(/^No aceptaron lo que propuso/)]);
    const next = await on.askedBy(producer);
    expect(next.number).not.toBe(provider.number);
    await next.reads();
  });

  test("reads what the producer proposes in turn, and agrees or names another", async () => {
    const { producer, provider } = await quoted();
    expect(await producer.says("50 soles, mejor el lunes")).toEqual([
      expect.stringMatching(/^Pasamos su propuesta: el lunes 30, S\/ 50\./),
    ]);
    expect(await provider.reads()).toEqual([
      expect.stringMatching(
        /^Por visita técnica .+ en Tocache le proponen: el lunes 30, S\/ 50\. Responda SI o NO antes/,
      ),
    ]);
    expect(await provider.says("estado")).toEqual([
      expect.stringMatching(/le proponen: el lunes 30, S\/ 50/),
    ]);
    expect(await provider.says("60 soles")).toEqual([
      expect.stringMatching(/^Pasamos su propuesta: el lunes 30, S\/ 60/),
    ]);
    expect(await producer.reads()).toEqual([
      expect.stringMatching(/ puede el lunes 30 por S\/ 60 \(antes: .+\)\./),
    ]);
    expect(await producer.says("si 60")).toEqual([
      expect.stringMatching(/dijo que si\. Visita: lunes 30, S\/ 60/),
    ]);
    await provider.reads();
  });

  test("with the price that was asked, or with only a day after SI, has said yes", async () => {
    const { producer, provider } = await on.waiting();
    const { matches } = await on.requestOf(producer.number);
    const price = (matches.find(({ state }) => state === "asked")?.priceCentimos ?? 0) / 100;
    const word = price > 0 ? `si ${price} soles el jueves` : "si el jueves";
    expect(await provider.says(word)).toEqual([
      expect.stringMatching(/^Listo\. Visita: jueves 26(, S\/ \d+|, gratis)\./),
    ]);
  });

  test("is asked whether a small number is soles or a day", async () => {
    const { provider } = await on.waiting();
    expect(await provider.says("si 28")).toEqual(["¿28 soles, o el dia 28? Escriba 28 SOLES o EL 28"]);
    expect(await provider.says("el 28")).toEqual([
      expect.stringMatching(/^Pasamos su propuesta: el s[aá]bado 28\./),
    ]);
  });

  test("may take it back, and the producer is not asked any more", async () => {
    const { producer, provider } = await quoted();
    expect(await provider.says("son 80 soles mejor")).toEqual([
      expect.stringMatching(/^Su propuesta: el viernes 27, S\/ 77\. Esperamos respuesta hasta/),
    ]);
    expect(await provider.says("estado")).toEqual([
      expect.stringMatching(/^Usted propuso el viernes 27, S\/ 77/),
    ]);
    expect(await provider.says("no")).toEqual([
      expect.stringMatching(/^Esta bien, le preguntamos a otra persona/),
    ]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/Ya le preguntamos a/)]);
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^Esa propuesta ya no va/)]);
  });

  test("who said NO with a reason that names a day has said no", async () => {
    const { producer, provider } = await on.waiting();
    expect(await provider.says("no, estoy ocupado hasta el lunes")).toEqual([
      expect.stringMatching(/^Esta bien, le preguntamos a otra persona/),
    ]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/Ya le preguntamos a/)]);
  });
});

describe("a producer who has read a price", () => {
  test("is not understood, is told how to answer, and finds it again with ESTADO", async () => {
    const { producer } = await quoted();
    expect(await producer.says("ahi vemos pues")).toEqual([
      expect.stringMatching(/^Responda SI o NO a lo que propone /),
    ]);
    expect(await producer.says("ESTADO")).toEqual([expect.stringMatching(proposed)]);
  });
});

describe("another day for what is agreed", () => {
  test("is asked of the other side, stands when they say yes, and is told to both", async () => {
    const { producer, provider } = await on.agreed();
    expect(await producer.says("no puedo mañana, mejor el jueves")).toEqual([
      expect.stringMatching(
        /^Le preguntamos a .+ si puede el jueves 26\. Mientras no responda, sigue mañana\./,
      ),
    ]);
    expect(await provider.reads()).toEqual([
      expect.stringMatching(
        /^Por .+, .+ pide cambiar el dia: ya no mañana, sino el jueves 26\. Responda SI o NO/,
      ),
    ]);
    expect(await provider.says("si esta bien")).toEqual([
      expect.stringMatching(/^Listo, con .+ queda el jueves 26\. Su numero: 9/),
    ]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/^Listo, con .+ queda el jueves 26/)]);
    expect((await on.requestOf(producer.number)).engagement?.visitOn).toBe("2026-11-26");
  });

  test("is refused with NO or answered with a third, and until then the day stands", async () => {
    const { producer, provider } = await on.agreed();
    const before = (await on.requestOf(producer.number)).engagement?.visitOn;
    await provider.says("mejor el viernes");
    expect(await producer.reads()).toEqual([expect.stringMatching(/sino el viernes 27\. Responda SI o NO/)]);
    expect(await producer.says("no, el sabado")).toEqual([
      expect.stringMatching(/^Le preguntamos a .+ si puede el s[aá]bado 28/),
    ]);
    const lines = await provider.reads();
    expect(lines.at(-1)).toMatch(/sino el s[aá]bado 28/);
    expect(await provider.says("no")).toEqual([expect.stringMatching(/^Esta bien, no cambia: sigue mañana/)]);
    expect(await producer.reads()).toEqual([
      expect.stringMatching(/ no puede cambiar el dia: sigue mañana\. Su numero/),
    ]);
    expect((await on.requestOf(producer.number)).engagement?.visitOn).toBe(before);
  });

  test("without a day named is explained", async () => {
    const { producer } = await on.agreed();
    expect(await producer.says("no puedo mañana")).toEqual([
      expect.stringMatching(/^Con .+ quedo para mañana\. Para cambiar escriba, por ejemplo: MEJOR EL JUEVES/),
    ]);
  });
});

test("a producer who says nothing to a price may choose again, and the provider waits no more", async () => {
  const { producer, provider } = await quoted();
  advance({ days: 3 });
  await on.settle();
  expect(await provider.reads()).toEqual([expect.stringMatching(/^No respondieron a lo que propuso/)]);
  expect(await producer.reads()).toEqual([expect.stringMatching(/^\d pueden atender/)]);
  expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
});

describe("the interest of a loan", () => {
  async function lenderAsked() {
    const producer = await on.registered();
    // By SMS loans are compared first; on the web a lender may be asked at once.
    const call = on.platform.callAs("web");
    const trace = { trace: "test" };
    const { person } = await call(identifyPhone, { body: { phone: producer.number } }, trace);
    const need = { kind: "credit", amountCentimos: 200_000, purpose: "fertilizer" } as const;
    const body = { personId: person!.id, need, districtCode: "221001", channel: "web" } as const;
    await on.platform.callAs("notifications")(openRequest, { body }, trace);
    await on.settle();
    await producer.says("1");
    return { producer, lender: await on.askedBy(producer) };
  }

  test("is no price: who says yes with a percentage agrees, and reads where it is told", async () => {
    const { producer, lender } = await lenderAsked();
    const said = await lender.says("si, al 3 por ciento");
    expect(said).toEqual([
      expect.stringMatching(/^El porcentaje no es un precio en soles/),
      expect.stringMatching(/^Listo\./),
    ]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/dijo que si/)]);
    const { engagement } = await on.requestOf(producer.number);
    expect(engagement?.priceCentimos).not.toBe(10_000);
  });

  test("is answered with what is proposed and where the rest is told, and the question stays", async () => {
    const { producer, provider } = await on.waiting();
    await provider.says("si por 77 soles");
    expect(await producer.reads()).toEqual([
      expect.stringMatching(/S\/ 77 \(antes: .+\)\. Responda SI o NO hasta/),
    ]);
    expect(await producer.says("cuanto de interes")).toEqual([
      expect.stringMatching(/S\/ 77.* El inter[eé]s y lo demas lo dice por teléfono: con SI le damos/),
    ]);
    expect(await producer.says("si")).toEqual([expect.stringMatching(/dijo que si/)]);
    await provider.reads();
  });
});
