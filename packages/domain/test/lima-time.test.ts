import { addDays, limaDay, limaHour, limaInstant, weekday } from "@minka/domain/lima-time";
import { systemClock } from "@minka/domain/clock";
import * as fc from "fast-check";
import { expect, test } from "vitest";

const instants = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
const days = instants.map(limaDay);
const dayMs = 86_400_000;

test.each([
  ["2026-11-22T04:59:59Z", "2026-11-21"],
  ["2026-11-22T05:00:00Z", "2026-11-22"],
  ["2027-01-01T03:00:00Z", "2026-12-31"],
  ["2028-03-01T04:00:00Z", "2028-02-29"],
])("%s is on %s in Lima", (at, day) => expect(limaDay(new Date(at))).toBe(day));

test("an hour in Lima is five hours later in UTC", () => {
  expect(limaInstant("2026-11-21", 8)).toEqual(new Date("2026-11-21T13:00:00Z"));
  expect(limaInstant("2026-11-21", 20.5)).toEqual(new Date("2026-11-22T01:30:00Z"));
  expect(limaInstant("2026-11-21", 24)).toEqual(limaInstant("2026-11-22", 0));
  expect(limaHour(new Date("2026-11-21T13:30:00Z"))).toBe(8.5);
});

test("agrees with the time zone database", () => {
  const inLima = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Lima" });
  fc.assert(
    fc.property(instants, (at) => {
      expect(limaDay(at)).toBe(inLima.format(at));
    }),
  );
});

test("day and hour say together when it was", () => {
  fc.assert(
    fc.property(instants, (at) => {
      expect(limaInstant(limaDay(at), limaHour(at)).getTime()).toBe(at.getTime());
      expect(limaHour(at)).toBeGreaterThanOrEqual(0);
      expect(limaHour(at)).toBeLessThan(24);
    }),
  );
});

test("days are added across months, years and leap days", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  const count = fc.integer({ min: -4000, max: 4000 });
  fc.assert(
    fc.property(days, count, count, (day, first, second) => {
      expect(addDays(addDays(day, first), second)).toBe(addDays(day, first + second));
      expect(limaInstant(addDays(day, first), 0).getTime() - limaInstant(day, 0).getTime()).toBe(
        first * dayMs,
      );
      expect(weekday(addDays(day, 7))).toBe(weekday(day));
    }),
  );
});

test("weeks begin on Sunday with 0", () => {
  expect(weekday("2026-11-22")).toBe(0);
  expect(weekday("2026-11-24")).toBe(2);
});

test("the system's clock can be shifted to rehearse a wrong one", () => {
  const before = Date.now();
  const shifted = systemClock(90_000)().getTime();
  expect(shifted).toBeGreaterThanOrEqual(before + 90_000);
  expect(shifted).toBeLessThan(Date.now() + 90_001);
});
