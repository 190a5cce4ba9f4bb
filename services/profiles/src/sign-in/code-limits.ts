const minuteMs = 60_000;

export const codeValidMinutes = 10;
export const maximumTries = 5;
/** How far back asked codes count. */
export const countedMs = 60 * minuteMs;

const pauseMs = 30_000;
const codesAnHour = 5;

/** Seconds to wait until a phone may ask for another code; 0 when it may now. */
export function secondsUntilNextCode(askedAt: readonly Date[], now: Date): number {
  const asked = askedAt
    .map((at) => at.getTime())
    .filter((at) => at > now.getTime() - countedMs)
    .sort((a, b) => b - a);
  const [last] = asked;
  const afterPause = last === undefined ? 0 : last + pauseMs - now.getTime();
  const oldestCounted = asked[codesAnHour - 1];
  const afterHour = oldestCounted === undefined ? 0 : oldestCounted + countedMs - now.getTime();
  return Math.max(0, Math.ceil(Math.max(afterPause, afterHour) / 1000));
}
