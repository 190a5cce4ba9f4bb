import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  acceptThenDie,
  down,
  phone,
  phoneNumber,
  recordingGateway,
  refused,
  runSending,
  type RecordingGateway,
  type SendingRun,
} from "./sending-run.ts";

let primary: RecordingGateway;
let secondary: RecordingGateway;
let run: SendingRun;
beforeEach(async () => {
  primary = recordingGateway("primary");
  secondary = recordingGateway("secondary");
  run = await runSending([primary, secondary]);
});
afterEach(() => run.stop());

const wroteBy = (gateway: string, hoursAgo: number) =>
  run.wrote(gateway, new Date(run.clock().getTime() - hoursAgo * 3_600_000));

describe("when the primary gateway is down", () => {
  test("the secondary takes over at once, each message leaves once, and the primary is asked ever less", async () => {
    primary.answerAlways(down);
    const ids = [];
    for (let index = 0; index < 20; index++) ids.push(await run.enqueue({ phone: phoneNumber(index) }));
    await run.settle();
    expect(secondary.accepted).toHaveLength(20);
    for (let index = 20; index < 40; index++) ids.push(await run.enqueue({ phone: phoneNumber(index) }));
    const before = primary.calls.length;
    await run.settle();
    expect(secondary.accepted).toHaveLength(40);
    expect(primary.calls).toHaveLength(before);
    for (const id of ids)
      expect(await run.outbound(id)).toMatchObject({ state: "sent", gateway: "secondary" });
    expect(await run.attention()).toMatchObject([{ kind: "channel_paused", text: "primary ECONNREFUSED" }]);
  });

  test("it has the messages again when it is back", async () => {
    primary.answerAlways(down);
    for (let index = 0; index < 10; index++) await run.enqueue({ phone: phoneNumber(index) });
    await run.settle();
    primary.answerAlways({ kind: "accept" });
    run.clock.advance({ minutes: 5 });
    for (let index = 10; index < 30; index++) await run.enqueue({ phone: phoneNumber(index) });
    await run.settle();
    expect(primary.accepted.length + secondary.accepted.length).toBe(30);
    expect(primary.accepted.length).toBeGreaterThan(0);
    run.clock.advance({ minutes: 1 });
    await run.enqueue({});
    await run.settle();
    expect(primary.texts(phone)).toEqual(["Hola"]);
  });

  test("and it had taken a message before it died, the secondary never gets that one", async () => {
    primary.answerAlways(acceptThenDie(primary));
    const ids: string[] = [];
    for (let index = 0; index < 12; index++) {
      ids.push(await run.enqueue({ phone: phoneNumber(index) }));
      await run.settle();
    }
    for (let minutes = 0; minutes < 40; minutes++) {
      run.clock.advance({ minutes: 1 });
      await run.settle();
    }
    const taken = [...primary.accepted, ...secondary.accepted].map(({ id }) => id);
    expect(primary.accepted.length).toBeGreaterThanOrEqual(5);
    expect(secondary.accepted.length).toBeGreaterThan(0);
    expect(taken.toSorted()).toEqual(ids.toSorted());
    const unsettled = (await run.attention()).filter(({ kind }) => kind === "message_unsettled");
    expect(unsettled.map(({ messageId }) => String(messageId)).toSorted()).toEqual(
      primary.accepted.map(({ id }) => id).toSorted(),
    );
  });

  test("and the secondary as well, nothing is lost: what waits leaves when one is back", async () => {
    primary.answerAlways(down);
    secondary.answerAlways(down);
    const id = await run.enqueue({});
    for (let minutes = 0; minutes < 10; minutes++) {
      await run.settle();
      run.clock.advance({ minutes: 1 });
    }
    expect(await run.outbound(id)).toMatchObject({ state: "queued" });
    expect(primary.calls.length + secondary.calls.length).toBeLessThan(20);
    secondary.answerAlways({ kind: "accept" });
    run.clock.advance({ minutes: 30 });
    await run.settle();
    expect(secondary.accepted).toHaveLength(1);
    expect(primary.accepted).toEqual([]);
  });

  test("what is to be said by one gateway alone waits for it, and expires", async () => {
    primary.answerAlways(down);
    for (let index = 0; index < 6; index++) await run.enqueue({ phone: phoneNumber(index) });
    await run.settle();
    const id = await run.enqueue({ fleeting: { key: "safety" }, reply: true });
    await run.settle();
    run.clock.advance({ minutes: 10 });
    await run.settle();
    expect(await run.outbound(id)).toMatchObject({ state: "expired", attempts: 0, fleeting: null });
    expect(secondary.texts(phone)).toEqual([]);
  });
});

