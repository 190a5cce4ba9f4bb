import { describe, expect, test } from "vitest";
import { pest, stage } from "./scene.ts";

const on = stage();

describe("a provider who does not take the order", () => {
  test("says NO: the next of the list is asked and the producer reads who", async () => {
    const { producer, provider } = await on.waiting();
    expect(await provider.says("no")).toEqual([
      expect.stringMatching(/^Esta bien, le preguntamos a otra persona/),
    ]);
    const next = await on.askedBy(producer);
    expect(next.name).not.toBe(provider.name);
    expect(await producer.reads()).toEqual([
      expect.stringMatching(
        new RegExp(`^${start(provider.name)}.* no puede\\. Ya le preguntamos a ${start(next.name)}`),
      ),
    ]);
    expect(await next.says("si")).toEqual([expect.stringMatching(/^Listo\. Visita: /)]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/dijo que si\. Visita: /)]);
  });

  test("stays silent until the deadline that the producer read: the next is asked", async () => {
    const { producer, provider } = await on.waiting();
    const { matches } = await on.requestOf(producer.number);
    const deadline = matches.find(({ state }) => state === "asked")?.askExpiresAt;
    if (!deadline) throw new Error("no deadline");
    on.platform.clock.set(new Date(Date.parse(deadline) - 1000));
    await on.settle();
    expect(await producer.reads()).toEqual([]);
    on.platform.clock.advance({ seconds: 1 });
    await on.settle();
    expect(await producer.reads()).toEqual([expect.stringMatching(/ no respondio\. Ya le preguntamos a /)]);
    expect(await provider.says("si voy")).toEqual([
      expect.stringMatching(/^Ese pedido ya paso a otra persona/),
    ]);
    expect((await on.requestOf(producer.number)).state).toBe("asking");
    // Told once: what follows is politeness.
    expect(await provider.says("ok gracias")).toEqual([]);
  });
});

test("when all decline, the search goes further and then to a person, and the producer reads each truth", async () => {
  const producer = await on.choosing();
  const read: string[] = await producer.says("1");
  for (let asks = 0; asks < 30; asks += 1) {
    const request = await on.requestOf(producer.number);
    if (request.state === "with_operator") break;
    if (request.state === "listed") read.push(...(await producer.says("1")));
    const asked = await on.askedBy(producer);
    await asked.says("no");
    read.push(...(await producer.reads()));
  }
  const request = await on.requestOf(producer.number);
  expect(request).toMatchObject({ state: "with_operator", round: 3, reason: { code: "all-asked" } });
  expect(read.filter((text) => / no puede\. Buscamos mas lejos/.test(text))).toHaveLength(2);
  expect(read.filter((text) => / pueden? atender en Tocache/.test(text))).toHaveLength(2);
  expect(read.at(-1)).toMatch(/^Nadie pudo tomar su pedido de .+ Una persona de Minka lo vera y le avisara/);
  // Each who said no is named once, none twice.
  const declined = request.matches
    .filter(({ state }) => state === "declined")
    .map(({ providerId }) => providerId);
  expect(new Set(declined).size).toBe(declined.length);
  expect(await producer.says("ESTADO")).toEqual([
    expect.stringMatching(/lo esta viendo una persona de Minka/),
  ]);
  // What the producer was promised: a person has it on their list.
  const items = await on.owner`
    select kind, subject, resolved_at from notifications.attention_items where phone = ${producer.number}`;
  expect([...items]).toEqual([{ kind: "request_handed_over", subject: request.id, resolved_at: null }]);
}, 90_000);

test("NO to the list brings a wider one, then one by phone or of next month, and NO to that a person", async () => {
  const producer = await on.choosing();
  expect(await producer.says("no, ninguno")).toEqual([expect.stringMatching(/ pueden? atender en Tocache/)]);
  expect(await producer.says("NO")).toEqual([expect.stringMatching(/ pueden? atender en Tocache/)]);
  const last = await producer.says("NO");
  expect(last.at(-1)).toMatch(/Una persona de Minka lo vera/);
  expect(last).toHaveLength(1);
  expect((await on.requestOf(producer.number)).state).toBe("with_operator");
});

test("a need that nobody serves goes to a person at once", async () => {
  const producer = await on.registered();
  const answers = await producer.says("necesito un catador para mi cafe en yarinacocha");
  expect(answers).toHaveLength(1);
  const { state, reason } = await on.requestOf(producer.number);
  if (state === "with_operator") {
    expect(answers[0]).toMatch(/^Por ahora nadie ofrece .+ Una persona de Minka lo vera/);
    expect(reason?.code).toBeTruthy();
  } else expect(answers[0]).toMatch(/ pueden? atender/);
});

test("one provider with two orders hears of each at once, and answers the newest first", async () => {
  const { producer, provider } = await on.waiting();
  const other = await on.choosing();
  const listed = await on.requestOf(other.number);
  const number = listed.matches.findIndex(({ providerName }) => providerName === provider.name) + 1;
  await other.says(number > 0 ? String(number) : "1");
  if (number > 0) {
    expect(await provider.reads()).toEqual([expect.stringMatching(/^Pedido: /)]);
    const [declined, again] = await provider.says("no");
    expect(declined).toMatch(/^Esta bien/);
    expect(again).toMatch(/^Pedido: /);
    expect(await provider.says("si")).toEqual([expect.stringMatching(/^Listo/)]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/dijo que si/)]);
    expect(await other.reads()).toEqual([expect.stringMatching(/ no puede\. Ya le preguntamos/)]);
  } else expect.unreachable("the two lists share nobody");
});

/** As much of a name as survives its shortening. */
function start(name: string): string {
  return name.slice(0, 12).normalize("NFD").replace(/\p{M}/gu, ".?");
}

test("a producer who asks again while nothing has come is not asked for their district", async () => {
  const producer = await on.registered();
  expect(await producer.says(pest)).toEqual([expect.stringMatching(/^3 pueden/)]);
});
