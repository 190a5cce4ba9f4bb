import { addDays, limaDay, limaHour, limaInstant } from "@minka/domain/lima-time";
import { kinds } from "@minka/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { answerDeadline, wakingMinutes } from "../src/matches/answer-deadline.ts";
import { dispatchRules } from "../src/matches/dispatch-rules.ts";

const instants = fc.date({
  min: new Date("2026-01-01T00:00:00Z"),
  max: new Date("2027-12-31T00:00:00Z"),
  noInvalidDate: true,
});
const aKind = fc.constantFrom(...kinds);
const visit = { kind: "assistance" } as const;
const urgentVisit = { kind: "assistance", urgency: "urgent" } as const;

/** Whether one of the days holds all of it between two instants. */
function holds(from: Date, to: Date, [starts, ends]: readonly [number, number]): boolean {
  return [0, 1, 2].some((ahead) => {
    const day = addDays(limaDay(from), ahead);
    return limaInstant(day, starts) >= from && limaInstant(day, ends) <= to;
  });
}

test("asked in the morning, a provider has the evening and the next dawn", () => {
  expect(answerDeadline(new Date("2026-11-24T14:00:00Z"), visit)).toEqual(new Date("2026-11-25T12:00:00Z"));
});

test("asked at supper, there is another evening", () => {
  expect(answerDeadline(new Date("2026-11-25T00:00:00Z"), visit)).toEqual(new Date("2026-11-26T01:00:00Z"));
});

test("an urgent question runs out after an hour, also before the others are awake; the night does not count", () => {
  const asked = (at: string) => answerDeadline(new Date(at), urgentVisit).toISOString();
  expect(asked("2026-11-24T14:00:00Z")).toBe("2026-11-24T15:00:00.000Z");
  expect(asked("2026-11-24T09:00:00Z")).toBe("2026-11-24T10:00:00.000Z");
  // From 21:30 half an hour is left of the day, and half an hour from 04:00 on.
  expect(asked("2026-11-25T02:30:00Z")).toBe("2026-11-25T09:30:00.000Z");
});

test("every deadline of every kind holds a whole evening and a whole dawn, and ends while people are awake", () => {
  fc.assert(
    fc.property(instants, aKind, (now, kind) => {
      const deadline = answerDeadline(now, { kind });
      expect(holds(now, deadline, [17, 20])).toBe(true);
      expect(holds(now, deadline, [5, 7])).toBe(true);
      expect(wakingMinutes(now, deadline)).toBeGreaterThanOrEqual(dispatchRules[kind].answerHours * 60);
      expect(limaHour(deadline)).toBeGreaterThan(5);
      expect(limaHour(deadline)).toBeLessThanOrEqual(20);
      // Texts say "tomorrow" and not more.
      expect(deadline <= limaInstant(addDays(limaDay(now), 1), 20)).toBe(true);
    }),
  );
});

test("every deadline lies ahead, an urgent one's before any other's", () => {
  fc.assert(
    fc.property(instants, aKind, (now, kind) => {
      const urgent = answerDeadline(now, urgentVisit);
      expect(urgent.getTime()).toBeGreaterThan(now.getTime());
      expect(urgent.getTime()).toBeLessThan(answerDeadline(now, { kind }).getTime());
    }),
  );
});

test("who is asked later never has to answer earlier", () => {
  fc.assert(
    fc.property(
      instants,
      fc.integer({ min: 0, max: 200_000_000 }),
      aKind,
      fc.boolean(),
      (now, laterBy, kind, urgent) => {
        const need = { kind, urgency: urgent ? "urgent" : "normal" } as const;
        const later = answerDeadline(new Date(now.getTime() + laterBy), need);
        expect(later.getTime()).toBeGreaterThanOrEqual(answerDeadline(now, need).getTime());
      },
    ),
  );
});

test("an answer at dawn to a question of the evening took the waking minutes only", () => {
  expect(wakingMinutes(new Date("2026-11-25T00:30:00Z"), new Date("2026-11-25T10:15:00Z"))).toBe(45);
});
