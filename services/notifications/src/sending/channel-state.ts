import type { Gateway } from "../gateways/gateway.ts";
import { pauseMs } from "./outbound-lifecycle.ts";
import type { channels } from "./sending-tables.ts";

/** How a gateway fares. */
export type Channel = typeof channels.$inferSelect;
export type Channels = ReadonlyMap<string, Channel>;

/**
 * How much of a rate may be used at once: as long as two sweeps are apart, so that what a sweep finds waiting
 * keeps the channel busy until the next.
 */
const burstMs = 5_000;
/** More than any message has. */
const mostSegments = 10;
/** A slowed channel's rate doubles in this time. */
const recoveryMs = 60_000;
/** The least that a channel is slowed to, as a part of its rate: from one a second to one a minute. */
const slowest = 1 / 64;
/** What a gateway without a limit is taken to bear when it says that it was given too many, in segments a second. */
const presumedRate = 20;

/** So many attempts without a clear answer, one after the other, and a gateway is spared. */
const mostFailures = 5;
const sparedMs = 30_000;
const longestSparedMs = 5 * 60_000;
/** A probe that has not come back by then has died with its process. */
const probeMs = 30_000;

/** Others may pass a message so often before it has its turn. */
export const mostPassedOver = 9;

/** Segments a second that the gateway is given now. */
export function rateOf({ segmentsPerSecond }: Gateway, channel: Channel | undefined, now: Date): number {
  if (!channel?.slowedAt || channel.slowedTo === null) return segmentsPerSecond;
  const doublings = (now.getTime() - channel.slowedAt.getTime()) / recoveryMs;
  const rate = channel.slowedTo * 2 ** Math.max(0, doublings);
  const usual = Number.isFinite(segmentsPerSecond) ? segmentsPerSecond : presumedRate;
  return rate < usual ? rate : segmentsPerSecond;
}

/** Whether the gateway takes no more than so much in a second. */
export function isLimited(gateway: Gateway, channel: Channel | undefined, now: Date): boolean {
  return Number.isFinite(rateOf(gateway, channel, now));
}

/** What the gateway says of too many becomes half the rate that it was given, for a start. */
export function slowed(
  gateway: Gateway,
  channel: Channel | undefined,
  { startedAt, now }: { startedAt: Date; now: Date },
): Pick<Channel, "slowedTo" | "slowedAt" | "freeAt"> {
  const { segmentsPerSecond } = gateway;
  const usual = Number.isFinite(segmentsPerSecond) ? segmentsPerSecond : presumedRate;
  // Refusals of what was on its way together are one.
  const again = channel?.slowedAt && channel.slowedTo !== null && startedAt <= channel.slowedAt;
  const rate = again
    ? (channel.slowedTo ?? usual)
    : Math.max(Math.min(rateOf(gateway, channel, now), usual) / 2, usual * slowest);
  const slowedAt = again ? channel.slowedAt : now;
  const freeAt = new Date((slowedAt ?? now).getTime() + burstMs + 1000 / rate);
  const busy = busyUntil(channel, rate, now);
  return { slowedTo: rate, slowedAt, freeAt: busy > freeAt ? busy : freeAt };
}

/** The latest `freeAt` at which a channel still takes something. */
export function freeBy(now: Date): Date {
  return new Date(now.getTime() + burstMs);
}

/** How long a channel is busy with `segments`. */
export function busyMs(rate: number, segments: number): number {
  return (segments * 1000) / rate;
}

/**
 * The latest that a channel can be free again by this clock. What is later was written by a process whose clock
 * is ahead, and must not hold up the others for as long as that.
 */
export function freeAtMost(rate: number, now: Date): Date {
  return new Date(freeBy(now).getTime() + busyMs(rate, mostSegments));
}

function busyUntil(channel: Channel | undefined, rate: number, now: Date): Date {
  const freeAt = channel?.freeAt;
  return freeAt && freeAt > now && freeAt <= freeAtMost(rate, now) ? freeAt : now;
}

/** How many messages of one segment the gateway takes now. */
export function room(gateway: Gateway, channel: Channel | undefined, now: Date): number {
  const rate = rateOf(gateway, channel, now);
  if (!Number.isFinite(rate)) return rate;
  const left = freeBy(now).getTime() - busyUntil(channel, rate, now).getTime();
  return left < 0 ? 0 : Math.floor((left / 1000) * rate) + 1;
}

export type ChannelState = "working" | "slowed" | "paused" | "spared" | "probing";

export function stateOf(gateway: Gateway, channel: Channel | undefined, now: Date): ChannelState {
  if (channel?.pausedUntil && rests(channel.pausedUntil, pauseMs, now)) return "paused";
  if (channel?.openUntil) return rests(channel.openUntil, longestSparedMs, now) ? "spared" : "probing";
  return rateOf(gateway, channel, now) < gateway.segmentsPerSecond ? "slowed" : "working";
}

/** Whether a rest lasts. One that ends later than the longest would was begun by a clock that is ahead. */
function rests(until: Date, longestMs: number, now: Date): boolean {
  return until > now && until.getTime() - now.getTime() <= longestMs;
}

/** The latest that a gateway is spared until. */
export function sparedAtMost(now: Date): Date {
  return new Date(now.getTime() + longestSparedMs);
}

/** Whether the gateway may be tried, be it only by one message that finds out whether it is back. */
export function isUp(gateway: Gateway, channel: Channel | undefined, now: Date): boolean {
  const state = stateOf(gateway, channel, now);
  return state !== "paused" && state !== "spared";
}

/**
 * One more attempt without a clear answer; after enough of them the gateway is spared, ever longer. Null for one
 * that was on its way already when the gateway was spared: one disturbance that many attempts met is one.
 */
export function troubled(
  { failures, openedAt }: Pick<Channel, "failures" | "openedAt">,
  { startedAt, now }: { startedAt: Date; now: Date },
): Partial<Pick<Channel, "failures" | "openUntil" | "openedAt">> | null {
  if (openedAt && startedAt <= openedAt) return null;
  const counted = failures + 1;
  if (counted < mostFailures) return { failures: counted, openUntil: null };
  const spared = Math.min(sparedMs * 2 ** Math.min(counted - mostFailures, 10), longestSparedMs);
  return { failures: counted, openUntil: new Date(now.getTime() + spared), openedAt: now };
}

/** Until when the message that probes a spared gateway has it to itself. */
export function probedUntil(now: Date): Date {
  return new Date(now.getTime() + probeMs);
}

/**
 * The gateways for a message in the order in which they are to be tried: the one by which its phone has lately
 * written, then the list's order.
 */
export function inOrder(gateways: readonly Gateway[], preferred: string | null): readonly Gateway[] {
  const first = gateways.find(({ name }) => name === preferred);
  return first ? [first, ...gateways.filter((other) => other !== first)] : gateways;
}