test("a channel that refuses everything is left alone, and the other one takes the message", async () => {
  primary.answerAlways(refused("20003", "pause"));
  const first = await run.enqueue({});
  const second = await run.enqueue({ phone: phoneNumber(1) });
  await run.settle();
  for (const id of [first, second]) expect(await run.outbound(id)).toMatchObject({ gateway: "secondary" });
  expect((await run.attempts(first)).map(({ gateway, outcome }) => [gateway, outcome])).toEqual(
    expect.arrayContaining([["secondary", "accepted"]]),
  );
  expect(primary.calls.length).toBeLessThanOrEqual(2);
});

test("a phone that one gateway never reaches is written to by the other, and given up when that cannot either", async () => {
  primary.answerAlways(refused("63016", "elsewhere"));
  const id = await run.enqueue({});
  await run.settle();
  expect(await run.outbound(id)).toMatchObject({ state: "sent", gateway: "secondary", attempts: 2 });
  secondary.answerAlways(refused("21612", "elsewhere"));
  const lost = await run.enqueue({});
  await run.settle();
  expect(await run.outbound(lost)).toMatchObject({ state: "failed", lastError: "21612", attempts: 2 });
  expect(await run.attention()).toMatchObject([{ kind: "message_failed", messageId: lost }]);
});

test("a report that the phone is never reached that way sends the message by the other gateway", async () => {
  const id = await run.enqueue({});
  await run.settle();
  const refusal = () => ({ code: "63016", retry: "elsewhere" }) as const;
  await run.report({ messageId: id, attempt: 1, externalId: "x", state: "failed", refusal });
  await run.settle();
  expect(await run.outbound(id)).toMatchObject({ state: "sent", gateway: "secondary", attempts: 2 });
  // A late word on the first attempt is kept with it and changes nothing; that a phone has it does.
  await run.report({ messageId: id, attempt: 1, externalId: "x", state: "sent" });
  expect((await run.attempts(id)).map(({ outcome }) => outcome)).toEqual(["failed", "accepted"]);
  await run.report({ messageId: id, attempt: 1, externalId: "x", state: "delivered" });
  expect(await run.outbound(id)).toMatchObject({ state: "delivered" });
});

test("an attempt that was in doubt and proven not taken stays with its gateway", async () => {
  primary.answer({ kind: "unknown", error: "ECONNRESET" });
  primary.finds(() => ({ kind: "not-accepted" }));
  const id = await run.enqueue({});
  await run.settle();
  run.clock.advance({ seconds: 20 });
  primary.answer(down);
  await run.settle();
  run.clock.advance({ minutes: 5 });
  await run.settle();
  expect(await run.outbound(id)).toMatchObject({ state: "sent", gateway: "primary" });
  expect(secondary.calls).toEqual([]);
});

test("a phone is answered by the gateway it wrote by, for a day", async () => {
  await wroteBy("secondary", 23);
  await run.enqueue({ text: "por donde escribió" });
  await run.settle();
  await wroteBy("secondary", 25);
  await run.enqueue({ text: "por la primera" });
  await run.settle();
  await wroteBy("a gateway that is gone", 1);
  await run.enqueue({ text: "también" });
  await run.settle();
  expect(secondary.texts()).toEqual(["por donde escribio"]);
  expect(primary.texts()).toEqual(["por la primera", "también"]);
});
