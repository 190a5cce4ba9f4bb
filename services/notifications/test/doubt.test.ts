import { afterEach, describe, expect, test } from "vitest";
import type { Gateway } from "../src/gateways/gateway.ts";
import {
  acceptThenDie,
  busy,
  down,
  phone,
  recordingGateway,
  runSending,
  type RecordingGateway,
  type SendingRun,
} from "./sending-run.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
async function start(...gateways: RecordingGateway[]): Promise<SendingRun> {
  const run = await runSending(gateways);
  stops.push(() => run.stop());
  return run;
}
async function pass(run: SendingRun, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    run.clock.advance({ minutes: 1 });
    await run.settle();
  }
}
const undelivered = (messageId: string) => ({
  messageId,
  attempt: 1,
  externalId: "SM1",
  state: "undelivered" as const,
  refusal: () => ({ code: "30003", retry: "away" as const }),
});

describe("the words that could endanger are forgotten by the gateway", () => {
  const redacted: string[] = [];
  async function help(gateway: RecordingGateway) {
    redacted.splice(0);
    const run = await start(gateway);
    return { run, id: await run.enqueue({ fleeting: { key: "safety" }, reply: true }) };
  }
  const forgetful = (traits: Partial<Gateway> = {}) =>
    recordingGateway("one", {
      async redact(externalId) {
        redacted.push(externalId);
        return true;
      },
      ...traits,
    });

  test("when the report of their failure comes before its answer", async () => {
    const gateway = forgetful();
    const { run, id } = await help(gateway);
    gateway.answer(async () => {
      await run.report(undelivered(id));
      return { kind: "accepted", externalId: "SM1" };
    });
    await run.settle();
    await pass(run, 2);
    expect(redacted).toEqual(["SM1"]);
  });

  test("when the report of their failure is all that is ever heard", async () => {
    const gateway = forgetful();
    gateway.answer(acceptThenDie(gateway));
    const { run, id } = await help(gateway);
    await run.settle();
    await run.report(undelivered(id));
    await pass(run, 2);
    expect(redacted).toEqual(["SM1"]);
  });

  test("when nothing is heard but they are in its list", async () => {
    const sent: string[] = [];
    const gateway = forgetful({
      find: async ({ texts }) =>
        texts.some((text) => sent.includes(text))
          ? { kind: "accepted", externalId: "SM1" }
          : { kind: "cannot-tell" },
    });
    gateway.answer(async ({ text }) => {
      sent.push(text);
      return { kind: "unknown", error: "ECONNRESET" };
    });
    const { run } = await help(gateway);
    await run.settle();
    await pass(run, 2);
    expect(redacted).toEqual(["SM1"]);
    expect(gateway.calls).toHaveLength(1);
  });
});

test("a sign-in code that was certainly not taken leaves a moment later, or by another gateway", async () => {
  const [one, two] = [recordingGateway("one"), recordingGateway("two")];
  const run = await start(one, two);
  one.answer(busy, down);
  const slowed = await run.enqueue({ text: "clave 1", reply: true, ephemeral: true });
  await run.settle();
  await pass(run, 1);
  expect(await run.outbound(slowed)).toMatchObject({ state: "sent", body: null });
  const moved = await run.enqueue({ text: "clave 2", reply: true, ephemeral: true });
  await run.settle();
  expect(await run.outbound(moved)).toMatchObject({ state: "sent", body: null });
  expect([...one.texts(), ...two.texts()].toSorted()).toEqual(["clave 1", "clave 2"]);
});

test("what a late report has tried again is on nobody's list any more", async () => {
  const gateway = recordingGateway("one");
  const run = await start(gateway);
  gateway.answer(acceptThenDie(gateway));
  const id = await run.enqueue({});
  await run.settle();
  await pass(run, 11);
  expect(await run.attention()).toMatchObject([{ kind: "message_unsettled", resolvedAt: null }]);
  await run.report(undelivered(id));
  expect(await run.outbound(id)).toMatchObject({ state: "queued" });
  expect(await run.attention()).toMatchObject([{ resolvedBy: "service:notifications" }]);
});

