import { foldToGsm7 } from "@minka/language/gsm7";
import { renderText } from "@minka/language/texts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { outboundMessages } from "../src/tables.ts";
import {
  acceptThenDie,
  busy,
  phone,
  recordingGateway,
  runSending,
  type RecordingGateway,
  type SendingRun,
} from "./sending-run.ts";

const words = foldToGsm7(renderText("safety"));
const redacted: string[] = [];
let forgets = true;
let gateway: RecordingGateway;
let run: SendingRun;
beforeEach(async () => {
  redacted.splice(0);
  forgets = true;
  gateway = recordingGateway("one", {
    async redact(externalId) {
      redacted.push(externalId);
      return forgets;
    },
  });
  run = await runSending([gateway]);
});
afterEach(() => run.stop());

const help = () => run.enqueue({ fleeting: { key: "safety" }, reply: true });
const everything = async () => JSON.stringify(await run.db.read.select().from(outboundMessages));

test("words that could endanger are in no row at any time, and the gateway is asked to forget them", async () => {
  const id = await help();
  expect(await everything()).not.toContain(words);
  gateway.answer(async (message) => {
    // On its way not even what it was about is there any more.
    expect(await everything()).not.toContain("safety");
    expect(message).toMatchObject({ text: words, ephemeral: true });
    return { kind: "accepted", externalId: "SM1" };
  });
  await run.settle();
  expect(gateway.calls).toHaveLength(1);
  expect(await run.outbound(id)).toMatchObject({ state: "sent", body: null, fleeting: null });
  expect(redacted).toEqual([]);
  run.clock.advance({ minutes: 1 });
  await run.settle();
  expect(redacted).toEqual(["SM1"]);
  run.clock.advance({ hours: 1 });
  await run.settle();
  expect(redacted).toHaveLength(1);
});

test("a gateway that cannot forget yet is asked ever more seldom, for a day", async () => {
  forgets = false;
  const id = await help();
  await run.settle();
  for (let minutes = 0; minutes < 60 * 60; minutes += 10) {
    run.clock.advance({ minutes: 10 });
    await run.settle();
  }
  expect(redacted.length).toBeGreaterThan(4);
  expect(redacted.length).toBeLessThan(14);
  expect(await run.outbound(id)).toMatchObject({ redactAt: null });
}, 60_000);

test("it is tried once: neither a gateway that is busy nor a doubt sends it again", async () => {
  gateway.answer(busy, acceptThenDie(gateway));
  const first = await help();
  await run.settle();
  run.clock.advance({ minutes: 1 });
  const second = await help();
  await run.settle();
  for (let minutes = 0; minutes < 15; minutes++) {
    run.clock.advance({ minutes: 1 });
    await run.settle();
  }
  expect(gateway.calls).toHaveLength(2);
  expect(await run.outbound(first)).toMatchObject({ state: "failed" });
  expect(await run.outbound(second)).toMatchObject({ state: "failed", lastError: "unsettled" });
  expect(await run.attention()).toMatchObject([{ kind: "message_failed", messageId: first, phone }]);
});

test("minutes later it is not sent any more, and what it was is forgotten", async () => {
  const id = await help();
  run.clock.advance({ minutes: 10 });
  await run.settle();
  expect(await run.outbound(id)).toMatchObject({ state: "expired", fleeting: null });
  expect(gateway.calls).toEqual([]);
});
