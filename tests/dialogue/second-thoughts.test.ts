import { describe, expect, test } from "vitest";
import { pest, stage, type Party } from "./scene.ts";

const on = stage();

describe("the same need again", () => {
  test("while its list waits is the list again", async () => {
    const producer = on.stranger();
    await producer.says(pest);
    const [list] = await producer.says("si");
    on.platform.clock.advance({ hours: 1 });
    expect(await producer.says(pest)).toEqual([list]);
    expect(await on.requestsOf(producer.number)).toHaveLength(1);
    expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("brings its list back before a newer one", async () => {
    const producer = await on.choosing();
    await producer.says("necesito tecnico para podar mi cacao en tocache");
    expect(await producer.says(pest)).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    await producer.says("1");
    const states = (await on.requestsOf(producer.number)).map(({ need, state }) => [need.topic, state]);
    expect(states).toEqual([
      ["pruning", "listed"],
      ["pest_management", "asking"],
    ]);
  });

  test("while somebody is asked says who", async () => {
    const { producer, provider } = await on.waiting();
    expect(await producer.says(pest)).toEqual([
      expect.stringMatching(new RegExp(`^Su pedido de .+: le preguntamos a ${provider.name.slice(0, 8)}`)),
    ]);
    expect(await on.requestsOf(producer.number)).toHaveLength(1);
  });

  test("with another quantity is another need", async () => {
    const producer = await on.registered();
    await producer.says("vendo 20 quintales de cacao");
    await producer.says("vendo 5 quintales de cacao");
    expect(await on.requestsOf(producer.number)).toHaveLength(2);
  });
});

describe("while choosing", () => {
  test("'el mas cerca' and a price choose like a number", async () => {
    const byDistance = await on.choosing();
    const nearest = (await listedFor(byDistance)).toSorted((a, b) => a.km - b.km)[0];
    expect(await byDistance.says("el mas cerca")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
    expect((await on.askedBy(byDistance)).name).toBe(nearest?.name);

    const byPrice = await on.choosing();
    const listed = await listedFor(byPrice);
    const single = listed.find(({ soles }) => listed.filter((other) => other.soles === soles).length === 1);
    expect(await byPrice.says(`el de ${single?.soles} soles`)).toEqual([
      expect.stringMatching(/^Le preguntamos a/),
    ]);
    expect((await on.askedBy(byPrice)).name).toBe(single?.name);
  });

  test("'el mas caro' chooses nobody", async () => {
    const producer = await on.choosing();
    expect(await producer.says("el mas caro")).toEqual([expect.stringMatching(/^Elija uno de la lista/)]);
  });

  test("'ninguno' is answered once, by what the wider search finds", async () => {
    const producer = await on.choosing();
    expect(await producer.says("ninguno")).toHaveLength(1);
  });

  test("a number after 'ninguno' is told what happens now", async () => {
    const producer = await on.choosing();
    await producer.says("ninguno");
    while ((await on.requestOf(producer.number)).state === "listed") await producer.says("ninguno");
    expect((await on.requestOf(producer.number)).state).toBe("with_operator");
    for (const text of ["1", "mejor el 2"])
      expect(await producer.says(text)).toEqual([
        expect.stringMatching(/^Su pedido de .+: lo esta viendo una persona de Minka/),
      ]);
  });

  test.each(["no mejor no", "ya no quiero", "dejalo nomas"])("'%s' calls the request off", async (text) => {
    const producer = await on.choosing();
    expect(await producer.says(text)).toEqual([expect.stringMatching(/^Su pedido de .+ quedo anulado\.$/)]);
    expect((await on.requestOf(producer.number)).state).toBe("cancelled");
  });
});

test("SI after a NO to the consent is asked to write the need again, and is asked for consent then", async () => {
  const phone = on.stranger();
  await phone.says(pest);
  expect(await phone.says("no")).toEqual([expect.stringMatching(/^Esta bien, no guardamos/)]);
  expect(await phone.says("si")).toEqual([
    expect.stringMatching(/^Gracias\. No habiamos guardado su pedido/),
  ]);
  expect(await phone.says(pest)).toEqual([expect.stringMatching(/Acepta\? Responda SI o NO$/)]);
  expect(await phone.says("si")).toEqual([expect.stringMatching(/^3 pueden/)]);
});

test("several needs at once are numbered, and SI asks for the first", async () => {
  const producer = await on.registered();
  expect(await producer.says("necesito urea y tambien un tecnico para mi cacao y un credito")).toEqual([
    expect.stringMatching(/^Vamos uno por uno\..+\n1 urea\n2 visita t[eé]cnica.* en cacao\n3 cr[eé]dito$/s),
  ]);
  expect(await on.requestsOf(producer.number)).toEqual([]);
  await producer.says("si");
  expect((await on.requestOf(producer.number)).need).toMatchObject({ kind: "input", product: "urea" });
});

/** The three that a producer has just read. */
async function listedFor({ number }: Party) {
  const { matches } = await on.requestOf(number);
  return matches
    .filter(({ rank }) => rank <= 3)
    .map(({ providerName, distanceKm, priceCentimos }) => ({
      name: providerName,
      km: distanceKm ?? Infinity,
      soles: (priceCentimos ?? 0) / 100,
    }));
}