test("a lost message is never taken for one of the same words that leaves while the list is read", async () => {
  let sendAnother = async () => {};
  const gateway = recordingGateway("one", {
    async find({ taken }) {
      await sendAnother();
      return (await taken(["SM2"])).has("SM2")
        ? { kind: "cannot-tell" }
        : { kind: "accepted", externalId: "SM2" };
    },
  });
  const run = await start(gateway);
  gateway.answer({ kind: "unknown", error: "ECONNRESET" });
  const lost = await run.enqueue({ text: "ayuda" });
  await run.settle();
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  let sending = Promise.resolve();
  sendAnother = async () => {
    const another = await run.enqueue({ text: "ayuda" });
    await new Promise<void>((arrived) => {
      gateway.answer(async () => {
        arrived();
        await answered;
        return { kind: "accepted", externalId: "SM2" };
      });
      sending = run.job.run(another, "test-trace");
    });
  };
  run.clock.advance({ seconds: 20 });
  await run.settling.run(lost, "test-trace");
  answer();
  await sending;
  expect(await run.outbound(lost)).toMatchObject({ state: "unknown", externalId: null });
});

describe("a gateway that knows messages again", () => {
  test("and never answers has a message handed over a few times, and the operator has it after ten minutes", async () => {
    const gateway = recordingGateway("one", { takesClientIds: true });
    const run = await start(gateway);
    gateway.answerAlways(acceptThenDie(gateway));
    const id = await run.enqueue({});
    await run.settle();
    await pass(run, 9);
    expect(await run.attention()).not.toMatchObject([{ kind: "message_unsettled" }]);
    await pass(run, 2);
    expect(await run.outbound(id)).toMatchObject({ state: "failed", lastError: "unsettled" });
    expect((await run.attention()).filter(({ kind }) => kind === "message_unsettled")).toHaveLength(1);
    const calls = gateway.calls.length;
    expect(calls).toBeLessThanOrEqual(10);
    await pass(run, 60);
    expect(gateway.calls).toHaveLength(calls);
  });

  test("and is down ever after leaves the message to the operator, and not to silence", async () => {
    const gateway = recordingGateway("one", { takesClientIds: true });
    const run = await start(gateway);
    gateway.answer(acceptThenDie(gateway));
    gateway.answerAlways(down);
    const minutes = 5;
    const brief = await run.enqueue({ expiresAt: new Date(run.clock().getTime() + minutes * 60_000) });
    await run.settle();
    await pass(run, 12);
    expect(await run.outbound(brief)).toMatchObject({ state: "failed", lastError: "unsettled" });
    const items = (await run.attention()).filter(({ messageId }) => messageId === brief);
    expect(items).toMatchObject([{ kind: "message_unsettled" }]);
  });

  test("has a phone's messages in their order, one in doubt before the next, but not for long", async () => {
    const gateway = recordingGateway("one", { takesClientIds: true });
    const run = await start(gateway);
    gateway.answer({ kind: "unknown", error: "timeout" });
    for (const text of ["uno", "dos"]) await run.enqueue({ text, reply: true });
    await run.settle();
    await pass(run, 1);
    expect(gateway.texts(phone)).toEqual(["uno", "dos"]);
    gateway.answerAlways(async (message) => {
      if (message.text === "tres") return { kind: "unknown", error: "timeout" };
      gateway.accepted.push(message);
      return { kind: "accepted", externalId: message.id };
    });
    for (const text of ["tres", "cuatro"]) await run.enqueue({ text, reply: true });
    await run.settle();
    await pass(run, 4);
    expect(gateway.texts(phone)).toEqual(["uno", "dos", "cuatro"]);
  });
});
