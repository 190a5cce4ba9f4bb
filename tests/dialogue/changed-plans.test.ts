import { describe, expect, test } from "vitest";
import { pest, stage, type Party } from "./scene.ts";

const on = stage();
const advance = (by: Parameters<typeof on.platform.clock.advance>[0]) => on.platform.clock.advance(by);
const offer = /^Pedido: .+ Responda SI o NO antes de/;

/** Another producer asks the same provider; null where somebody else was on the list in their place. */
async function alsoAsks(provider: Party): Promise<Party> {
  const producer = await on.choosing();
  const { matches } = await on.requestOf(producer.number);
  for (const { rank } of matches.toSorted((a, b) => a.rank - b.rank)) {
    await producer.says(String(rank));
    const asked = await on.askedBy(producer);
    if (asked.number === provider.number) return producer;
    await asked.says("no");
    await producer.reads();
    break;
  }
  const asked = await on.askedBy(producer);
  if (asked.number !== provider.number) throw new Error("the second order went to somebody else");
  return producer;
}

describe("LISTO before the day of the visit", () => {
  test("is taken from whom it was for, and from the provider on the day", async () => {
    const { producer, provider } = await on.agreed();
    expect(await provider.says("listo")).toEqual([
      expect.stringMatching(
        /^La visita es mañana\. Si ya fue, que .+ escriba LISTO\. Si no, escriba usted LISTO/,
      ),
    ]);
    expect((await on.requestOf(producer.number)).state).toBe("agreed");
    expect(await producer.reads()).toEqual([]);
    advance({ days: 1 });
    expect(await provider.says("LISTO")).toEqual([expect.stringMatching(/^Gracias por avisar/)]);
    expect((await on.requestOf(producer.number)).state).toBe("done");
  });

  test("ends the visit when the producer says it", async () => {
    const { producer, provider } = await on.agreed();
    await provider.says("ya termine");
    expect(await producer.says("LISTO")).toEqual([expect.stringMatching(/^¿Qué nota/)]);
    expect((await on.requestOf(producer.number)).state).toBe("done");
  });
});

describe("a provider who cannot go", () => {
  test.each(["no puedo ir", "no voy a poder ir mañana", "no podre", "no puedo ir, estoy enferma"])(
    "('%s') is asked whether to call the visit off, and a SI does it",
    async (text) => {
      const { producer, provider } = await on.agreed();
      expect(await provider.says(text)).toEqual([
        expect.stringMatching(/^Usted quedo con .+ para mañana\. ¿Anulamos y buscamos a otra persona\?/),
      ]);
      expect((await on.requestOf(producer.number)).state).toBe("agreed");
      expect(await producer.reads()).toEqual([]);
      expect(await provider.says("si")).toEqual([
        expect.stringMatching(/^Esta bien, ya no tiene esa visita/),
      ]);
      expect(await producer.reads()).toEqual([expect.stringMatching(/^Lo sentimos: .+ no pudo atenderle/)]);
      expect((await on.askedBy(producer)).number).not.toBe(provider.number);
    },
  );

  test("and says NO to that keeps the visit; the same words again are a yes", async () => {
    const { producer, provider } = await on.agreed();
    await provider.says("no puedo ir");
    expect(await provider.says("no")).toEqual([expect.stringMatching(/^Esta bien, sigue igual/)]);
    expect((await on.requestOf(producer.number)).state).toBe("agreed");
    await provider.says("no puedo ir");
    expect(await provider.says("no puedo ir pues")).toEqual([
      expect.stringMatching(/^Esta bien, ya no tiene esa visita/),
    ]);
  });
});

describe("a provider with several orders in question", () => {
  test("reads what they have agreed to before the next order", async () => {
    const { producer, provider } = await on.waiting();
    const second = await alsoAsks(provider);
    await provider.reads();
    const [first, next, ...more] = await provider.says("si mañana");
    expect(first).toMatch(/^Listo\. Visita: mañana/);
    expect(next).toMatch(offer);
    expect(more).toEqual([]);
    const states = [await on.requestOf(producer.number), await on.requestOf(second.number)];
    expect(states.map(({ state }) => state).toSorted()).toEqual(["agreed", "asking"]);
    const lines = await provider.says("ESTADO");
    expect(lines).toEqual([
      expect.stringMatching(/^Usted tiene una visita mañana/),
      expect.stringMatching(offer),
    ]);
    expect(await provider.says("si")).toEqual([expect.stringMatching(/^Listo\. Visita/)]);
  });
});

