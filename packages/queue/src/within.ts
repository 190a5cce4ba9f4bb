import { setTimeout as pause } from "node:timers/promises";

/** Waits for `work`, but no longer than `ms`; tells whether it came to its end. Throws what it throws. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const ended = new AbortController();
  try {
    return await Promise.race([work.then(() => true), pause(ms, false, { signal: ended.signal })]);
  } finally {
    ended.abort();
  }
}
