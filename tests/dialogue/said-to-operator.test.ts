import { expect, test } from "vitest";
import { base, deskStage } from "./desk-scene.ts";

const { people, ana, conversationOf, open, takeOver, write, handBack, wait, minute, takenOver } = deskStage();

test("a number said to the operator is no answer to the list that rested, handed back or lapsed", async () => {
  for (const ending of ["handed back", "lapsed"]) {
    const { producer, id } = await takenOver();
    minute();
    await write(id, "¿Cuántas hectáreas tiene?");
    await people.settle();
    await producer.reads();
    minute();
    expect(await producer.says("1")).toEqual([]);
    if (ending === "lapsed") await wait(31);
    else expect((await handBack(id)).body).toEqual({ leftToMinka: 0 });
    await people.settle();
    expect(await producer.reads(), ending).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    const { matches } = await people.requestOf(producer.number);
    expect(
      matches.some(({ state }) => state === "asked"),
      ending,
    ).toBe(false);
    // No operator has seen it: one is still called.
    const [call] = await people.owner`
      select resolved_at from notifications.attention_items
      where phone = ${producer.number} and kind = 'wrote_to_operator'`;
    expect(call, ending).toEqual({ resolved_at: null });
    expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  }
});

test("a SI said to the operator erases nobody, and accepts no order", async () => {
  for (const ending of ["handed back", "lapsed"]) {
    const leaving = await people.registered();
    minute();
    await leaving.says("borren mis datos");
    const erasure = await conversationOf(leaving);
    const { producer, provider } = await people.waiting();
    minute();
    await provider.says("hola");
    const order = await conversationOf(provider);
    for (const [party, id] of [
      [leaving, erasure],
      [provider, order],
    ] as const) {
      await takeOver(id);
      minute();
      await write(id, "¿Le puedo llamar?");
      await people.settle();
      await party.reads();
      minute();
      expect(await party.says("si")).toEqual([]);
      expect(await party.says("si mañana")).toEqual([]);
    }
    if (ending === "lapsed") await wait(31);
    else for (const id of [erasure, order]) expect((await handBack(id)).body).toEqual({ leftToMinka: 0 });
    await people.settle();
    expect(await producer.reads(), ending).toEqual([]);
    expect((await people.owner`select 1 from profiles.phones where phone = ${leaving.number}`).length).toBe(
      1,
    );
    expect(await leaving.reads(), ending).toEqual([expect.stringMatching(/^¿Borramos/)]);
    expect((await provider.reads()).length, ending).toBe(1);
    expect(await leaving.says("no")).toHaveLength(1);
    expect(await provider.says("si mañana")).toEqual([expect.stringMatching(/^Listo\. Visita: mañana/)]);
  }
});

test("an answer that came before the operator's first words is one, unless much hangs on it", async () => {
  const { producer, id } = await takenOver();
  await producer.says("hola señorita");
  await producer.says("1");
  const { messages } = await open(id);
  const seen = messages.items.find(({ text }) => text === "hola señorita")?.id;
  minute();
  await ana().post(`${base}/${id}/messages`, { text: "Buenas.", seen });
  await people.settle();
  await producer.reads();
  expect((await handBack(id)).body).toEqual({ leftToMinka: 1 });
  await people.settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^Le preguntamos a/)]);

  const leaving = await people.registered();
  minute();
  await leaving.says("borren mis datos");
  const erasure = await conversationOf(leaving);
  await takeOver(erasure);
  await leaving.says("oiga");
  await leaving.says("si");
  const before = (await open(erasure)).messages.items.find(({ text }) => text === "oiga")?.id;
  minute();
  await ana().post(`${base}/${erasure}/messages`, { text: "Buenas.", seen: before });
  await people.settle();
  await leaving.reads();
  await handBack(erasure);
  await people.settle();
  expect(await leaving.reads()).toEqual([expect.stringMatching(/^¿Borramos/)]);
});

test("a private word with a letter wrong is read by no operator, also who has the conversation", async () => {
  const producer = await people.registered();
  await producer.says("soy otra persona");
  await producer.says("Flor girasol");
  people.platform.clock.advance({ hours: 2 });
  expect(await producer.says("jirasol")).toEqual([expect.stringMatching(/palabra/i)]);
  expect(await producer.says("girazol")).toHaveLength(1);
  // The third time an operator is called, and reads it no more than the others.
  await producer.says("no es girasoll");
  await producer.says("es girasoll pues");
  minute();
  await producer.says("hola");
  const id = await conversationOf(producer);
  await takeOver(id);
  await producer.says("jirazol");
  expect(await producer.says("no me acuerdo de mi palabra")).toEqual([]);
  const texts = (await open(id, "?limit=100")).messages.items.map(({ text }) => text);
  expect(texts).toContain("no me acuerdo de mi palabra");
  expect(JSON.stringify(texts)).not.toMatch(/jira[sz]ol|girazol|girasol/i);
  // Who says it right is known, and what they wrote before is the operator's to answer.
  await producer.says("girasol");
  const { messages } = await open(id, "?limit=100");
  expect(messages.items.filter(({ unanswered }) => unanswered).map(({ text }) => text)).toContain(
    "no me acuerdo de mi palabra",
  );
  await handBack(id);
});
