import { newId } from "@minka/database/new-id";
import { expect, test } from "vitest";
import { base, deskStage, type Summary } from "./desk-scene.ts";
import { pest } from "./scene.ts";
import { signedIn } from "../support/signed-operator.ts";

const {
  people,
  anaId,
  ana,
  luis,
  list,
  conversationOf,
  open,
  takeOver,
  write,
  handBack,
  audited,
  wait,
  minute,
  takenOver,
} = deskStage();

test("conversations are listed masked and without texts, who wrote last first, page by page", async () => {
  const [first, second] = [people.stranger(), people.stranger()];
  await first.says("hola");
  people.platform.clock.advance({ minutes: 1 });
  await second.says("quiero hablar con una persona");
  const [newest, older] = await list(ana());
  expect(newest).toMatchObject({
    phone: `+51*****${second.number.slice(-3)}`,
    last: "out",
    received: 1,
    sent: 1,
    waiting: true,
    takenOver: null,
  });
  expect(older).toMatchObject({ phone: `+51*****${first.number.slice(-3)}`, waiting: false });
  const { body } = await ana().get<{ items: Summary[]; next: string }>(`${base}?limit=1`);
  const next = await ana().get<{ items: Summary[] }>(`${base}?limit=1&cursor=${body.next}`);
  expect(next.body.items).toEqual([older]);
  expect((await list(ana(), "&waiting=true")).map(({ id }) => id)).toEqual([newest?.id]);
  const stranger = signedIn(people.platform, newId(), { operator: false });
  expect((await stranger.get(base)).status).toBe(403);
});

test("whoever opens a conversation is written down, and sees who wrote what and what became of it", async () => {
  const { producer, id } = await takenOver();
  await write(id, "Buenas, le ayudo.");
  await people.settle();
  const { conversation, messages } = await open(id);
  expect(conversation).toMatchObject({ phone: producer.number, shared: false });
  expect(
    messages.items
      .toReversed()
      .map(({ direction, text, operator, state }) => [direction, text, operator?.personId, state]),
  ).toEqual([
    ["in", pest, undefined, null],
    ["out", expect.stringMatching(/Acepta/), undefined, "sent"],
    ["in", "si", undefined, null],
    ["out", expect.stringMatching(/^3 pueden atender/), undefined, "sent"],
    ["out", "Le escribe una persona de Minka. Buenas, le ayudo.", anaId, "sent"],
  ]);
  const page = await open(id, "?limit=2");
  const rest = await open(id, `?limit=100&cursor=${page.messages.next}`);
  expect([...page.messages.items, ...rest.messages.items]).toEqual(messages.items);
  expect(await audited(id)).toEqual([
    "took-over-conversation",
    "wrote-in-conversation",
    ...Array.from({ length: 3 }, () => "opened-conversation"),
  ]);
  await handBack(id);
});

test("a call for help, and what is sent once, is shown to no operator", async () => {
  minute();
  const woman = people.stranger();
  await woman.says("hola");
  minute();
  await woman.says("mi marido me pega");
  const id = await conversationOf(woman);
  const { messages, conversation } = await open(id);
  expect(messages.items.map(({ direction, text }) => [direction, text])).toEqual([
    ["out", expect.stringMatching(/./)],
    ["in", "hola"],
  ]);
  expect(conversation).toMatchObject({ sent: 1 });
});

test("one operator has a conversation at a time; another hears who and until when", async () => {
  const { id } = await takenOver();
  const refused = await takeOver(id, luis());
  expect(refused).toMatchObject({
    status: 409,
    body: { code: "taken-over", operatorId: anaId, until: expect.any(String) },
  });
  expect(await write(id, "yo", luis())).toMatchObject({ status: 409, body: { code: "taken-over" } });
  expect((await handBack(id, undefined, luis())).status).toBe(409);
  expect((await takeOver(id)).status).toBe(200);
  expect((await list(ana(), "&takenOver=me")).map((each) => each.id)).toEqual([id]);
  expect(await list(luis(), "&takenOver=me")).toEqual([]);
  expect((await list(luis(), "&takenOver=anyone")).map((each) => each.id)).toEqual([id]);
  await handBack(id);
  expect((await takeOver(id, luis())).status).toBe(200);
  await handBack(id, undefined, luis());
  expect(await write(id, "tarde")).toMatchObject({ status: 409, body: { code: "not-taken-over" } });
});

test("while taken over Minka answers nothing, keeps what is written, and calls the operator once", async () => {
  const { producer, id } = await takenOver();
  expect(await producer.says("2")).toEqual([]);
  expect(await producer.says("quiero un credito")).toEqual([]);
  expect(
    (await open(id)).messages.items.filter(({ unanswered }) => unanswered).map(({ text }) => text),
  ).toEqual(["quiero un credito", "2"]);
  const calls = () => people.owner`
    select id from notifications.attention_items
    where phone = ${producer.number} and kind = 'wrote_to_operator' and resolved_at is null`;
  expect(await calls()).toHaveLength(1);
  await write(id, "Ya lo vemos.");
  await people.settle();
  expect(await producer.reads()).toEqual(["Le escribe una persona de Minka. Ya lo vemos."]);
  expect(await calls()).toHaveLength(0);
  await write(id, "Listo.");
  await people.settle();
  expect(await producer.reads()).toEqual(["Listo."]);
  await handBack(id);
});

test("BAJA, ALTA and a call for help work as ever while an operator has the conversation", async () => {
  const { producer, id } = await takenOver();
  expect(await producer.says("mi marido me pega")).toHaveLength(1);
  expect(await producer.says("BAJA")).toEqual([expect.stringMatching(/no le/i)]);
  expect(await write(id, "¿Y eso?")).toMatchObject({ status: 409, body: { code: "opted-out" } });
  people.platform.clock.advance({ minutes: 1 });
  expect(await producer.says("me equivoque")).toEqual([]);
  expect((await write(id, "¿Quiere volver?")).status).toBe(202);
  await people.settle();
  expect(await producer.reads()).toHaveLength(1);
  expect(await producer.says("ALTA")).toHaveLength(1);
  await handBack(id);
});

