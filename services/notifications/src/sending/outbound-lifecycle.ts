import type { Retry } from "../gateways/gateway.ts";
import type { outboundStates } from "../tables.ts";

export type OutboundState = (typeof outboundStates)[number];

/** How sure a state is of the message's fate. News never lead to a state that is less sure. */
const certainty: Readonly<Record<OutboundState, number>> = {
  queued: 0,
  sending: 1,
  unknown: 2,
  sent: 3,
  delivered: 4,
  undelivered: 4,
  failed: 4,
  expired: 4,
  withheld: 4,
};

/** The error of a message that was given up because nobody could tell whether it had gone. */
export const unsettled = "unsettled";

type Known = { readonly state: OutboundState; readonly lastError: string | null; readonly attempts: number };

/**
 * Whether news of attempt `attempt` tell more than is known. A queued message waits for its next attempt,
 * so news of an earlier one are stale; one that was given up as unsettled may still turn out well.
 */
export function tellsMore(known: Known, attempt: number, state: OutboundState): boolean {
  if (known.attempts !== attempt || known.state === "queued") return false;
  const present = known.state === "failed" && known.lastError === unsettled ? "unknown" : known.state;
  return certainty[state] > certainty[present];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long a paused channel rests before one message tries it again. */
export const pauseMs = 5 * minuteMs;

/** A gateway call that takes longer than this was cut off by a crash: it gives up by itself after 10 s. */
export const abandonedMs = 30_000;

/** After this long in doubt a message goes to the operator. */
export const doubtMs = 10 * minuteMs;

/** Wait after refusal number `attempt`: within minutes, or over days for a phone out of coverage. */
export function retryDelayMs(retry: Extract<Retry, "soon" | "away" | "pause">, attempt: number): number {
  if (retry === "pause") return pauseMs;
  const doubled = 2 ** Math.min(attempt - 1, 10);
  return retry === "soon"
    ? Math.min(30_000 * doubled, 30 * minuteMs)
    : Math.min(hourMs * doubled, 24 * hourMs);
}

/** When to look again for what became of a message: ever more seldom, the last time when doubt ends. */
export function nextLook(sendingSince: Date, now: Date): Date {
  const inDoubt = now.getTime() - sendingSince.getTime();
  return new Date(Math.min(now.getTime() + Math.max(15_000, inDoubt), sendingSince.getTime() + doubtMs));
}
