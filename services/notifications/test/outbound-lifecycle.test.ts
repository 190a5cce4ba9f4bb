import { array, assert, constantFrom, integer, option, property, record, shuffledSubarray } from "fast-check";
import { addDays, limaDay, limaInstant } from "@minka/domain/lima-time";
import { describe, expect, test } from "vitest";
import {
  attemptOutcomes,
  awayUntil,
  isOver,
  nextLook,
  retryDelayMs,
  tellsMoreOfAttempt,
  tellsMoreOfMessage,
  type AttemptOutcome,
  type KnownMessage,
} from "../src/sending/outbound-lifecycle.ts";
import { outboundStates } from "../src/tables.ts";

const outcome = constantFrom(...attemptOutcomes);
const known = record<KnownMessage>({
  state: constantFrom(...outboundStates),
  lastError: option(constantFrom("unsettled", "30003")),
  attempts: integer({ min: 1, max: 4 }),
});

/** What the news of one attempt make of it, and of a message of one attempt that is not to be tried again. */
function hear(news: readonly AttemptOutcome[]): { attempt: AttemptOutcome | null; message: KnownMessage } {
  let attempt: AttemptOutcome | null = null;
  let message: KnownMessage = { state: "sending", lastError: null, attempts: 1 };
  for (const one of news) {
    if (tellsMoreOfMessage(message, { attempt: 1, before: attempt, outcome: one }))
      message = { ...message, state: one === "accepted" ? "sent" : one === "refused" ? "failed" : one };
    if (tellsMoreOfAttempt({ before: attempt, outcome: one })) attempt = one;
  }
  return { attempt, message };
}

describe("news of an attempt", () => {
  test("lead to the same end in whatever order and however often they come", () => {
    assert(
      property(
        array(outcome, { minLength: 1, maxLength: 8 }).chain((news) =>
          record({
            news: shuffledSubarray(news, { minLength: news.length }),
            other: shuffledSubarray([...news, ...news], { minLength: news.length * 2 }),
          }),
        ),
        ({ news, other }) => {
          expect(hear(other)).toEqual(hear(news));
        },
      ),
    );
  });

  test("never make known less than was known, and repeated they say nothing", () => {
    assert(
      property(known, outcome, outcome, integer({ min: 1, max: 4 }), (message, before, news, attempt) => {
        if (!tellsMoreOfAttempt({ before, outcome: news }))
          expect(tellsMoreOfMessage(message, { attempt, before, outcome: news })).toBe(false);
        expect(tellsMoreOfAttempt({ before: news, outcome: news })).toBe(false);
      }),
    );
  });

  test("that a phone has the message are final, whichever attempt they are about", () => {
    assert(
      property(known, outcome, integer({ min: 1, max: 4 }), (message, news, attempt) => {
        const delivered = { ...message, state: "delivered" as const };
        expect(tellsMoreOfMessage(delivered, { attempt, before: null, outcome: news })).toBe(false);
        if (message.state !== "delivered")
          expect(tellsMoreOfMessage(message, { attempt, before: null, outcome: "delivered" })).toBe(true);
      }),
    );
  });

  test("that an earlier attempt failed say nothing of a message that is tried again", () => {
    assert(
      property(known, constantFrom("unknown", "refused", "failed", "undelivered"), (message, news) => {
        const later = { ...message, attempts: message.attempts + 1 };
        expect(tellsMoreOfMessage(later, { attempt: message.attempts, before: null, outcome: news })).toBe(
          false,
        );
      }),
    );
  });

  test("that an earlier attempt was accepted end the message, unless the next is on its way", () => {
    const news = { attempt: 1, before: "unknown", outcome: "accepted" } as const;
    const message = { lastError: null, attempts: 2 };
    for (const state of ["queued", "failed", "expired", "withheld"] as const)
      expect(tellsMoreOfMessage({ ...message, state }, news)).toBe(true);
    for (const state of ["sending", "unknown", "sent", "undelivered", "delivered"] as const)
      expect(tellsMoreOfMessage({ ...message, state }, news)).toBe(false);
  });
});

test("a message that was given up as unsettled is not over: a report may still have it tried again", () => {
  expect(isOver({ state: "failed", lastError: "unsettled", attempts: 1 })).toBe(false);
  expect(isOver({ state: "failed", lastError: "30006", attempts: 1 })).toBe(true);
  expect(isOver({ state: "sent", lastError: null, attempts: 1 })).toBe(false);
});

test("waits grow with the attempts: half a minute to half an hour, an hour to a day", () => {
  assert(
    property(constantFrom("soon", "away"), integer({ min: 1, max: 200 }), (retry, attempt) => {
      const wait = retryDelayMs(retry, attempt);
      expect(wait).toBeLessThanOrEqual(retryDelayMs(retry, attempt + 1));
      expect(wait).toBeGreaterThanOrEqual(retry === "soon" ? 30_000 : 3_600_000);
      expect(wait).toBeLessThanOrEqual(retry === "soon" ? 1_800_000 : 86_400_000);
    }),
  );
});

test("a phone out of coverage is tried at every dawn and dusk, however often it has been tried", () => {
  const from = Date.parse("2026-11-24T05:00:00Z");
  assert(
    property(integer({ min: 0, max: 24 * 60 }), integer({ min: 1, max: 200 }), (minute, attempt) => {
      const at = new Date(from + minute * 60_000);
      const next = awayUntil(at, attempt);
      expect(next.getTime()).toBeGreaterThanOrEqual(at.getTime() + 30 * 60_000);
      const passed = [limaDay(at), addDays(limaDay(at), 1)]
        .flatMap((day) => [limaInstant(day, 5.5), limaInstant(day, 18.5)])
        .filter((home) => home.getTime() >= at.getTime() + 30 * 60_000 && home < next);
      expect(passed).toEqual([]);
    }),
  );
});

test("looks after a doubtful message come ever more seldom and end when doubt does", () => {
  const since = new Date("2026-11-21T12:00:00Z");
  const end = since.getTime() + 600_000;
  let [now, looks] = [since, 0];
  while (now.getTime() < end) {
    const next = nextLook(since, now);
    expect(next.getTime()).toBeGreaterThan(now.getTime());
    [now, looks] = [next, looks + 1];
  }
  expect(now.getTime()).toBe(end);
  expect(looks).toBeLessThan(10);
});
