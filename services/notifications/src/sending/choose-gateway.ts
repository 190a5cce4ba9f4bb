import type { Gateway } from "../gateways/gateway.ts";
import { neverSent } from "../gateways/never-sent.ts";
import { inOrder, isUp, type Channels } from "./channel-state.ts";
import { notTaken, retryDelayMs } from "./outbound-lifecycle.ts";
import type { outboundAttempts } from "./sending-tables.ts";

export type Attempt = typeof outboundAttempts.$inferSelect;

export type Choice =
  | { readonly kind: "gateway"; readonly gateway: Gateway }
  /** None of those that may have it can be tried at the moment; it waits for the channels. */
  | { readonly kind: "wait" }
  /** Not before this. */
  | { readonly kind: "later"; readonly at: Date }
  /** None of them reaches that phone. */
  | { readonly kind: "nobody" }
  /** Some gateway may have it: it must not be handed over again. */
  | { readonly kind: "never" };

type Situation = {
  readonly gateways: readonly Gateway[];
  readonly channels: Channels;
  /** By which the phone has lately written. */
  readonly wroteBy: string | null;
  /** Of this message until now. */
  readonly attempts: readonly Attempt[];
  /** Goes by its first gateway or not at all. */
  readonly oneWay: boolean;
  readonly now: Date;
};

/** Nobody could tell for a while whether the gateway had taken it. */
const wasInDoubt = ({ outcome, error }: Attempt) =>
  outcome === null || outcome === "unknown" || error === notTaken;

/** An attempt that left the way for another gateway free, for a while. */
const leavesTheWay = ({ retry, error }: Attempt) => retry === "pause" || isUnreachable(error);

/** Whether the error says that there was no connection, so that nothing can have been handed over. */
export function isUnreachable(error: string | null): boolean {
  return error !== null && neverSent.has(error);
}

/**
 * By which gateway a message is handed over next. Another one than before comes into question only when every
 * earlier attempt was refused outright: while any may have been accepted the message stays where it is, and is
 * handed over again at all only to a gateway that would know it again.
 */
export function chooseGateway(situation: Situation): Choice {
  const { gateways, channels, wroteBy, attempts, oneWay, now } = situation;
  const order = inOrder(gateways, wroteBy);
  if (attempts.some(({ outcome }) => outcome === "accepted" || outcome === "delivered"))
    return { kind: "never" };
  const open = attempts.some(({ outcome }) => outcome === null || outcome === "unknown");
  const bound = gateways.filter(({ name }) =>
    attempts.some((one) => one.gateway === name && wasInDoubt(one)),
  );
  if (bound.length > 1 || (open && !bound[0]?.takesClientIds)) return { kind: "never" };
  const allowed = bound.length > 0 ? bound.slice(0, 1) : oneWay ? order.slice(0, 1) : order;
  const reaching = allowed.filter(
    ({ name }) => !attempts.some(({ gateway, retry }) => gateway === name && retry === "elsewhere"),
  );
  if (reaching.length === 0) return { kind: "nobody" };
  const free = reaching.filter((gateway) => restsUntil(gateway, attempts) <= now);
  if (free.length === 0) {
    const soonest = Math.min(...reaching.map((gateway) => restsUntil(gateway, attempts).getTime()));
    return { kind: "later", at: new Date(soonest) };
  }
  const gateway = free.find((one) => isUp(one, channels.get(one.name), now));
  return gateway ? { kind: "gateway", gateway } : { kind: "wait" };
}

/** Before this the message does not go to a gateway that could not take it. */
function restsUntil({ name }: Gateway, attempts: readonly Attempt[]): Date {
  const there = attempts.filter(({ gateway }) => gateway === name);
  const last = there.at(-1);
  if (!last?.finishedAt || !leavesTheWay(last)) return new Date(0);
  const delay = retryDelayMs(last.retry === "pause" ? "pause" : "soon", there.length);
  return new Date(last.finishedAt.getTime() + delay);
}
