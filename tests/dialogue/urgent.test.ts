import { describe, expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { stage, type Party } from "./scene.ts";

const on = stage();
const dying = "apurense la monilia se me muere el cacao, tocache";
const asked = /^Es urgente: ya preguntamos a 3 personas a la vez\. No tiene que elegir\./;

/** Those who are asked at this moment for the newest request of a producer. */
async function allAsked(producer: Party): Promise<Party[]> {
  const { matches } = await on.requestOf(producer.number);
  const agents = await agentsOnTheList(on.platform, producer.number);
  const open = matches.filter(({ state }) => state === "asked").map(({ id }) => id);
  return Promise.all(
    agents.filter(({ matchId }) => open.includes(matchId)).map(({ phone }) => on.someoneAt(phone)),
  );
}

async function inNeed() {
  const producer = await on.registered();
  expect(await producer.says(dying)).toEqual([expect.stringMatching(asked)]);
  return { producer, three: await allAsked(producer) };
}

describe("a pest that does not wait", () => {
  test("goes to three at once: the first yes names both, the others read that it is over", async () => {
    const producer = await on.registered();
    expect(await producer.says(dying)).toEqual([expect.stringMatching(asked)]);
    const [first, second, third] = await allAsked(producer);
    if (!first || !second || !third) throw new Error("three are asked");
    expect(await producer.says("ESTADO")).toEqual([
      expect.stringMatching(/: preguntamos a 3 personas a la vez\. Va quien acepte primero, hasta /),
    ]);
    expect(await second.says("ESTADO")).toContainEqual(
      expect.stringMatching(
        /^URGENTE: visita t[eé]cnica de plagas en cacao, Tocache.* Va quien acepte primero/,
      ),
    );
    expect(await second.says("si hoy")).toEqual([
      expect.stringMatching(/^Listo\. Visita: hoy[,.].* Le espera /),
    ]);
    expect(await producer.reads()).toEqual([
      expect.stringMatching(/ dijo que si\. Visita: hoy[,.].* Su numero: /),
    ]);
    for (const slower of [first, third]) {
      expect(await slower.reads()).toEqual([
        expect.stringMatching(/^Pedido de visita .+ en Tocache: ya lo atiende otra persona\. Gracias\.$/),
      ]);
      expect(await slower.says("si voy")).not.toContainEqual(expect.stringMatching(/^Listo/));
    }
  });

  test("a SI that names no day is today, and both read so", async () => {
    const { producer, three } = await inNeed();
    expect(await three[0]?.says("si")).toEqual([
      expect.stringMatching(/^Listo\. Visita: hoy[,.].* Le espera /),
    ]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/ dijo que si\. Visita: hoy[,.] /)]);
  });

  test("a no leaves the word to the others; after all three the next are told of in one message", async () => {
    const { producer, three } = await inNeed();
    for (const provider of three.slice(0, 2)) {
      await provider.says("no");
      expect(await producer.reads()).toEqual([]);
    }
    await three[2]?.says("no");
    expect(await producer.reads()).toEqual([expect.stringMatching(/^Todavia nadie pudo\. /)]);
  });

  test("said of what was asked for at leisure, takes its place", async () => {
    const producer = await on.registered();
    await producer.says("tecnico para la monilia en mi cacao");
    const told = await producer.says("tecnico para la monilia en mi cacao, es urgente!!");
    expect(told).toContainEqual(expect.stringMatching(asked));
    const states = (await on.requestsOf(producer.number)).map(({ need, state }) => [need.urgency, state]);
    expect(states).toEqual([
      ["urgent", "asking"],
      [undefined, "cancelled"],
    ]);
  });

  test("no hurry is heard in politeness, nor of a need that is no pest", async () => {
    const producer = await on.registered();
    expect(await producer.says("tecnico para la monilia por favor lo mas pronto posible!!")).toEqual([
      expect.stringMatching(/^3 pueden atender/),
    ]);
    await producer.says("CANCELAR");
    await producer.says("urgente un tecnico para podar mi cacao");
    expect((await on.requestOf(producer.number)).need).toEqual({
      kind: "assistance",
      topic: "pruning",
      crop: "cacao",
    });
  });
});
