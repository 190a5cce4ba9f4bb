import { createLog } from "@minka/http/log";
import { allTexts } from "@minka/language/texts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stage, type Party } from "../dialogue/scene.ts";
import { startTestPlatform } from "../support/test-platform.ts";
import { findEverywhere } from "./everywhere.ts";
import { signInAt, type SignedIn } from "./signed-in.ts";

/** Somebody who lives with whoever strikes her asks for help by a phone that he reads. */
const operatorPhone = "+51999000001";
const lines: string[] = [];
const log = createLog({
  level: "trace",
  service: "test",
  destination: { write: (line: string) => void lines.push(line) },
});
const on = stage({
  start: () =>
    startTestPlatform({
      log,
      environment: { OPERATOR_PHONES: operatorPhone, PUBLIC_URL: "https://minka.example" },
    }),
});

/** What she writes has a word in it that stands nowhere else; what she is answered, the words of no other text. */
const word = "quebradahonda";
const cry = `mi marido me pega todas las noches ${word}`;
const needles = [word, "marido me pega", "nea 100", "safety_help", "violenc"];

/** Everywhere but in the simulator's phones, which stand for hers: what is there is on her screen. */
async function traces(): Promise<string[]> {
  const found = await findEverywhere(on.owner, needles);
  return found.filter((place) => !place.startsWith("notifications.simulator_messages."));
}

const metrics = async () => (await on.platform.app.inject({ url: "/metrics" })).body;
/** Which series there are, whatever they count. */
const seriesOf = (body: string) =>
  new Set(body.split("\n").flatMap((line) => /^\w+(\{[^}]*\})?(?= )/.exec(line)?.[0] ?? []));

let she: Party;
let herself: SignedIn;
let operator: SignedIn;
beforeAll(async () => {
  she = await on.registered();
  herself = await signInAt(on.platform, she.number);
  operator = await signInAt(on.platform, operatorPhone);
  // A harmless message with the same course, so that the series of the metrics are all there.
  await she.says("hola");
});

test("the answer names no violence and no helpline but by its number, and says how to delete it", () => {
  const { text } = allTexts().find(({ key }) => key === "safety") ?? { text: "" };
  expect(text).toMatch(/L[ií]nea 100/);
  expect(text).toMatch(/[Bb]orrar/);
  expect(text).not.toMatch(/violenc|maltrat|golpe|pega|mujer|marido|denunci|polic[ií]a|ayuda|segur|auxilio/i);
});

describe("a call for help from a phone that is read by another", () => {
  test("is answered with one line that leaves no trace in any column of any table, nor in the log", async () => {
    await she.writes(cry);
    // Before it is answered too.
    expect(await traces()).toEqual([]);
    await on.settle();
    expect(await she.reads()).toEqual([expect.stringMatching(/^Linea 100 .+ Opciones, Borrar\.$/)]);
    expect(await traces()).toEqual([]);
    // Not even which text it was, once it has left.
    expect(await findEverywhere(on.owner, ['"safety"'])).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => needles.some((needle) => line.includes(needle)))).toEqual([]);
  });

  test("is gone from the phone's history within minutes, what she wrote at once", async () => {
    const history = () => on.platform.phone(she.number).history();
    expect(
      (await history()).filter(({ direction, text }) => direction === "in" && text !== "hola"),
    ).not.toContainEqual(expect.objectContaining({ text: expect.stringContaining(word) }));
    on.platform.clock.advance({ minutes: 11 });
    await on.settle();
    expect((await history()).filter(({ text }) => text === "" || /nea 100/.test(text))).toEqual([]);
    // By then the line is not kept by the gateway either.
    await on.stranger().says("hola");
    expect(await findEverywhere(on.owner, needles)).toEqual([]);
  });

  test("does not stand in the file of what is held on her, not as a gap either", async () => {
    const { sections } = await herself.done("GET", `/api/profiles/people/${herself.personId}/data`);
    const messages: { text: string | null }[] = [
      ...sections.notifications.messagesWritten,
      ...sections.notifications.messagesReceived,
    ];
    expect(messages.length).toBeGreaterThan(2);
    expect(
      messages.filter(({ text }) => text === null || needles.some((needle) => text.includes(needle))),
    ).toEqual([]);
    expect(JSON.stringify(sections)).not.toMatch(/safety/i);
  });

  test("is no series of the metrics and no item for an operator", async () => {
    const known = await operator.done("GET", "/api/notifications/attention");
    await metrics();
    const before = await metrics();
    await she.says(cry);
    const after = await metrics();
    expect([...seriesOf(after)].filter((series) => !seriesOf(before).has(series))).toEqual([]);
    expect(after).not.toMatch(/safety|violence|quebrada/i);
    expect(await operator.done("GET", "/api/notifications/attention")).toEqual(known);
  });

  test("is not seen by an operator who has the conversation in hand, and is answered all the same", async () => {
    const { items } = await operator.done("GET", "/api/notifications/conversations");
    const ofHers = items.find((item: { phone: string }) => item.phone.endsWith(she.number.slice(-3)));
    await operator.done("POST", `/api/notifications/conversations/${ofHers.id}/takeover`);
    expect(await she.says(cry)).toEqual([expect.stringMatching(/^Linea 100/)]);
    const { messages } = await operator.done("GET", `/api/notifications/conversations/${ofHers.id}`);
    expect(messages.items.length).toBeGreaterThan(0);
    expect(messages.items.filter(({ text }: { text: string | null }) => text === null)).toEqual([]);
    await operator.done("POST", `/api/notifications/conversations/${ofHers.id}/handback`, {});
    expect(await traces()).toEqual([]);
  });

  test("is answered on a phone that several share without asking who writes, and waits for nobody", async () => {
    const phone = await on.registered();
    await phone.says("mi nombre es Rosa Huaman");
    await phone.says("soy otra persona");
    await phone.says("Juan Pinedo lucero");
    on.platform.clock.advance({ hours: 1 });
    expect(await phone.says(cry)).toEqual([expect.stringMatching(/^Linea 100/)]);
    expect(await traces()).toEqual([]);
    const held = await on.owner`select 1 from notifications.held_messages where phone = ${phone.number}`;
    expect(held).toEqual([]);
  });
});

afterAll(() => expect(lines.filter((line) => /nea 100|quebradahonda/.test(line))).toEqual([]));
