import { createTestClock } from "@minka/test-kit/test-clock";
import { afterEach, describe, expect, test } from "vitest";
import { sendMessageJob } from "../src/sending/send-message.ts";
import { channels } from "../src/sending/sending-tables.ts";
import { optOuts, outboundMessages } from "../src/tables.ts";
import {
  acceptThenDie,
  busy,
  otherPhone,
  phone,
  phoneNumber,
  recordingGateway,
  runSending,
  type RecordingGateway,
  type SendingRun,
} from "./sending-run.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
async function start(gateways: RecordingGateway[], at?: string): Promise<SendingRun> {
  const clock = createTestClock();
  if (at) clock.set(new Date(at));
  const run = await runSending(gateways, clock);
  stops.push(() => run.stop());
  return run;
}
const rows = (run: SendingRun) => run.db.read.select().from(outboundMessages);

describe("a ten-minute storm of 429", () => {
  test("uses up no attempts, is met with few calls, and everything leaves in order afterwards", async () => {
    const gateway = recordingGateway("one", { segmentsPerSecond: 1 });
    const run = await start([gateway]);
    const texts = Array.from({ length: 5 }, (_, index) => `mensaje ${index}`);
    for (const text of texts)
      for (let index = 0; index < 4; index++) await run.enqueue({ text, phone: phoneNumber(index) });
    gateway.answerAlways(busy);
    for (let seconds = 0; seconds < 600; seconds += 5) {
      await run.settle();
      run.clock.advance({ seconds: 5 });
    }
    expect(gateway.accepted).toEqual([]);
    expect(gateway.calls.length).toBeGreaterThan(3);
    expect(gateway.calls.length).toBeLessThan(40);
    for (const row of await rows(run)) expect(row).toMatchObject({ state: "queued", attempts: 0 });
    gateway.answerAlways({ kind: "accept" });
    const storm = gateway.calls.length;
    for (let seconds = 0; seconds < 600; seconds += 5) {
      await run.settle();
      run.clock.advance({ seconds: 5 });
    }
    for (let index = 0; index < 4; index++) expect(gateway.texts(phoneNumber(index))).toEqual(texts);
    for (const row of await rows(run)) expect(row).toMatchObject({ state: "sent", attempts: 1 });
    expect(gateway.calls).toHaveLength(storm + 20);
    expect(await run.attention()).toEqual([]);
  });

  test("halves what a gateway without a limit is taken to bear, and the message leaves a moment later", async () => {
    const gateway = recordingGateway("one");
    const run = await start([gateway]);
    gateway.answer(busy);
    const id = await run.enqueue({});
    await run.settle();
    expect(gateway.calls).toHaveLength(1);
    expect(await run.db.read.select().from(channels)).toMatchObject([{ gateway: "one", slowedTo: 10 }]);
    run.clock.advance({ seconds: 1 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "sent", attempts: 1 });
  });
});