test("the question that rested is put again when the conversation is handed back", async () => {
  const { producer, id } = await takenOver();
  await producer.says("a cual me recomienda");
  await write(id, "A la primera.");
  await people.settle();
  await producer.reads();
  expect((await handBack(id)).body).toEqual({ leftToMinka: 0 });
  await people.settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^3 pueden atender/)]);
  expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
});

test("what was written after the operator's last word, and was not seen, Minka answers in its order", async () => {
  const { producer, id } = await takenOver();
  await producer.says("hola señorita");
  await producer.says("1");
  const { messages } = await open(id);
  const seen = messages.items.find(({ text }) => text === "hola señorita")?.id;
  expect((await handBack(id, seen)).body).toEqual({ leftToMinka: 1 });
  await people.settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
});

test("an operator who writes nothing for half an hour loses the conversation, and no message is lost", async () => {
  const { producer, id } = await takenOver();
  await wait(20);
  expect(await producer.says("2")).toEqual([]);
  expect(await producer.says("mi estado")).toEqual([]);
  await wait(9);
  expect(await producer.reads()).toEqual([]);
  await wait(2);
  const answers = await producer.reads();
  expect(answers[0]).toMatch(/^Le preguntamos a/);
  expect(answers).toHaveLength(2);
  expect((await open(id)).conversation.takenOver).toBeNull();
  expect(await write(id, "perdone")).toMatchObject({ status: 409 });
  expect(await audited(id)).toContain("takeover-lapsed");
});

test("each answer keeps the conversation for another half hour", async () => {
  const { producer, id } = await takenOver();
  await wait(25);
  await write(id, "Un momento.");
  await wait(25);
  await producer.reads();
  expect(await producer.says("ya")).toEqual([]);
  expect((await open(id)).conversation.takenOver).toMatchObject({ operatorId: anaId });
  await handBack(id);
});

test("a question that comes up meanwhile waits, and its time goes on", async () => {
  const { producer, provider } = await people.waiting();
  minute();
  await provider.says("hola");
  const id = await conversationOf(provider);
  await takeOver(id);
  expect(await provider.says("si mañana")).toEqual([]);
  expect(await producer.reads()).toEqual([]);
  expect((await handBack(id)).body).toEqual({ leftToMinka: 1 });
  await people.settle();
  expect(await provider.reads()).toEqual([expect.stringMatching(/^Listo\. Visita: mañana/)]);
});

test("of a phone that several people share an operator sees the last day, no private word, and that it is shared", async () => {
  const producer = await people.registered();
  people.platform.clock.advance({ days: 2 });
  await producer.says("soy otra persona");
  await producer.says("Flor girasol");
  minute();
  await producer.says("mariposa que hago");
  const id = await conversationOf(producer);
  const { conversation, messages } = await open(id, "?limit=100");
  expect(conversation).toMatchObject({ shared: true });
  const texts = messages.items.map(({ text }) => text);
  expect(texts).not.toContain("soy de tocache");
  expect(texts).toContain("soy otra persona");
  expect(JSON.stringify(messages)).not.toContain("girasol");
});

test("a private word that is chosen while an operator has the conversation is read by no operator", async () => {
  const producer = await people.registered();
  await producer.says("soy otra persona");
  minute();
  await producer.says("ayuda");
  const id = await conversationOf(producer);
  await takeOver(id);
  expect(await producer.says("Flor girasol")).toEqual([expect.stringMatching(/^Listo, Flor/)]);
  expect(await producer.says("palabra lucerito")).toHaveLength(1);
  expect(await producer.says("lucerito")).toEqual([]);
  const { messages } = await open(id, "?limit=100");
  expect(JSON.stringify(messages)).not.toMatch(/girasol|lucerito/);
  await handBack(id);
});

test("a command that is repeated under one key is one message and one takeover", async () => {
  const { producer, id } = await takenOver();
  const url = `${base}/${id}/messages`;
  const first = await ana().post<{ messageId: string }>(url, { text: "Buenas" }, "k1");
  expect(await ana().post(url, { text: "Buenas" }, "k1")).toEqual(first);
  expect((await ana().post(url, { text: "Otra cosa" }, "k1")).status).toBe(422);
  await people.settle();
  expect(await producer.reads()).toEqual(["Le escribe una persona de Minka. Buenas"]);
  await handBack(id);
});

test("two operators who take a conversation over at one moment: one has it, the other hears so", async () => {
  minute();
  const producer = people.stranger();
  await producer.says("hola");
  const id = await conversationOf(producer);
  const answers = await Promise.all([takeOver(id), takeOver(id, luis())]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
});

test("an operator's message and where a takeover stands are gone with the person", async () => {
  const { producer, id } = await takenOver();
  await producer.says("zzq wxk");
  await write(id, "¿Cómo?");
  await handBack(id);
  await people.settle();
  await producer.says("zzq wxk hjk");
  await producer.says("borren mis datos");
  await producer.says("si");
  people.platform.clock.advance({ minutes: 15 });
  await people.settle();
  for (const table of [
    "conversation_takeovers",
    "messages_left_to_operator",
    "operator_messages",
    "misunderstood_messages",
  ])
    expect(
      await people.owner`select 1 from ${people.owner(`notifications.${table}`)} where phone = ${producer.number}`,
      table,
    ).toEqual([]);
  expect((await ana().get(`${base}/${id}`)).status).toBe(404);
});
