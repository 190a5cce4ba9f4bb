import { createTestClock } from "@minka/test-kit/test-clock";
import { afterEach, describe, expect, test, vi } from "vitest";
import { pest, stage } from "../dialogue/scene.ts";
import { deliver, startTwilioPlatform, twilioLine, type TwilioPlatform } from "../dialogue/twilio-line.ts";
import { createDemoDatabase, startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

vi.setConfig({ testTimeout: 60_000 });

let platform: TwilioPlatform;
const environment = { TWILIO_SEGMENTS_PER_SECOND: "1000" };
const on = stage({
  start: async () => (platform = await startTwilioPlatform({ environment })),
  line: twilioLine,
});

/** Of the newest request: whether one of the list has been chosen. */
const chosen = async (number: string) =>
  (await on.requestOf(number)).matches.some(({ state }) => state !== "listed");

describe("messages that come in another order than they were written", () => {
  test("are both answered, and the number picks nothing from a list that did not exist yet", async () => {
    const producer = await on.registered();
    // The need was written first.
    await producer.writes("1");
    await producer.writes(pest);
    await on.settle();
    const told = await producer.reads();
    expect(told).toHaveLength(2);
    expect(told.at(-1)).toMatch(/^3 pueden atender/);
    expect(await chosen(producer.number)).toBe(false);
    expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("and the number picks nothing from a list that had not left for the phone when it came", async () => {
    const producer = await on.registered();
    platform.twilio.answerAlways({ kind: "refuse", status: 400, code: 30001 });
    await producer.writes(pest);
    await on.settle();
    expect(await producer.reads()).toEqual([]);
    await producer.writes("1");
    platform.twilio.answerAlways({ kind: "accept" });
    on.platform.clock.advance({ minutes: 10 });
    await on.settle();
    on.platform.clock.advance({ minutes: 10 });
    await on.settle();
    const told = await producer.reads();
    // The list, and for the number what there is to choose from.
    const list = expect.stringMatching(/^3 pueden atender/);
    expect(told).toEqual([list, list]);
    expect(await chosen(producer.number)).toBe(false);
    expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });
});

describe("a message of which Twilio has told nothing", () => {
  test("is fetched from its list within minutes and answered once", async () => {
    const producer = await on.registered();
    const written = platform.twilio.writes(producer.number, pest);
    on.platform.clock.advance({ minutes: 3 });
    await on.settle();
    expect(await producer.reads()).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    // The call comes after all, and later the list has it still.
    expect((await deliver(platform, platform.twilio.posts(written))).statusCode).toBe(200);
    on.platform.clock.advance({ minutes: 3 });
    await on.settle();
    expect(await producer.reads()).toEqual([]);
  });

  test("chooses nothing from a list of which it is not certain that it was there before", async () => {
    const producer = await on.choosing();
    platform.twilio.writes(producer.number, "1");
    on.platform.clock.advance({ minutes: 3 });
    await on.settle();
    expect(await producer.reads()).toHaveLength(1);
    expect(await chosen(producer.number)).toBe(false);
    // Ten minutes after the list there is no doubt, whatever Twilio's clock says.
    on.platform.clock.advance({ minutes: 10 });
    platform.twilio.writes(producer.number, "2");
    on.platform.clock.advance({ minutes: 3 });
    await on.settle();
    expect(await producer.reads()).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });
});

test("what somebody wrote who has been erased does not come back from Twilio's list", async () => {
  const person = on.stranger();
  const says = async (text: string) => {
    const written = platform.twilio.writes(person.number, text);
    expect((await deliver(platform, platform.twilio.posts(written))).statusCode).toBe(200);
    await on.settle();
    return person.reads();
  };
  await says("soy de tocache");
  await says("si");
  await says("borren mis datos");
  expect(await says("si")).toContainEqual(expect.stringMatching(/^Listo, sus datos/));
  for (let minutes = 0; minutes < 30; minutes += 3) {
    on.platform.clock.advance({ minutes: 3 });
    await on.settle();
  }
  expect(await person.reads()).toEqual([]);
  expect(
    await on.owner`select id from notifications.inbound_messages where phone = ${person.number}
      union all select id from notifications.conversations where phone = ${person.number}`,
  ).toEqual([]);
});

describe("a machine that answers Minka's answers", () => {
  test("is left alone after a few, the operator hears of it once, and a person who writes later is answered", async () => {
    const machine = await on.registered();
    let replies = 0;
    for (let round = 0; round < 40; round += 1) {
      on.platform.clock.advance({ seconds: 1 });
      await machine.writes(`AYUDA por favor ${round}`);
      on.platform.clock.advance({ seconds: 1 });
      await on.settle();
      replies += (await machine.reads()).length;
    }
    expect(replies).toBeGreaterThan(0);
    expect(replies).toBeLessThan(12);
    const raised = await on.owner`
      select kind from notifications.attention_items
      where phone = ${machine.number} and kind = 'machine_suspected'`;
    expect(raised).toHaveLength(1);
    on.platform.clock.advance({ minutes: 15 });
    expect(await machine.says(pest)).toEqual([expect.stringMatching(/^3 pueden atender/)]);
  });
});

describe.each([-5, 5])("a process that takes messages in with a clock %i minutes off", (minutes) => {
  const running: TestPlatform[] = [];
  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
  });

  test("has every answer apply to its question, and none to a list that had not left", async () => {
    const database = await createDemoDatabase();
    try {
      const right = createTestClock();
      const wrong = createTestClock(new Date(right().getTime() + minutes * 60_000));
      const works = await startTestPlatform({ database, clock: right });
      running.push(works);
      const takesIn = await startTestPlatform({ database, clock: wrong, role: "api" });
      running.push(takesIn);
      const number = "+51900880001";
      const writes = takesIn.phone(number).writes;
      const reader = works.phone(number);
      const says = async (text: string) => {
        await writes(text);
        await works.settle();
        return reader.reads();
      };
      expect(await says(pest)).toEqual([expect.stringMatching(/SI o NO$/)]);
      expect(await says("si")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
      expect(await says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
      // Both messages come before any of them is answered.
      const other = "+51900880002";
      await takesIn.phone(other).writes(pest);
      await takesIn.phone(other).writes("si");
      await works.settle();
      const [asked, answer] = await works.phone(other).reads();
      expect(asked).toMatch(/SI o NO$/);
      expect(answer).not.toMatch(/^3 pueden atender/);
      await takesIn.phone(other).writes("si");
      await works.settle();
      expect((await works.phone(other).reads()).at(-1)).toMatch(/^3 pueden atender/);
    } finally {
      for (const each of running.splice(0)) await each.stop();
      await database.drop();
    }
  });
});