describe("a gateway with a rate", () => {
  test("gets no more segments than that from all workers together", async () => {
    const gateway = recordingGateway("one", { segmentsPerSecond: 2 });
    const run = await start([gateway]);
    const ids: string[] = [];
    for (let index = 0; index < 60; index++) ids.push(await run.enqueue({ phone: phoneNumber(index) }));
    const kit = { db: run.db, clock: run.clock, gateways: [gateway], environment: { SERVICE_SECRET: "x" } };
    const workers = Array.from({ length: 3 }, () => sendMessageJob(kit));
    for (let seconds = 0; seconds <= 30; seconds += 5) {
      await Promise.all(workers.flatMap((worker) => ids.map((id) => worker.run(id, "test-trace"))));
      expect(gateway.calls.length).toBeLessThanOrEqual(2 * (seconds + 5) + 1);
      run.clock.advance({ seconds: 5 });
    }
    expect(gateway.accepted).toHaveLength(60);
  }, 60_000);

  test("costs a long message as many times as it has segments", async () => {
    const gateway = recordingGateway("one", { segmentsPerSecond: 1 });
    const run = await start([gateway]);
    for (let index = 0; index < 4; index++)
      await run.enqueue({ phone: phoneNumber(index), text: "x".repeat(400) });
    await run.settle();
    expect(gateway.accepted).toHaveLength(2);
    run.clock.advance({ seconds: 5 });
    await run.settle();
    expect(gateway.accepted.length).toBeLessThanOrEqual(4);
    run.clock.advance({ seconds: 5 });
    await run.settle();
    expect(gateway.accepted).toHaveLength(4);
  });

  test("that is unlimited leaves no trace of it in the database", async () => {
    const run = await start([recordingGateway("one")]);
    for (let index = 0; index < 5; index++) await run.enqueue({ phone: phoneNumber(index) });
    await run.settle();
    expect(await run.db.read.select().from(channels)).toEqual([]);
  });

  test("takes replies before news and news before what goes to many, which still gets its turn", async () => {
    const gateway = recordingGateway("one", { segmentsPerSecond: 1 });
    const run = await start([gateway], "2026-11-21T15:00:00Z");
    for (let index = 0; index < 30; index++)
      await run.enqueue({ phone: phoneNumber(index), text: "muchos", bulk: true });
    for (let index = 30; index < 33; index++)
      await run.enqueue({ phone: phoneNumber(index), text: "noticia" });
    for (let index = 33; index < 36; index++)
      await run.enqueue({ phone: phoneNumber(index), text: "respuesta", reply: true });
    await run.settle();
    expect(gateway.texts()).toEqual([...Array(3).fill("respuesta"), ...Array(3).fill("noticia")]);
    // Replies keep coming, as many as the channel takes.
    for (let round = 0; round < 12; round++) {
      for (let index = 0; index < 6; index++)
        await run.enqueue({ phone: phoneNumber(100 + round * 6 + index), text: "respuesta", reply: true });
      run.clock.advance({ seconds: 5 });
      await run.settle();
    }
    const many = gateway.texts().filter((text) => text === "muchos").length;
    expect(many).toBeGreaterThanOrEqual(4);
    expect(many).toBeLessThanOrEqual(8);
  });

  test("never lets a reply wait for news to the same phone", async () => {
    const gateway = recordingGateway("one", { segmentsPerSecond: 0.2 });
    const run = await start([gateway]);
    for (let index = 0; index < 5; index++) await run.enqueue({ text: `noticia ${index}` });
    await run.settle();
    await run.enqueue({ text: "respuesta", reply: true });
    run.clock.advance({ seconds: 10 });
    await run.settle();
    expect(gateway.texts().slice(0, 4)).toContain("respuesta");
    expect(gateway.texts().filter((text) => text !== "respuesta")).toEqual(
      ["noticia 0", "noticia 1", "noticia 2"].slice(0, gateway.texts().length - 1),
    );
  });
});

describe("what goes to many", () => {
  test("leaves between seven and eight in the evening in Lima alone, whenever it was written, and holds up nobody", async () => {
    const gateway = recordingGateway("one");
    const run = await start([gateway], "2026-11-22T00:59:00Z"); // 19:59
    await run.enqueue({ text: "de tarde", bulk: true });
    await run.settle();
    run.clock.advance({ minutes: 1 });
    const late = await run.enqueue({ text: "de noche", bulk: true });
    await run.enqueue({ text: "noticia" });
    await run.enqueue({ text: "respuesta", reply: true });
    await run.settle();
    expect(gateway.texts()).toEqual(["de tarde", "noticia", "respuesta"]);
    run.clock.set(new Date("2026-11-22T11:59:59Z"));
    await run.settle();
    expect(await run.outbound(late)).toMatchObject({ state: "queued", attempts: 0 });
    run.clock.set(new Date("2026-11-22T12:00:00Z"));
    await run.settle();
    expect(gateway.texts().at(-1)).toBe("de noche");
  });

  test("that is worth nothing by morning is never sent", async () => {
    const run = await start([recordingGateway("one")], "2026-11-22T02:00:00Z");
    const id = await run.enqueue({ bulk: true, expiresAt: new Date("2026-11-22T05:00:00Z") });
    run.clock.advance({ hours: 3 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "expired" });
  });

  test("reaches nobody who said BAJA before it was their turn, however the BAJA races it", async () => {
    const gateway = recordingGateway("one", { segmentsPerSecond: 0.5 });
    const run = await start([gateway], "2026-11-21T15:00:00Z");
    const ids = new Map<string, string>();
    for (let index = 0; index < 60; index++) {
      const to = phoneNumber(index);
      ids.set(to, await run.enqueue({ phone: to, text: "aviso", bulk: true }));
    }
    const said = new Set<string>();
    gateway.answerAlways(async (message) => {
      expect(said).not.toContain(message.phone);
      gateway.accepted.push(message);
      return { kind: "accepted", externalId: message.id };
    });
    const sayBaja = (to: string) =>
      run.db.read.insert(optOuts).values({ phone: to, since: run.clock() }).onConflictDoNothing();
    for (let round = 0; round < 30; round++) {
      const [before, meanwhile] = [phoneNumber(59 - round), phoneNumber(round * 2)];
      if ((await run.outbound(ids.get(before) ?? "")).state === "queued") {
        await sayBaja(before);
        said.add(before);
      }
      await Promise.all([run.settle(), sayBaja(meanwhile)]);
      // Either it had been taken up, or it never will be.
      if ((await run.outbound(ids.get(meanwhile) ?? "")).state === "queued") said.add(meanwhile);
      run.clock.advance({ seconds: 5 });
    }
    expect(said.size).toBeGreaterThan(10);
    for (const { phone: to, state, attempts } of await rows(run)) {
      if (said.has(to)) expect({ state, attempts }).toEqual({ state: "withheld", attempts: 0 });
      else expect(["sent", "withheld"]).toContain(state);
    }
    expect(new Set(gateway.accepted.map((one) => one.phone)).size).toBe(gateway.accepted.length);
  }, 60_000);

  test("leaves out who says BAJA while their message waits, and still confirms it to them", async () => {
    const gateway = recordingGateway("one", { segmentsPerSecond: 1 });
    const run = await start([gateway], "2026-11-21T15:00:00Z");
    for (let index = 0; index < 8; index++) await run.enqueue({ phone: phoneNumber(index), bulk: true });
    const id = await run.enqueue({ phone: otherPhone, bulk: true });
    await run.settle();
    await run.db.read.insert(optOuts).values({ phone: otherPhone, since: run.clock() });
    await run.enqueue({ phone: otherPhone, text: "Listo", reply: true });
    for (let round = 0; round < 4; round++) {
      run.clock.advance({ seconds: 5 });
      await run.settle();
    }
    expect(gateway.texts(otherPhone)).toEqual(["Listo"]);
    expect(await run.outbound(id)).toMatchObject({ state: "withheld" });
  });
});

