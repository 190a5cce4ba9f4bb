import { expect, test } from "vitest";
import { soundsLikeMachine, type Written } from "../src/conversations/suspect-machine.ts";

const start = Date.UTC(2026, 10, 24, 14);

type Line = { text: string | null; at: number; question?: string };

/** Each is answered a tenth of a second after it came; newest first, the newest not answered yet. */
function written(lines: readonly Line[]): Written[] {
  return lines
    .map(({ text, at, question = null }, index) => ({
      body: text,
      questionId: question ?? null,
      receivedAt: new Date(start + at * 1000),
      handledAt: index === lines.length - 1 ? null : new Date(start + at * 1000 + 100),
    }))
    .toReversed();
}

/** How many of these messages are answered before the first silence. */
function answered(lines: readonly Line[]): number {
  const silent = lines.findIndex((_, index) => soundsLikeMachine(written(lines.slice(0, index + 1))));
  return silent === -1 ? lines.length : silent;
}
const every = (
  seconds: number,
  count: number,
  text: (index: number) => string,
  question?: (i: number) => string,
) =>
  Array.from({ length: count }, (_, index) => ({
    text: text(index),
    at: index * seconds,
    ...(question ? { question: question(index) } : {}),
  }));

test("a machine that answers every answer with the same words is left alone after five", () => {
  expect(answered(every(2, 60, () => "Estoy ocupado. Te llamo luego."))).toBe(5);
});

test("one that counts its messages is too, and one that has three things to say", () => {
  expect(answered(every(2, 60, (index) => `Mensaje ${index} recibido`))).toBe(5);
  expect(answered(every(2, 60, (index) => ["No entendi", "Escriba AYUDA", "Gracias"][index % 3] ?? ""))).toBe(
    11,
  );
});

test("one that always says something else is cut off before the carrier does it", () => {
  const words = (index: number) =>
    `palabra ${"abcdefghijklmnopqrstuvwxyz"[index % 26] ?? ""}${"z".repeat(index)}`;
  expect(answered(every(1, 60, words))).toBeLessThan(30);
});

test("after it has been quiet for a while it is answered as ever", () => {
  const loop = every(2, 30, (index) => ["No entendi", "Escriba AYUDA", "Gracias"][index % 3] ?? "");
  const later = { text: "quiero abono", at: 60 + 61 };
  expect(soundsLikeMachine(written([...loop, later]))).toBe(false);
});

test("a person who answers one question after another with 1 is always answered", () => {
  expect(
    answered(
      every(
        7,
        40,
        () => "1",
        (index) => `question ${index}`,
      ),
    ),
  ).toBe(40);
});

test("a person who writes 1 again because nothing seems to happen is answered five times", () => {
  expect(answered(every(20, 8, () => "1"))).toBe(5);
});

test("a person may write the same every few minutes all day", () => {
  expect(answered(every(180, 30, () => "ESTADO"))).toBe(30);
});

test("a lively dialogue is no machine", () => {
  const talk = [
    "hola",
    "quiero un tecnico",
    "si",
    "tocache",
    "1",
    "cuanto cuesta",
    "gracias",
    "estado",
    "2",
    "ok",
  ];
  expect(
    answered(
      every(4, 40, (index) => `${talk[index % talk.length]}${index >= 10 ? ` ${"a".repeat(index)}` : ""}`),
    ),
  ).toBe(40);
});

test("what was saved up without signal and comes all at once is no machine", () => {
  const saved = Array.from({ length: 25 }, (_, index) => ({
    body: `pedido ${"x".repeat(index)}`,
    questionId: null,
    receivedAt: new Date(start + index),
    handledAt: index === 24 ? null : new Date(start + 5_000),
  })).toReversed();
  expect(soundsLikeMachine(saved)).toBe(false);
});
