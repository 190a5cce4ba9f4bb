import { addDays, limaDay, limaInstant } from "@minka/domain/lima-time";
import type { Retry } from "../gateways/gateway.ts";
import type { outboundStates } from "../tables.ts";

export type OutboundState = (typeof outboundStates)[number];

/**
 * What is known of one attempt, from the least telling to the most. News only ever move an attempt towards the
 * end of this list, whatever order they come in. `refused`: the gateway did not take it. `failed` and
 * `undelivered`: it did, and reported afterwards that it came to nothing.
 */
export const attemptOutcomes = [
  "unknown",
  "refused",
  "accepted",
  "failed",
  "undelivered",
  "delivered",
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** How sure a state is of the message's fate. News never lead to a state that is less sure. */
const certainty: Readonly<Record<OutboundState, number>> = {
  queued: 0,
  sending: 1,
  unknown: 2,
  sent: 3,
  expired: 4,
  withheld: 4,
  failed: 4,
  undelivered: 5,
  delivered: 6,
};

/** The error of a message that was given up because nobody could tell whether it had gone. */
export const unsettled = "unsettled";

/** The error of an attempt that was in doubt until its gateway proved that it had not taken it. */
export const notTaken = "not-taken";

export type KnownMessage = {
  readonly state: OutboundState;
  readonly lastError: string | null;
  /** The number of the last attempt. */
  readonly attempts: number;
};

export type News = {
  /** Which attempt they are about, and what was known of it. */
  readonly attempt: number;
  readonly before: AttemptOutcome | null;
  readonly outcome: AttemptOutcome;
};

/** Whether news tell more of the attempt than is known. */
export function tellsMoreOfAttempt({ before, outcome }: Pick<News, "before" | "outcome">): boolean {
  return before === null || attemptOutcomes.indexOf(outcome) > attemptOutcomes.indexOf(before);
}

/**
 * Whether news of an attempt change what is known of the message. An earlier attempt that turns out to have
 * succeeded ends the message, unless the next one is on its way already; one that failed says nothing new.
 */
export function tellsMoreOfMessage(known: KnownMessage, news: News): boolean {
  if (!tellsMoreOfAttempt(news)) return false;
  const { outcome } = news;
  if (outcome === "delivered") return known.state !== "delivered";
  const last = news.attempt >= known.attempts;
  const given = known.state === "failed" && known.lastError === unsettled;
  switch (outcome) {
    case "accepted":
      // After the fact: it had been refused, put off, given up or withheld, and has gone all the same.
      if (["queued", "expired", "withheld", "failed"].includes(known.state)) return true;
      return last && certainty[known.state] < certainty.sent;
    case "unknown":
      return last && known.state === "sending";
    case "refused":
      return last && (given || known.state === "sending" || known.state === "unknown");
    case "failed":
    case "undelivered":
      if (!last || known.state === "queued") return false;
      return given || certainty[outcome] > certainty[known.state];
  }
}

/** Whether the message is over: a report may still say more of it, but nothing is tried again. */
export function isOver({ state, lastError }: KnownMessage): boolean {
  return certainty[state] >= certainty.failed && lastError !== unsettled;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long a paused channel rests before one message tries it again. */
export const pauseMs = 5 * minuteMs;

/** A gateway call that takes longer than this was cut off by a crash: it gives up by itself after 10 s. */
export const abandonedMs = 30_000;

/** A worker that was held up for this long after it took a message leaves it: others will soon ask after it. */
export const staleMs = 15_000;

/** After this long in doubt a message goes to the operator. */
export const doubtMs = 10 * minuteMs;

/** Wait after refusal number `attempt`: within minutes, or over days for a phone out of coverage. */
export function retryDelayMs(
  retry: Extract<Retry, "soon" | "away" | "pause" | "elsewhere">,
  attempt: number,
): number {
  if (retry === "pause") return pauseMs;
  const doubled = 2 ** Math.max(0, Math.min(attempt - 1, 10));
  return retry === "away"
    ? Math.min(hourMs * doubled, 24 * hourMs)
    : Math.min(30_000 * doubled, 30 * minuteMs);
}

/**
 * When people in the hills have their phones on and signal around them: before they leave for the plot, and when
 * they are back.
 */
const homeHours = [5.5, 18.5];
/** So soon before that, trying then would be trying now. */
const homeSoonMs = 30 * minuteMs;

/**
 * When to try a phone again that was off or out of coverage: after one, two, four … hours, yet at every dawn and
 * dusk, or a message that waits ever longer would miss the only hours in which such a phone is on.
 */
export function awayUntil(at: Date, attempt: number): Date {
  const usual = at.getTime() + retryDelayMs("away", attempt);
  const today = limaDay(at);
  const home = [today, addDays(today, 1)]
    .flatMap((day) => homeHours.map((hour) => limaInstant(day, hour).getTime()))
    .find((instant) => instant >= at.getTime() + homeSoonMs);
  return new Date(Math.min(usual, home ?? usual));
}

/** When to look again for what became of a message: ever more seldom, the last time when doubt ends. */
export function nextLook(sendingSince: Date, now: Date): Date {
  const inDoubt = now.getTime() - sendingSince.getTime();
  return new Date(Math.min(now.getTime() + Math.max(15_000, inDoubt), sendingSince.getTime() + doubtMs));
}
