import { createTestClock } from "@minka/test-kit/test-clock";
import { startFakeTwilio } from "@minka/test-kit/fake-twilio";
import { afterEach, describe, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { createTwilioGateway } from "../src/gateways/twilio.ts";
import { pauseChannel } from "../src/sending/channels.ts";
import { sendMessageJob } from "../src/sending/send-message.ts";
import { channels } from "../src/sending/sending-tables.ts";
import { accountSid, authToken, publicUrl } from "./messaging-run.ts";
import {
  phone,
  phoneNumber,
  recordingGateway,
  refused,
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
const stateOf = async (run: SendingRun) => (await run.db.read.select().from(channels))[0];

test("a disturbance that many attempts met together spares the gateway as one does", async () => {
  const gateway = recordingGateway("one");
  const run = await start(gateway);
  let waiting = 0;
  let all = () => {};
  const together = new Promise<void>((resolve) => (all = resolve));
  gateway.answerAlways(async () => {
    if (++waiting === 8) all();
    await together;
    return { kind: "unknown", error: "timeout" };
  });
  const ids: string[] = [];
  for (let index = 0; index < 8; index++)
    ids.push(await run.enqueue({ phone: phoneNumber(index), reply: true }));
  await Promise.all(ids.map((id) => run.job.run(id, "test-trace")));
  expect(await stateOf(run)).toMatchObject({ openUntil: new Date(run.clock().getTime() + 30_000) });
});

test("only a message that leaves uses up the one try of a spared gateway", async () => {
  const gateway = recordingGateway("one", { segmentsPerSecond: 1 });
  const run = await start(gateway);
  const past = new Date(run.clock().getTime() - 1000);
  await run.db.read.insert(channels).values({ gateway: "one", failures: 5, openUntil: past });
  const bulk = await run.enqueue({ phone: phoneNumber(1), bulk: true });
  const reply = await run.enqueue({ phone: phoneNumber(2), reply: true });
  await run.job.run(bulk, "test-trace");
  expect(gateway.calls).toEqual([]);
  await run.job.run(reply, "test-trace");
  expect(gateway.calls).toMatchObject([{ id: reply }]);
});

test("the operator hears of each gateway that refuses everything, once", async () => {
  const [one, two] = [recordingGateway("one"), recordingGateway("two")];
  const run = await start(one, two);
  one.answerAlways(refused("20003", "pause"));
  two.answerAlways(refused("30002", "pause"));
  for (let round = 0; round < 3; round++) {
    await run.enqueue({ phone: phoneNumber(round) });
    await run.settle();
    run.clock.advance({ minutes: 6 });
  }
  expect((await run.attention()).map(({ text }) => text)).toEqual(["one 20003", "two 30002"]);
});

describe("a process whose clock is five minutes ahead", () => {
  test("does not use up the rate of the others", async () => {
    const gateway = recordingGateway("one", { segmentsPerSecond: 10 });
    const run = await start(gateway);
    const clock = createTestClock();
    clock.advance({ minutes: 5 });
    const ahead = sendMessageJob({ db: run.db, clock, gateways: [gateway], environment: {} });
    await ahead.run(await run.enqueue({ phone: phoneNumber(1), reply: true }), "test-trace");
    await run.enqueue({ phone: phoneNumber(2), reply: true });
    await run.settle();
    expect(gateway.accepted).toHaveLength(2);
  });

  test("does not rest a gateway for longer than it would be rested", async () => {
    const gateway = recordingGateway("one");
    const run = await start(gateway);
    const now = new Date(run.clock().getTime() + 5 * 60_000);
    await run.db.transaction((tx) => pauseChannel(tx, { gateway: "one", phone, code: "20003", now }));
    await run.db.read.update(channels).set({ failures: 9, openUntil: new Date(now.getTime() + 60_000) });
    await run.enqueue({});
    await run.settle();
    expect(gateway.accepted).toHaveLength(1);
    expect(await stateOf(run)).toMatchObject({ failures: 0, openUntil: null });
  });

  test("finds in Twilio's list what it has sent, for all that its own time is later", async () => {
    const clock = createTestClock();
    const fake = await startFakeTwilio({ accountSid, authToken, clock });
    stops.push(() => fake.stop());
    const [config] = readConfig({
      SMS_GATEWAY: "twilio",
      PUBLIC_URL: publicUrl,
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_FROM: "+15005550006",
      TWILIO_API_URL: fake.url,
    });
    if (config?.kind !== "twilio") throw new Error("not Twilio");
    const gateway = createTwilioGateway({ config, clock });
    const since = new Date(clock().getTime() + 5 * 60_000);
    const expiresAt = new Date(since.getTime() + 60_000);
    await gateway.send({ id: "1", attempt: 1, phone, text: "Hola", expiresAt, ephemeral: false });
    const taken = async () => new Set<string>();
    expect(await gateway.find({ id: "1", phone, texts: ["Hola"], since, taken })).toEqual({
      kind: "accepted",
      externalId: fake.accepted[0]?.sid,
    });
  });
});
