import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SendOutcome } from "../src/gateways/gateway.ts";
import { sendMessageJob } from "../src/sending/send-message.ts";
import { audit, optOuts } from "../src/tables.ts";
import {
  acceptThenDie,
  phone,
  recordingGateway,
  refused,
  runSending,
  type RecordingGateway,
  type SendingRun,
} from "./sending-run.ts";

let gateway: RecordingGateway;
let run: SendingRun;
beforeEach(async () => {
  gateway = recordingGateway("one");
  run = await runSending([gateway]);
});
afterEach(() => run.stop());

/** A message whose call is on its way, until the test lets the gateway answer. */
async function underWay(): Promise<{ id: string; answer: (outcome: SendOutcome) => Promise<void> }> {
  let give: (outcome: SendOutcome) => void = () => {};
  const called = new Promise<void>((resolve) => {
    gateway.answer(async () => {
      resolve();
      return new Promise<SendOutcome>((settle) => (give = settle));
    });
  });
  const id = await run.enqueue({});
  const sending = run.job.run(id, "test-trace");
  await called;
  return {
    id,
    async answer(outcome) {
      give(outcome);
      await sending;
    },
  };
}

const failure = (code: string, retry: "never" | "away" | "opted-out") => ({
  state: "undelivered" as const,
  refusal: () => ({ code, retry }),
});
const about = (messageId: string, attempt = 1) => ({ messageId, attempt, externalId: `one-${messageId}-1` });

/** Every order of the words, each order of equal ones once. */
function orders(words: readonly string[]): string[][] {
  if (words.length === 0) return [[]];
  return [...new Set(words)].flatMap((first) => {
    const rest = words.toSpliced(words.indexOf(first), 1);
    return orders(rest).map((order) => [first, ...order]);
  });
}

describe("reports in every order, twice each, before, around and after the gateway's answer,", () => {
  test.each([
    { words: ["answer", "sent", "sent", "delivered", "delivered"], end: "delivered", alerts: 0 },
    { words: ["answer", "sent", "sent", "undelivered", "undelivered"], end: "undelivered", alerts: 1 },
    { words: ["answer", "sent", "undelivered", "delivered"], end: "delivered", alerts: 0 },
    { words: ["timeout", "sent", "sent", "delivered"], end: "delivered", alerts: 0 },
  ])("$words, end as $end", async ({ words, end, alerts }) => {
    for (const order of orders(words)) {
      // Timeouts in a row have the gateway spared for a while.
      run.clock.advance({ minutes: 6 });
      const { id, answer } = await underWay();
      for (const word of order) {
        if (word === "answer") await answer({ kind: "accepted", externalId: `one-${id}-1` });
        else if (word === "timeout") await answer({ kind: "unknown", error: "ECONNABORTED" });
        else if (word === "undelivered") await run.report({ ...about(id), ...failure("30006", "never") });
        else await run.report({ ...about(id), state: word === "sent" ? "sent" : "delivered" });
      }
      expect([order, (await run.outbound(id)).state]).toEqual([order, end]);
      expect(await run.attempts(id)).toMatchObject([{ externalId: `one-${id}-1` }]);
      const open = (await run.attention()).filter((one) => one.messageId === id && !one.resolvedAt);
      expect([order, open.length]).toEqual([order, alerts]);
    }
    expect(gateway.calls).toHaveLength(orders(words).length);
  });
});

test("a report that comes before the gateway's answer is not undone by the answer, nor by its timeout", async () => {
  const first = await underWay();
  await run.report({ ...about(first.id), state: "delivered" });
  await first.answer({ kind: "accepted", externalId: `one-${first.id}-1` });
  const second = await underWay();
  await run.report({ ...about(second.id), state: "sent" });
  await second.answer({ kind: "unknown", error: "ECONNABORTED" });
  expect(await run.outbound(first.id)).toMatchObject({ state: "delivered" });
  expect(await run.outbound(second.id)).toMatchObject({ state: "sent" });
  run.clock.advance({ hours: 1 });
  await run.settle();
  expect(gateway.calls).toHaveLength(2);
});

test("the attempt is written down before the gateway hears of it", async () => {
  const { id, answer } = await underWay();
  expect(await run.outbound(id)).toMatchObject({ state: "sending", attempts: 1 });
  expect(await run.attempts(id)).toMatchObject([
    { number: 1, gateway: "one", startedAt: run.clock(), outcome: null, finishedAt: null },
  ]);
  await answer({ kind: "accepted", externalId: "x" });
  expect(await run.attempts(id)).toMatchObject([{ outcome: "accepted", externalId: "x" }]);
});