test("the next order is put by the turn whose SI was told about before it was written down", async () => {
  const { provider } = await on.waiting();
  await alsoAsks(provider);
  await provider.reads();
  expect(await provider.says("si mañana")).toHaveLength(2);
  // Back to where the news has gone out and the turn has been cut off.
  const { number } = provider;
  await on.owner`
    update notifications.inbound_messages set handled_at = null
    where sequence = (select max(sequence) from notifications.inbound_messages where phone = ${number})`;
  await on.owner`
    update notifications.prompts set state = 'waiting' where phone = ${number} and state = 'open'`;
  await on.owner`
    update notifications.prompts set state = 'open', subject = subject || '{"told": true}'
    where id = (
      select id from notifications.prompts
      where phone = ${number} and kind = 'offer' and state = 'answered' order by created_at desc, id desc limit 1
    )`;
  await on.owner`
    update notifications.conversations set unanswered_since = ${on.platform.clock()} where phone = ${number}`;
  await on.settle();
  expect(await provider.reads()).toEqual([expect.stringMatching(offer)]);
  const open = await on.owner`
    select kind from notifications.prompts where phone = ${number} and state = 'open'`;
  expect([...open]).toEqual([{ kind: "offer" }]);
});

describe("a producer who changes their mind", () => {
  test("while choosing gets the new need in place of the old one", async () => {
    const producer = await on.choosing();
    const answers = await producer.says("mejor abono");
    expect(answers).toHaveLength(3);
    expect(answers).toContainEqual(
      expect.stringMatching(/^Su pedido de visita t[eé]cnica .+ quedo anulado\.$/),
    );
    expect(answers).toContainEqual(expect.stringMatching(/^Tambi[eé]n hay una compra en grupo/));
    const states = (await on.requestsOf(producer.number)).map(({ need, state }) => [need.kind, state]);
    expect(states[0]?.[0]).toBe("input");
    expect(states[1]).toEqual(["assistance", "cancelled"]);
  });

  test("about the same need keeps its list", async () => {
    const producer = await on.choosing();
    expect(await producer.says(`no, mejor ${pest}`)).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    expect(await on.requestsOf(producer.number)).toHaveLength(1);
  });

  test("after choosing is told what would change it, and nothing changes", async () => {
    const { producer, provider } = await on.waiting();
    for (const text of ["me equivoque era el 1", "mejor otro", "ese no"])
      expect(await producer.says(text)).toEqual([
        expect.stringMatching(/^Ya le preguntamos a .+ escriba: MEJOR EL 2\. Para anular: CANCELAR$/),
      ]);
    expect((await on.askedBy(producer)).number).toBe(provider.number);
    await provider.says("si mañana");
    await producer.reads();
    expect(await producer.says("mejor otro")).toEqual([
      expect.stringMatching(/ ya acepto\. Si quiere a otra persona, escriba CANCELAR/),
    ]);
    expect((await on.requestOf(producer.number)).state).toBe("agreed");
  });
});

describe("ESTADO", () => {
  test("with a rating open says how things stand and puts the question again", async () => {
    const { producer } = await on.ratingAsked();
    expect(await producer.says("ESTADO")).toEqual([
      expect.stringMatching(/^Usted no tiene pedidos abiertos/),
      expect.stringMatching(/^¿Qué nota le pone a/),
    ]);
    expect(await producer.says("4")).toEqual([expect.stringMatching(/^Gracias\. Su nota/)]);
  });

  test("after a complaint says that a person looks, and no more that they come", async () => {
    const { producer } = await on.agreed();
    await producer.says("el tecnico me ha estafado, me cobro y no hizo nada");
    expect(await producer.says("ESTADO")).toEqual([
      expect.stringMatching(
        /^Su pedido de .+: una persona de Minka revisa su queja\. Si ya no quiere a .+: CANCELAR$/,
      ),
    ]);
  });
});

test("AYUDA tells a provider how to answer orders, also while none waits", async () => {
  const { provider } = await on.agreed();
  expect(await provider.says("AYUDA")).toEqual([expect.stringMatching(/^Minka le envia pedidos/)]);
  expect(await (await on.registered()).says("AYUDA")).toEqual([
    expect.stringMatching(/^Minka le busca t[eé]cnico/),
  ]);
});
