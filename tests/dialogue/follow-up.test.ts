import { describe, expect, test } from "vitest";
import { pest, stage } from "./scene.ts";

const on = stage();
const advance = (by: Parameters<typeof on.platform.clock.advance>[0]) => on.platform.clock.advance(by);

describe("the evening after the visit day", () => {
  test("and not an hour before, the producer is asked whether somebody came", async () => {
    const { producer } = await on.agreed();
    // The visit is tomorrow; 17:00 in Lima is 22:00 UTC.
    const evening = on.platform.clock();
    evening.setUTCDate(evening.getUTCDate() + 2);
    evening.setUTCHours(22, 0, 0, 0);
    on.platform.clock.set(new Date(evening.getTime() - 1000));
    await on.settle();
    expect(await producer.reads()).toEqual([]);
    on.platform.clock.set(evening);
    await on.settle();
    expect(await producer.reads()).toEqual([expect.stringMatching(/^¿Vino .+\? Responda SI o NO$/)]);
    expect(await producer.says("quizas")).toEqual([
      expect.stringMatching(/^¿Vino .+SI si ya vino, NO si no vino/),
    ]);
    expect(await producer.says("ESTADO")).toEqual([
      expect.stringMatching(/ iba el .+ Escriba VINO o NO VINO/),
    ]);
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^¿Qué nota/)]);
  });

  test("NO asks the next of the list, and says so", async () => {
    const { producer, provider } = await on.outcomeAsked();
    expect(await producer.says("no")).toEqual([
      expect.stringMatching(/^Lo sentimos: .+ no pudo atenderle\. Ya le preguntamos a .+ Tiene hasta/),
    ]);
    const next = await on.askedBy(producer);
    expect(next.number).not.toBe(provider.number);
    expect((await on.requestOf(producer.number)).state).toBe("asking");
    expect(await next.says("si")).toEqual([expect.stringMatching(/^Listo/)]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/dijo que si/)]);
  });
});

describe("without being asked", () => {
  test("'no vino nadie' before the day is told what to do, and on the day reopens the request", async () => {
    const { producer } = await on.agreed();
    expect(await producer.says("no vino nadie")).toEqual([
      expect.stringMatching(/^La visita de .+ es mañana\. Si no viene, escriba NO VINO/),
    ]);
    expect((await on.requestOf(producer.number)).state).toBe("agreed");
    advance({ days: 1, hours: 8 });
    await on.settle();
    expect(await producer.says("no vino nadie")).toEqual([
      expect.stringMatching(/^Lo sentimos: .+ Ya le preguntamos a/),
    ]);
    expect((await on.requestOf(producer.number)).state).toBe("asking");
    expect(await producer.says("no vino nadie")).toEqual([
      expect.stringMatching(/^Esperamos que .+ responda/),
    ]);
  });

  test("LISTO from the provider asks the producer for a rating", async () => {
    const { producer, provider } = await on.agreed();
    advance({ days: 1 });
    expect(await provider.says("LISTO")).toEqual([expect.stringMatching(/^Gracias por avisar/)]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/avisa que ya termino\. ¿Qué nota/)]);
    expect(await producer.says("4")).toEqual([expect.stringMatching(/^Gracias\. Su nota/)]);
  });

  test("LISTO from a provider who was not there is contested with NO VINO", async () => {
    const { producer, provider } = await on.agreed();
    advance({ days: 1 });
    await provider.says("listo ya termine");
    await producer.reads();
    expect(await producer.says("no vino")).toEqual([
      expect.stringMatching(/^Lo sentimos: .+ Ya le preguntamos a/),
    ]);
    expect((await on.requestOf(producer.number)).state).toBe("asking");
  });

  test("'ya vino' from the producer asks for the rating at once", async () => {
    const { producer } = await on.agreed();
    advance({ days: 1 });
    expect(await producer.says("ya vino el tecnico")).toEqual([expect.stringMatching(/^¿Qué nota le pone/)]);
    expect(await producer.says("cinco")).toEqual([expect.stringMatching(/^Gracias/)]);
  });

  test("a provider who cannot come says CANCELAR: another is asked and the producer knows", async () => {
    const { producer, provider } = await on.agreed();
    expect(await provider.says("no alcanzo a llegar mañana")).toEqual([
      expect.stringMatching(/^Usted quedo con .+ para mañana\. ¿Anulamos .+ SI o NO\./),
    ]);
    expect(await provider.says("CANCELAR")).toEqual([
      expect.stringMatching(/^Esta bien, ya no tiene esa visita/),
    ]);
    expect(await producer.reads()).toEqual([
      expect.stringMatching(/^Lo sentimos: .+ no pudo atenderle\. Ya le preguntamos a/),
    ]);
    expect((await on.askedBy(producer)).number).not.toBe(provider.number);
  });
});