describe("a timeout after the gateway took the message", () => {
  test("is never sent again: the report settles it", async () => {
    gateway.answer(acceptThenDie(gateway));
    const id = await run.enqueue({});
    await run.settle();
    for (let minutes = 0; minutes < 5; minutes++) {
      run.clock.advance({ minutes: 1 });
      await run.settle();
      expect(await run.outbound(id)).toMatchObject({ state: "unknown" });
    }
    await run.report({ ...about(id), state: "sent" });
    run.clock.advance({ hours: 30 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "sent" });
    expect(gateway.accepted).toHaveLength(1);
    expect(await run.attention()).toEqual([]);
  });

  test("is never sent again: without a report the operator has it after ten minutes", async () => {
    gateway.answer(acceptThenDie(gateway));
    const id = await run.enqueue({});
    await run.settle();
    for (let seconds = 0; seconds < 600; seconds += 5) {
      expect(await run.attention()).toEqual([]);
      run.clock.advance({ seconds: 5 });
      await run.settle();
    }
    expect(await run.attention()).toMatchObject([{ kind: "message_unsettled", messageId: id }]);
    expect(gateway.calls).toHaveLength(1);
  });

  test("is found in the gateway's list when it keeps one, and not when two of the same words are in doubt", async () => {
    gateway.answer(acceptThenDie(gateway), acceptThenDie(gateway), acceptThenDie(gateway));
    const alone = await run.enqueue({ text: "Una" });
    const twins = [await run.enqueue({ text: "Dos" }), await run.enqueue({ text: "Dos" })];
    await run.settle();
    gateway.finds(({ id }) => ({ kind: "accepted", externalId: `one-${id}-1` }));
    run.clock.advance({ minutes: 1 });
    await run.settle();
    expect(await run.outbound(alone)).toMatchObject({ state: "sent" });
    for (const id of twins) expect(await run.outbound(id)).toMatchObject({ state: "unknown" });
  });
});

describe("a worker that was held up", () => {
  test("before the call sends nothing when it comes back, and the message leaves once", async () => {
    const id = await run.enqueue({});
    // Its clock is read to claim, and to see how long that took: in between the process stands still.
    const { clock, db } = run;
    const standsStill = () => {
      const now = clock();
      clock.advance({ seconds: 20 });
      return now;
    };
    const environment = { SERVICE_SECRET: "a secret of the tests" };
    const slow = sendMessageJob({ db, gateways: [gateway], environment, clock: standsStill });
    await slow.run(id, "test-trace");
    expect(gateway.calls).toEqual([]);
    expect(await run.outbound(id)).toMatchObject({ state: "queued", lastError: "held-up" });
    run.clock.advance({ minutes: 1 });
    await run.settle();
    expect(gateway.accepted).toHaveLength(1);
    expect(await run.outbound(id)).toMatchObject({ state: "sent" });
  });

  test("after the call has its answer taken into account, and nothing is sent twice", async () => {
    const { id, answer } = await underWay();
    run.clock.advance({ minutes: 3 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "unknown" });
    await answer({ kind: "accepted", externalId: `one-${id}-1` });
    run.clock.advance({ hours: 1 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "sent", attempts: 1 });
    expect(gateway.calls).toHaveLength(1);
  });

  test("comes back after the operator was asked: the message is sent, and nobody has to look any more", async () => {
    const { id, answer } = await underWay();
    run.clock.advance({ minutes: 1 });
    await run.settle();
    run.clock.advance({ minutes: 15 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "failed", lastError: "unsettled" });
    await answer({ kind: "accepted", externalId: `one-${id}-1` });
    expect(await run.outbound(id)).toMatchObject({ state: "sent" });
    expect(await run.attention()).toMatchObject([{ resolvedBy: "service:notifications" }]);
  });

  test("and one that is not: the same message is claimed by one of them", async () => {
    const id = await run.enqueue({});
    await Promise.all(Array.from({ length: 8 }, () => run.job.run(id, "test-trace")));
    expect(gateway.calls).toHaveLength(1);
  });
});

