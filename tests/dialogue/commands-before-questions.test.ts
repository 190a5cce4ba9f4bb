import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";

const on = stage();
const order = expect.stringMatching(/^Pedido: visita t[eé]cnica de plagas en cacao, Tocache/);
const stillOffered = /¿Todavia vale su oferta/;

/** Another producer asks the same provider, whose answer is waited for. */
async function alsoAsks(provider: Party): Promise<Party> {
  const producer = await on.choosing();
  for (const number of ["1", "2"]) {
    if (number === "2" && (await on.askedBy(producer)).number === provider.number) break;
    await producer.says(number === "1" ? "1" : "mejor la 2");
  }
  const asked = await on.askedBy(producer);
  if (asked.number !== provider.number) throw new Error("the order went to somebody else");
  await provider.reads();
  return producer;
}

/** The offers of a provider are asked about now. */
async function askWhetherOffersStand(provider: Party): Promise<string[]> {
  await on.owner`
    update catalog.freshness set ask_from = '1990-01-01' where offer_id in (
      select o.id from catalog.offers o join catalog.providers p on p.id = o.provider_id
      join profiles.phones f on f.person_id = p.person_id where f.phone = ${provider.number})`;
  await on.settle();
  return provider.reads();
}

const stateOf = async ({ number }: Party) => (await on.requestOf(number)).state;

describe("while an order waits for an answer", () => {
  test("'no puedo' with the day of a visit is about the visit, and the order is put again", async () => {
    const { producer, provider } = await on.agreed();
    const second = await alsoAsks(provider);
    expect(await provider.says("MI PLAN")).toEqual([
      expect.stringMatching(/^Usted tiene una visita mañana/),
      order,
    ]);
    expect(await provider.says("no puedo mañana")).toEqual([
      expect.stringMatching(/^Usted quedo con .+ para mañana\. ¿Anulamos/),
    ]);
    expect(await provider.says("si")).toEqual([
      expect.stringMatching(/^Esta bien, ya no tiene esa visita/),
      order,
    ]);
    expect(await stateOf(producer)).not.toBe("agreed");
    expect(await stateOf(second)).toBe("asking");
    expect((await on.askedBy(second)).number).toBe(provider.number);
  });

  test("'no puedo' with a day that is free is a no to the order", async () => {
    const { producer, provider } = await on.agreed();
    const second = await alsoAsks(provider);
    await provider.says("no puedo el domingo");
    expect(await stateOf(producer)).toBe("agreed");
    expect((await on.askedBy(second)).number).not.toBe(provider.number);
  });
});

test("a mark that is asked for leaves ESTADO and MI PLAN to work", async () => {
  const { producer, provider } = await on.ratingAsked();
  await provider.reads();
  expect(await producer.says("ESTADO")).toEqual([
    expect.stringMatching(/^Usted no tiene pedidos abiertos/),
    expect.stringMatching(/^¿Qué nota/),
  ]);
  expect(await provider.says("mi plan")).toEqual([expect.stringMatching(/^Ahora no tiene visitas/)]);
  expect(await producer.says("5")).toEqual([expect.stringMatching(/^Gracias/)]);
});

describe("with two requests open", () => {
  async function visitAndInput() {
    const { producer } = await on.agreed();
    await producer.says("necesito abono organico para mi cacao");
    expect(await on.requestsOf(producer.number)).toHaveLength(2);
    return producer;
  }

  test("ESTADO lists both, what is agreed first, and a word chooses one", async () => {
    const producer = await visitAndInput();
    const [list] = await producer.says("ESTADO");
    expect(list).toMatch(/^Usted tiene 2 pedidos:\n1 visita t[eé]cnica .+mañana, 9\d\d \d{3} \d{3}\n2 /);
    expect(await producer.says("ya viene el tecnico?")).toEqual([
      expect.stringMatching(/^Su pedido de visita t[eé]cnica .+ va mañana/),
    ]);
    expect((await producer.says("no me contesta el telefono"))[0]).toMatch(/^Usted tiene 2 pedidos/);
  });

  test("CANCELAR asks which", async () => {
    const producer = await visitAndInput();
    const states = async () => (await on.requestsOf(producer.number)).map(({ state }) => state);
    const before = await states();
    expect(await producer.says("cancelar")).toEqual([
      expect.stringMatching(/^¿Cual pedido anulamos\? Responda el numero:\n1 visita t[eé]cnica .+\n2 /),
    ]);
    expect(await states()).toEqual(before);
    expect((await producer.says("2"))[0]).toMatch(/^Su pedido de (?!visita).+ quedo anulado/);
    expect(await states()).toEqual(["cancelled", "agreed"]);
  });
});

test("who was taken back before saying anything can be chosen again", async () => {
  const { producer, provider } = await on.waiting();
  await producer.says("mejor la 2");
  expect((await on.askedBy(producer)).number).not.toBe(provider.number);
  expect(await producer.says("mejor la 1")).toEqual([expect.stringMatching(/^Listo, ya no esperamos a/)]);
  expect((await on.askedBy(producer)).number).toBe(provider.number);
  expect((await on.askedBy(producer)).name).toBe(provider.name);
});

test("a provider without visits is answered as a provider", async () => {
  const { provider } = await on.waiting();
  await provider.says("no");
  for (const text of ["mi plan", "aqui", "puedo el viernes"])
    expect(await provider.says(text)).toEqual([expect.stringMatching(/^Ahora no tiene visitas/)]);
});

describe("a question of SI or NO is not answered by a provider's command", () => {
  test("two visits of a day are freed by 'ambos', and the offer stands", async () => {
    const { producer, provider } = await on.agreed();
    const second = await alsoAsks(provider);
    await provider.says("si mañana");
    await second.reads();
    expect((await askWhetherOffersStand(provider)).join()).toMatch(stillOffered);

    expect(await provider.says("mi plan")).toEqual([
      expect.stringMatching(/^Usted tiene 2 pedidos por atender/),
    ]);
    expect(await provider.says("no puedo mañana")).toEqual([expect.stringMatching(/^¿A cual no puede ir\?/)]);
    expect(await provider.says("ambos")).toEqual([
      expect.stringMatching(/^Esta bien, ya no tiene esas visitas/),
    ]);
    expect([await stateOf(producer), await stateOf(second)]).not.toContain("agreed");
    expect((await provider.says("si"))[0]).not.toMatch(/^No tenemos ninguna pregunta/);
  });

  test("LISTO on the day of a visit is about the visit", async () => {
    const { producer, provider } = await on.agreed();
    on.platform.clock.advance({ days: 1 });
    await on.settle();
    await provider.reads();
    expect((await askWhetherOffersStand(provider)).join()).toMatch(stillOffered);
    await provider.says("listo");
    expect(await stateOf(producer)).toBe("done");
  });
});