describe("a gateway that does not answer", () => {
  test("is spared after five attempts in doubt, then tried by one message at a time, and is back when that goes well", async () => {
    const gateway = recordingGateway("one");
    const run = await start([gateway]);
    gateway.answerAlways(acceptThenDie(gateway));
    for (let index = 0; index < 5; index++) {
      await run.enqueue({ phone: phoneNumber(index) });
      await run.settle();
    }
    for (let index = 5; index < 40; index++) await run.enqueue({ phone: phoneNumber(index) });
    await run.settle();
    expect(gateway.calls).toHaveLength(5);
    expect(await run.attention()).toMatchObject([{ kind: "channel_paused", text: "one ECONNRESET" }]);
    run.clock.advance({ seconds: 30 });
    await run.settle();
    expect(gateway.calls).toHaveLength(6);
    run.clock.advance({ seconds: 59 });
    await run.settle();
    expect(gateway.calls).toHaveLength(6);
    gateway.answerAlways({ kind: "accept" });
    run.clock.advance({ seconds: 1 });
    await run.settle();
    expect(gateway.calls).toHaveLength(40);
    expect(await run.db.read.select().from(channels)).toMatchObject([{ failures: 0, openUntil: null }]);
    expect(new Set(gateway.calls.map((call) => call.phone)).size).toBe(40);
  });

  test("is not spared for what it refuses: a refusal is an answer", async () => {
    const gateway = recordingGateway("one");
    const run = await start([gateway]);
    gateway.answerAlways({ kind: "refused", code: "21211", retry: "never" });
    for (let index = 0; index < 12; index++) await run.enqueue({ phone: phoneNumber(index) });
    await run.settle();
    expect(gateway.calls).toHaveLength(12);
  });
});

test("a long answer with á and emoji is folded, its segments are counted right, and it is sent once", async () => {
  const gateway = recordingGateway("one");
  const run = await start([gateway]);
  const id = await run.enqueue({
    text: `${"Mañana irá un técnico a su chacra. ".repeat(6)}¡Adiós! 🌱`,
    reply: true,
  });
  await run.settle();
  run.clock.advance({ hours: 1 });
  await run.settle();
  const { body, segments, state } = await run.outbound(id);
  expect(gateway.texts(phone)).toEqual([body]);
  expect(body).toContain("Mañana ira un técnico");
  expect(body).not.toMatch(/[áíóú]|\p{Extended_Pictographic}/u);
  expect({ segments, state }).toEqual({ segments: Math.ceil((body ?? "").length / 153), state: "sent" });
});
