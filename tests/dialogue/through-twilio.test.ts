import { describe, expect, test } from "vitest";
import { pest, stage } from "./scene.ts";
import { deliver, inbound, startTwilioPlatform, twilioLine, type TwilioPlatform } from "./twilio-line.ts";

let platform: TwilioPlatform;
const on = stage({ start: async () => (platform = await startTwilioPlatform()), line: twilioLine });

test("an SMS becomes a match, a visit and a rating", async () => {
  const producer = on.stranger();
  expect(await producer.says(pest)).toEqual([expect.stringMatching(/Acepta\? Responda SI o NO$/)]);
  expect(await producer.says("si")).toEqual([
    expect.stringMatching(/^3 pueden atender en Tocache:\n1 .+\n2 .+\n3 .+\nResponda del 1 al 3, o NO$/),
  ]);
  expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  const { number } = await on.askedBy(producer);
  const provider = twilioLine(platform, number);
  expect(await provider.reads()).toEqual([
    expect.stringMatching(/^Pedido: visita t.cnica de plagas en cacao, Tocache/),
  ]);
  await provider.writes("si jueves");
  await on.settle();
  expect(await provider.reads()).toEqual([
    expect.stringMatching(/^Listo\. Visita: jueves 26, (S\/ \d+|gratis)\./),
  ]);
  expect(await producer.reads()).toEqual([
    expect.stringMatching(/dijo que si\. Visita: jueves 26, (S\/ \d+|gratis)\./),
  ]);
  on.platform.clock.advance({ days: 4 });
  await on.settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^¿Vino .+\? Responda SI o NO$/)]);
  expect(await producer.says("si vino")).toEqual([expect.stringMatching(/^¿Qué nota le pone a .+ Del 1/)]);
  expect(await producer.says("5")).toEqual([expect.stringMatching(/^Gracias/)]);
});

describe("reports on what was sent", () => {
  const stateOf = async (sid: string) => {
    const [row] = await on.owner`
      select state from notifications.outbound_messages where external_id = ${sid}`;
    return row?.["state"];
  };

  test("may come in any order and repeated: the surest one stands, and nothing is sent again", async () => {
    const producer = await on.choosing();
    const { twilio } = platform;
    const sent = twilio.accepted.filter(({ to }) => to === producer.number);
    const before = twilio.attempts();
    for (const message of sent) {
      const statuses = ["delivered", "sent", "queued", "delivered", "sending", "sent"];
      for (const status of statuses)
        expect((await deliver(platform, twilio.report(message, status))).statusCode).toBe(200);
      expect(await stateOf(message.sid)).toBe("delivered");
    }
    await on.settle();
    expect(twilio.attempts()).toBe(before);
    expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("that arrive before Twilio's own answer count, and the dialogue goes on", async () => {
    const producer = on.stranger();
    platform.twilio.answer({
      kind: "accept",
      async before(message) {
        await deliver(platform, platform.twilio.report(message, "delivered"));
      },
    });
    expect(await producer.says(pest)).toHaveLength(1);
    const [message] = platform.twilio.accepted.filter(({ to }) => to === producer.number);
    expect(await stateOf(message?.sid ?? "")).toBe("delivered");
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^3 pueden/)]);
  });

  test("of a forger change nothing", async () => {
    const producer = on.stranger();
    await producer.says(pest);
    const [message] = platform.twilio.accepted.filter(({ to }) => to === producer.number);
    if (!message) throw new Error("nothing was sent");
    const { url, headers, payload } = platform.twilio.report(message, "failed");
    const forged = { url, headers: { ...headers, "x-twilio-signature": "AAAA" }, payload };
    expect((await deliver(platform, forged)).statusCode).toBe(403);
    expect(await stateOf(message.sid)).toBe("sent");
  });
});

test("an answer that was lost on the way to us is not sent twice", async () => {
  const producer = on.stranger();
  platform.twilio.answer({ kind: "accept-then-drop" });
  expect(await producer.says(pest)).toHaveLength(1);
  on.platform.clock.advance({ minutes: 30 });
  await on.settle();
  expect(await producer.reads()).toEqual([]);
  expect(await producer.says("si")).toEqual([expect.stringMatching(/^3 pueden/)]);
});

test("a webhook that is posted a hundred times at once is one message, one request and one reply", async () => {
  const producer = on.stranger();
  await producer.says("soy de tocache");
  await producer.says("si");
  const call = inbound(producer.number, pest);
  const answers = await Promise.all(Array.from({ length: 100 }, () => deliver(platform, call)));
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  await on.settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^3 pueden/)]);
  expect(await on.requestsOf(producer.number)).toHaveLength(1);
  const choice = inbound(producer.number, "1");
  await Promise.all(Array.from({ length: 100 }, () => deliver(platform, choice)));
  await on.settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  const { matches } = await on.requestOf(producer.number);
  expect(matches.filter(({ state }) => state === "asked")).toHaveLength(1);
});

test("a body that is not UTF-8 is answered like any other that nobody understands", async () => {
  const producer = on.stranger();
  // "técnico" in Latin-1, as an old gateway would pass it on; what Twilio signs is what we read.
  const read = inbound(producer.number, "necesito t\uFFFDcnico para mi cacao en tocache");
  const payload = Buffer.from(read.payload.replaceAll("%EF%BF%BD", "%E9"), "latin1");
  expect((await deliver(platform, { ...read, payload })).statusCode).toBe(200);
  await on.settle();
  const [answer] = await producer.reads();
  expect(answer).toMatch(/Acepta\?|^No le entendi/);
});

test("a message without text, and one from a sender that is no phone, do no harm", async () => {
  const producer = on.stranger();
  expect(await producer.says("")).toEqual([expect.stringMatching(/^No le entendi/)]);
  const before = platform.twilio.attempts();
  expect((await deliver(platform, inbound("CLARO", "recargue hoy y gane"))).statusCode).toBe(200);
  await on.settle();
  expect(platform.twilio.attempts()).toBe(before);
});
