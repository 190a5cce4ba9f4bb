import { limaHour } from "@minka/domain/lima-time";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { answerDeadline, wakingMinutes } from "../src/matches/answer-deadline.ts";

const instants = fc.date({
  min: new Date("2026-01-01T00:00:00Z"),
  max: new Date("2027-12-31T00:00:00Z"),
  noInvalidDate: true,
});

test("asked in the morning, a provider has four hours", () => {
  expect(answerDeadline(new Date("2026-11-24T14:00:00Z"))).toEqual(new Date("2026-11-24T18:00:00Z"));
});

test("asked at seven in the evening, one hour counts today and three after dawn", () => {
  expect(answerDeadline(new Date("2026-11-25T00:00:00Z"))).toEqual(new Date("2026-11-25T13:00:00Z"));
});

test("asked in the night, the time starts at five", () => {
  const nine = new Date("2026-11-25T14:00:00Z");
  expect(answerDeadline(new Date("2026-11-25T03:00:00Z"))).toEqual(nine);
  expect(answerDeadline(new Date("2026-11-25T08:30:00Z"))).toEqual(nine);
});

test("every deadline leaves exactly four waking hours and falls in none of the sleeping ones", () => {
  fc.assert(
    fc.property(instants, (now) => {
      const deadline = answerDeadline(now);
      expect(wakingMinutes(now, deadline)).toBe(240);
      expect(limaHour(deadline)).toBeGreaterThan(5);
      expect(limaHour(deadline)).toBeLessThanOrEqual(20);
    }),
  );
});

test("who is asked later never has to answer earlier", () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: 0, max: 200_000_000 }), (now, laterBy) => {
      const later = answerDeadline(new Date(now.getTime() + laterBy));
      expect(later.getTime()).toBeGreaterThanOrEqual(answerDeadline(now).getTime());
    }),
  );
});

test("an answer at dawn to a question of the evening took the waking minutes only", () => {
  expect(wakingMinutes(new Date("2026-11-25T00:30:00Z"), new Date("2026-11-25T10:15:00Z"))).toBe(45);
});