describe("a rating", () => {
  test("counts once for the provider: the next list weighs it, and says it once it is published", async () => {
    const { producer } = await on.ratingAsked();
    const before = (await on.requestOf(producer.number)).matches.find(({ rank }) => rank === 1);
    if (!before) throw new Error("no match");
    const standing = async () => {
      const [row] = await on.owner`
        select ratings, rating_sum as sum from matching.standings where provider_id = ${before.providerId}`;
      return { ratings: Number(row?.["ratings"]), sum: Number(row?.["sum"]) };
    };
    const { ratings, sum } = await standing();
    expect(await producer.says("1")).toEqual([expect.stringMatching(/^Gracias/)]);
    await producer.says("1");
    expect(await standing()).toEqual({ ratings: ratings + 1, sum: sum + 1 });

    const listed = async () => {
      const [list] = await producer.says(pest);
      const { matches } = await on.requestOf(producer.number);
      const match = matches.find(({ providerId }) => providerId === before.providerId);
      if (!match) throw new Error("not on the next list");
      return { list, match };
    };
    const count = ({ reasons }: typeof before) =>
      Number(reasons.find(({ code }) => code === "rating")?.parameters["count"]);
    const weighed = async (matchId: string) => {
      const [row] = await on.owner`
        select (parts->>'rating')::float8 as rating from matching.matches where id = ${matchId}`;
      return Number(row?.["rating"]);
    };
    const { match: next } = await listed();
    expect(count(next)).toBe(count(before));
    expect(await weighed(next.id)).toBeLessThan(await weighed(before.id));

    // The marks of the visits before this one are shown within the week too.
    const [unseen] = await on.owner`
      select count(*)::int as count from matching.ratings
      join matching.engagements on engagements.id = engagement_id
      where by = 'requester' and published_at is null and provider_id = ${before.providerId}`;
    advance({ days: 7 });
    await on.settle();
    await producer.reads();
    const { list, match: later } = await listed();
    expect(unseen?.["count"]).toBeGreaterThan(0);
    expect(count(later)).toBe(count(before) + unseen?.["count"]);
    expect(list).toContain(`(${count(later)})`);
  });

  test("that is no number from 1 to 5 is asked again", async () => {
    const { producer } = await on.ratingAsked();
    for (const text of ["muy bueno", "8"])
      expect(await producer.says(text)).toEqual([expect.stringMatching(/^Responda con un numero del 1/)]);
    expect(await producer.says("5")).toEqual([expect.stringMatching(/^Gracias/)]);
  });

  test("waits while a new need is served, and comes back", async () => {
    const { producer } = await on.ratingAsked();
    expect(await producer.says("necesito tecnico para podar mi cacao en tocache")).toEqual([
      expect.stringMatching(/ pueden? atender en Tocache/),
    ]);
    const answers = await producer.says("1");
    expect(answers).toEqual([expect.stringMatching(/^Le preguntamos/), expect.stringMatching(/^¿Qué nota/)]);
    expect(await producer.says("3")).toEqual([expect.stringMatching(/^Gracias/)]);
  });
});

test("a buyer, a shop or a bank is not said to visit", async () => {
  const producer = await on.registered();
  expect(await producer.says("vendo 20 quintales de cacao")).toEqual([
    expect.stringMatching(/, paga S\/ \d+/),
  ]);
  await producer.says("1");
  const buyer = await on.askedBy(producer);
  expect(await buyer.says("ESTADO")).toEqual([
    expect.stringMatching(/^Pedido: comprador de 20 quintales de cacao, Tocache/),
  ]);
  expect(await buyer.says("si mañana")).toEqual([expect.stringMatching(/^Listo\. Usted atiende mañana a /)]);
  expect(await producer.reads()).toEqual([
    expect.stringMatching(/dijo que si\. Le atiende mañana\. Su numero/),
  ]);
  expect(await producer.says("ESTADO")).toEqual([expect.stringMatching(/ le atiende mañana\. /)]);
  advance({ days: 3 });
  await on.settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^¿Le atendio .+\? Responda SI o NO$/)]);
  expect(await producer.says("si")).toEqual([expect.stringMatching(/^¿Qué nota le pone a/)]);
  expect(await producer.says("5")).toEqual([expect.stringMatching(/^Gracias/)]);
});

test("a question that nobody answers is asked once more, and the request can still be closed", async () => {
  const { producer } = await on.outcomeAsked();
  advance({ days: 2 });
  await on.settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^¿Vino/)]);
  advance({ days: 4 });
  await on.settle();
  expect(await producer.reads()).toEqual([]);
  expect(await producer.says("ya vino")).toEqual([expect.stringMatching(/^¿Qué nota/)]);
  await producer.says("4");
  expect(await producer.says(pest)).toEqual([expect.stringMatching(/^\d pueden/)]);
});
