import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLog } from "@minka/http/log";
import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";
import { startTestPlatform } from "../support/test-platform.ts";

type Labelled = { id: string; text: string; intent: string; slots: { place?: string } };

const root = join(import.meta.dirname, "../..");
const developers = join(root, "../shared/sms/messages.dev.jsonl");
const ours = ["messages", "more-messages"].map((name) =>
  join(root, `packages/language/test/labelled/${name}.jsonl`),
);

function read(file: string): Labelled[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as Labelled);
}
const visitWithPlace = ({ intent, slots }: Labelled) =>
  intent === "request_assistance" && slots.place !== undefined;

const errors: string[] = [];
const log = createLog({
  level: "error",
  service: "test",
  destination: { write: (line: string) => void errors.push(line) },
});
const on = stage({ start: () => startTestPlatform({ log }) });

/** Each message from a phone of its own, all at once. */
async function writeAll(messages: readonly Labelled[]): Promise<{ message: Labelled; phone: Party }[]> {
  const written = messages.map((message) => ({ message, phone: on.stranger() }));
  for (const { message, phone } of written) await phone.writes(message.text);
  await on.settle();
  return written;
}

async function expectNothingLeftUndone(): Promise<void> {
  expect(errors).toEqual([]);
  expect(
    await on.owner`select id from notifications.conversations where unanswered_since is not null`,
  ).toEqual([]);
  expect(await on.owner`select id from events.deliveries where handled_at is null or attempts > 0`).toEqual(
    [],
  );
  expect(
    await on.owner`
    select id from notifications.outbound_messages where state in ('queued', 'sending', 'failed')`,
  ).toEqual([]);
}

async function expectServed(messages: readonly Labelled[]): Promise<void> {
  const written = await writeAll(messages);
  for (const { message, phone } of written) {
    expect(await phone.reads(), message.text).toEqual([expect.stringMatching(/Acepta\?/)]);
    await phone.writes("si");
  }
  await on.settle();
  for (const { message, phone } of written) {
    const [answer, ...more] = await phone.reads();
    expect(more, message.text).toEqual([]);
    const request = await on.requestOf(phone.number);
    expect(request, message.text).toMatchObject({
      need: { kind: "assistance" },
      districtCode: message.slots.place,
    });
    if (request.state === "listed") {
      expect(request.matches.length).toBeGreaterThan(0);
      expect(answer, message.text).toMatch(/^\d pueden? atender en /);
    } else if (request.need.urgency === "urgent" && request.state === "asking") {
      expect(answer, message.text).toMatch(/^Es urgente: ya /);
    } else {
      expect(request, message.text).toMatchObject({
        state: "with_operator",
        reason: { code: expect.any(String) },
      });
      expect(answer, message.text).toMatch(/Una persona de Minka lo ver/);
    }
  }
  await expectNothingLeftUndone();
}

describe("whoever asks for a visit and names the place gets a list, or a person and the reason", () => {
  test.skipIf(!existsSync(developers))(
    "in the messages that came with the label guide",
    { timeout: 120_000 },
    async () => {
      const messages = read(developers).filter(visitWithPlace);
      expect(messages.length).toBeGreaterThan(5);
      await expectServed(messages);
    },
  );

  test("in our own", { timeout: 120_000 }, async () => {
    await expectServed(ours.flatMap(read).filter(visitWithPlace));
  });
});

test(
  "every labelled message, out of the blue, is answered, and nothing is left undone",
  { timeout: 180_000 },
  async () => {
    const messages = ours.flatMap(read);
    expect(messages.length).toBeGreaterThan(300);
    const silent: string[] = [];
    for (const { message, phone } of await writeAll(messages)) {
      const answers = await phone.reads();
      if (answers.length === 0) silent.push(message.text);
      expect(answers.length, message.text).toBeLessThanOrEqual(1);
    }
    expect(silent).toEqual([]);
    await expectNothingLeftUndone();
  },
);
