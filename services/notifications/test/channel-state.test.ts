import {
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  option,
  property,
  record,
  uniqueArray,
} from "fast-check";
import { describe, expect, test } from "vitest";
import {
  busyMs,
  freeBy,
  rateOf,
  room,
  slowed,
  stateOf,
  troubled,
  type Channel,
} from "../src/sending/channel-state.ts";
import { chooseGateway, type Attempt } from "../src/sending/choose-gateway.ts";
import { attemptOutcomes } from "../src/sending/outbound-lifecycle.ts";
import { recordingGateway } from "./sending-run.ts";

const now = new Date("2026-11-21T15:00:00Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const channel = (change: Partial<Channel> = {}): Channel => ({
  gateway: "one",
  pausedUntil: null,
  pauseCode: null,
  slowedTo: null,
  slowedAt: null,
  freeAt: null,
  passedOver: 0,
  failures: 0,
  openUntil: null,
  openedAt: null,
  ...change,
});
const twoASecond = recordingGateway("one", { segmentsPerSecond: 2 });
const unlimited = recordingGateway("one");

describe("the rate of a channel", () => {
  test("is halved by what it took too many of, once for all that was on its way, and doubles in a minute", () => {
    const once = channel(slowed(twoASecond, undefined, { startedAt: now, now: after(1) }));
    expect(rateOf(twoASecond, once, after(1))).toBe(1);
    const again = channel({ ...once, ...slowed(twoASecond, once, { startedAt: now, now: after(2) }) });
    expect(rateOf(twoASecond, again, after(1))).toBe(1);
    const later = channel({ ...once, ...slowed(twoASecond, once, { startedAt: after(2), now: after(2) }) });
    expect(rateOf(twoASecond, later, after(2))).toBeCloseTo(0.5, 1);
    expect(rateOf(twoASecond, once, after(61))).toBe(2);
    expect(stateOf(twoASecond, once, after(2))).toBe("slowed");
    expect(stateOf(twoASecond, once, after(62))).toBe("working");
  });

  test("is found for a gateway that said it had no limit, and forgotten again", () => {
    const once = channel(slowed(unlimited, undefined, { startedAt: now, now }));
    expect(rateOf(unlimited, once, now)).toBe(10);
    expect(rateOf(unlimited, once, after(60))).toBe(Number.POSITIVE_INFINITY);
  });

  test("never falls below a sixty-fourth, and never rises above what is set", () => {
    assert(
      property(array(integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 }), (gaps) => {
        let at = now;
        let seen: Channel | undefined;
        for (const gap of gaps) {
          at = new Date(at.getTime() + gap * 1000);
          seen = channel({ ...seen, ...slowed(twoASecond, seen, { startedAt: at, now: at }) });
          const rate = rateOf(twoASecond, seen, at);
          expect(rate).toBeGreaterThanOrEqual(2 / 64);
          expect(rate).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  test("is kept to over any stretch, but for what may go at once", () => {
    assert(
      property(
        array(record({ wait: integer({ min: 0, max: 3000 }), segments: integer({ min: 1, max: 4 }) })),
        (steps) => {
          let [at, sent, most] = [now, 0, 0];
          let seen = channel();
          for (const { wait, segments } of steps) {
            at = new Date(at.getTime() + wait);
            if (room(twoASecond, seen, at) === 0) continue;
            const freeAt = Math.max(seen.freeAt?.getTime() ?? 0, at.getTime()) + busyMs(2, segments);
            seen = channel({ freeAt: new Date(freeAt) });
            sent += segments;
            most = 2 * ((at.getTime() - now.getTime()) / 1000 + 5) + 4;
            expect(sent).toBeLessThanOrEqual(most);
          }
        },
      ),
    );
  });

  test("leaves room exactly while what was given will be gone in time", () => {
    expect(room(twoASecond, channel({ freeAt: freeBy(now) }), now)).toBe(1);
    expect(room(twoASecond, channel({ freeAt: new Date(freeBy(now).getTime() + 1) }), now)).toBe(0);
    expect(room(unlimited, undefined, now)).toBe(Number.POSITIVE_INFINITY);
  });
});

test("a gateway is spared after five failures in a row, ever longer, up to five minutes", () => {
  const at = { startedAt: now, now };
  const waits = [];
  for (let failures = 0; failures < 12; failures++) {
    const openUntil = troubled({ failures, openedAt: null }, at)?.openUntil;
    waits.push(openUntil ? (openUntil.getTime() - now.getTime()) / 1000 : 0);
  }
  expect(waits).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 300, 300, 300, 300]);
  const spared = channel(troubled({ failures: 4, openedAt: null }, at) ?? {});
  expect(stateOf(unlimited, spared, after(29))).toBe("spared");
  expect(stateOf(unlimited, spared, after(30))).toBe("probing");
});

describe("the gateway of a message", () => {
  const gateways = [
    recordingGateway("one"),
    recordingGateway("two"),
    recordingGateway("three", { takesClientIds: true }),
  ];
  const attempt = record<Attempt>({
    messageId: constantFrom("m"),
    number: integer({ min: 1, max: 5 }),
    gateway: constantFrom("one", "two", "three"),
    startedAt: constantFrom(now),
    finishedAt: constantFrom(now),
    outcome: option(constantFrom(...attemptOutcomes)),
    retry: option(constantFrom("soon", "pause", "elsewhere", "away")),
    externalId: constantFrom(null),
    error: option(constantFrom("ECONNREFUSED", "not-taken", "30003")),
  });

  test("is never another one than one that may have it, whatever happened before and whatever is down", () => {
    assert(
      property(
        uniqueArray(attempt, { selector: ({ number }) => number, maxLength: 4 }),
        array(constantFrom("one", "two", "three")),
        option(constantFrom("one", "two", "three")),
        boolean(),
        (attempts, spared, wroteBy, oneWay) => {
          const channels = new Map(spared.map((name) => [name, channel({ openUntil: after(3700) })]));
          const choice = chooseGateway({ gateways, channels, wroteBy, attempts, oneWay, now: after(3600) });
          if (choice.kind !== "gateway") return;
          for (const { outcome, gateway, error } of attempts) {
            expect(outcome).not.toBe("accepted");
            expect(outcome).not.toBe("delivered");
            const doubtful = outcome === null || outcome === "unknown";
            if (doubtful) expect(choice.gateway.takesClientIds).toBe(true);
            if (doubtful || error === "not-taken") {
              const first = attempts.find(
                (one) => one.outcome === null || one.outcome === "unknown" || one.error === "not-taken",
              );
              expect(choice.gateway.name).toBe(first?.gateway);
            }
            expect(
              gateway === choice.gateway.name &&
                attempts.some((one) => one.gateway === gateway && one.retry === "elsewhere"),
            ).toBe(false);
          }
          expect(spared).not.toContain(choice.gateway.name);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