describe("a phone that said STOP to the gateway itself", () => {
  test("is written to no more when the gateway says so at once (21610)", async () => {
    gateway.answer(refused("21610", "opted-out"));
    const first = await run.enqueue({});
    const second = await run.enqueue({ text: "después" });
    await run.settle();
    expect(await run.outbound(first)).toMatchObject({ state: "failed", lastError: "21610" });
    expect(await run.outbound(second)).toMatchObject({ state: "withheld" });
    expect(gateway.calls).toHaveLength(1);
    expect(await run.db.read.select().from(optOuts)).toMatchObject([{ phone }]);
    expect(await run.attention()).toEqual([]);
  });

  test("is written to no more when a report says so, however often it comes (21610)", async () => {
    const first = await run.enqueue({});
    await run.settle();
    for (let times = 0; times < 3; times++)
      await run.report({ ...about(first), ...failure("21610", "opted-out") });
    const second = await run.enqueue({ text: "después" });
    await run.settle();
    expect(await run.outbound(first)).toMatchObject({ state: "undelivered", lastError: "21610" });
    expect(await run.outbound(second)).toMatchObject({ state: "withheld" });
    expect(await run.db.read.select().from(audit)).toMatchObject([{ action: "opted-out", subject: first }]);
  });
});

describe("a phone that is off for days (30003)", () => {
  test("is tried again after one, two and four hours, lets later messages pass, and is reached in the end", async () => {
    const expiresAt = new Date(run.clock().getTime() + 4 * 24 * 3_600_000);
    const id = await run.enqueue({ text: "dias", expiresAt });
    for (const [attempt, hours] of [
      [1, 1],
      [2, 2],
      [3, 4],
    ] as const) {
      await run.settle();
      await run.report({ ...about(id, attempt), ...failure("30003", "away") });
      expect(await run.outbound(id)).toMatchObject({
        state: "queued",
        attempts: attempt,
        dueAt: new Date(run.clock().getTime() + hours * 3_600_000),
      });
      await run.enqueue({ text: `luego ${attempt}` });
      run.clock.advance({ hours, seconds: -1 });
      await run.settle();
      expect(gateway.texts().filter((text) => text === "dias")).toHaveLength(attempt);
      run.clock.advance({ seconds: 1 });
    }
    await run.settle();
    await run.report({ ...about(id, 4), state: "delivered" });
    expect(await run.outbound(id)).toMatchObject({ state: "delivered", attempts: 4 });
    expect(gateway.texts()).toEqual(["dias", "luego 1", "dias", "luego 2", "dias", "luego 3", "dias"]);
    expect(await run.attention()).toEqual([]);
  });

  test("is written to as soon as it writes itself, and only what waited for it leaves", async () => {
    const id = await run.enqueue({ text: "espera" });
    const later = await run.enqueue({ text: "luego", at: new Date(run.clock().getTime() + 7_200_000) });
    await run.settle();
    await run.report({ ...about(id), ...failure("30003", "away") });
    run.clock.advance({ minutes: 10 });
    await run.settle();
    expect(gateway.texts()).toEqual(["espera"]);
    await run.wrote("one", run.clock());
    await run.settle();
    expect(gateway.texts()).toEqual(["espera", "espera"]);
    expect(await run.outbound(later)).toMatchObject({ state: "queued", attempts: 0 });
    // Off again: what it wrote before says nothing.
    await run.report({ ...about(id, 2), ...failure("30003", "away") });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "queued", attempts: 2 });
  });

  test("is given up when the next try would come after the message is worth anything", async () => {
    const expiresAt = new Date(run.clock().getTime() + 100 * 60_000);
    const id = await run.enqueue({ expiresAt });
    await run.settle();
    await run.report({ ...about(id), ...failure("30003", "away") });
    run.clock.advance({ hours: 1 });
    await run.settle();
    await run.report({ ...about(id, 2), ...failure("30003", "away") });
    expect(await run.outbound(id)).toMatchObject({ state: "undelivered", lastError: "30003" });
    expect(await run.attention()).toMatchObject([{ kind: "message_failed", messageId: id }]);
  });

  test("turns out to have had an earlier attempt after all: it is not tried again", async () => {
    const id = await run.enqueue({});
    await run.settle();
    await run.report({ ...about(id), ...failure("30003", "away") });
    await run.report({ ...about(id), state: "delivered" });
    run.clock.advance({ hours: 5 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "delivered" });
    expect(gateway.calls).toHaveLength(1);
  });
});
