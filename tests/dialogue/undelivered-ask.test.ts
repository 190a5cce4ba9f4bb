import { expect, test } from "vitest";
import { stage } from "./scene.ts";
import { deliver, startTwilioPlatform, twilioLine, type TwilioPlatform } from "./twilio-line.ts";

let platform: TwilioPlatform;
const on = stage({ start: async () => (platform = await startTwilioPlatform()), line: twilioLine });

/** A landline, or an operator that takes no SMS: nothing that passes. */
const unreachable = 30006;

test("a provider whom the order's SMS never reaches is not waited for: the next is asked at once", async () => {
  const producer = await on.choosing();
  await producer.says("1");
  const first = await on.askedBy(producer);
  const order = platform.twilio.accepted.findLast(({ to }) => to === first.number);
  if (!order) throw new Error("no order was sent");
  await deliver(platform, platform.twilio.report(order, "undelivered", { errorCode: unreachable }));
  await on.settle();
  expect(await producer.reads()).toEqual([
    expect.stringMatching(/^No pudimos avisar a .+\. Ya le preguntamos a /),
  ]);
  const second = await on.askedBy(producer);
  expect(second.name).not.toBe(first.name);
  // One that has arrived is waited for, whatever is said of other messages.
  const next = platform.twilio.accepted.findLast(({ to }) => to === second.number);
  if (!next) throw new Error("no order was sent");
  await deliver(platform, platform.twilio.report(next, "delivered"));
  await deliver(platform, platform.twilio.report(next, "undelivered", { errorCode: unreachable }));
  await on.settle();
  expect(await producer.reads()).toEqual([]);
  expect((await on.askedBy(producer)).name).toBe(second.name);
});
