import type { Clock } from "@minka/domain/clock";

export type TestClock = Clock & {
  /** Moves time on. Nothing happens by itself: call `settle` to let due work run. */
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void;
  set(to: Date): void;
};

/** A clock that stands still until a test moves it. It starts on a Tuesday morning in Lima. */
export function createTestClock(start = new Date("2026-11-24T14:00:00Z")): TestClock {
  let current = start.getTime();
  const clock = () => new Date(current);
  return Object.assign(clock, {
    advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }) {
      current += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
    },
    set(to: Date) {
      current = to.getTime();
    },
  });
}
