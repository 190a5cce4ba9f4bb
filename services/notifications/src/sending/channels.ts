import type { Queries, Transaction } from "@minka/database/connect";
import { and, eq, gt, isNull, lte, or, sql } from "@minka/database/query";
import { raiseAttention } from "../attention/raise-attention.ts";
import type { Gateway } from "../gateways/gateway.ts";
import { attentionItems } from "../tables.ts";
import {
  busyMs,
  freeAtMost,
  freeBy,
  probedUntil,
  slowed,
  sparedAtMost,
  troubled,
  type Channel,
  type Channels,
} from "./channel-state.ts";
import { pauseMs } from "./outbound-lifecycle.ts";
import { channels } from "./sending-tables.ts";

/** How the gateways fare that have a limit or have given trouble. */
export async function readChannels(queries: Queries): Promise<Channels> {
  return new Map((await queries.select().from(channels)).map((channel) => [channel.gateway, channel]));
}

/** Locks what is known of a gateway and changes it. Lock the message before, as everybody does. */
async function changeChannel(
  tx: Transaction,
  gateway: string,
  change: (channel: Channel) => Partial<Channel> | null,
): Promise<void> {
  await tx.insert(channels).values({ gateway }).onConflictDoNothing();
  const [channel] = await tx.select().from(channels).where(eq(channels.gateway, gateway)).for("update");
  const changed = channel && change(channel);
  if (changed) await tx.update(channels).set(changed).where(eq(channels.gateway, gateway));
}

/**
 * Reserves the time that `segments` take at `rate` (segments a second), and the probe of a spared gateway with
 * it; false, and nothing is reserved, when the channel is busy or another one probes it. One statement on one
 * row, so that all processes together keep to the rate.
 */
export async function takeRoom(
  tx: Transaction,
  gateway: string,
  { rate, segments, outOfTurn, probes, now }: Reservation,
): Promise<boolean> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const ms = sql`${busyMs(rate, segments)}::float8 * interval '1 millisecond'`;
  const freeAt = channels.freeAt;
  const ahead = sql`${freeAt} > ${freeAtMost(rate, now).toISOString()}::timestamptz`;
  const taken = await tx
    .insert(channels)
    .values({ gateway, freeAt: sql`${at} + ${ms}` })
    .onConflictDoUpdate({
      target: channels.gateway,
      set: {
        freeAt: sql`case when ${ahead} then ${at} else greatest(${freeAt}, ${at}) end + ${ms}`,
        passedOver: outOfTurn ? 0 : sql`${channels.passedOver} + 1`,
        ...(probes ? { openUntil: probedUntil(now) } : {}),
      },
      setWhere: and(
        or(isNull(freeAt), lte(freeAt, freeBy(now)), ahead),
        probes ? isUnprobed(now) : undefined,
      ),
    })
    .returning({ gateway: channels.gateway });
  return taken.length > 0;
}
type Reservation = { rate: number; segments: number; outOfTurn: boolean; probes: boolean; now: Date };

/** Spared for long enough, and nobody is finding out whether it is back. */
function isUnprobed(now: Date) {
  return or(lte(channels.openUntil, now), gt(channels.openUntil, sparedAtMost(now)));
}

/** Makes the caller the one that tries whether a spared gateway is back; false when another one does. */
export async function takeProbe(tx: Transaction, gateway: string, now: Date): Promise<boolean> {
  const taken = await tx
    .update(channels)
    .set({ openUntil: probedUntil(now) })
    .where(and(eq(channels.gateway, gateway), isUnprobed(now)))
    .returning({ gateway: channels.gateway });
  return taken.length > 0;
}

/** The gateway was given too many: it gets fewer for a while. */
export async function slowChannel(
  tx: Transaction,
  gateway: Gateway,
  times: { startedAt: Date; now: Date },
): Promise<void> {
  await changeChannel(tx, gateway.name, (channel) => slowed(gateway, channel, times));
}

type Trouble = { gateway: string; phone: string; code: string; now: Date };

/** The gateway would refuse everything: it is left alone for some minutes, and the operator hears of it. */
export async function pauseChannel(tx: Transaction, trouble: Trouble): Promise<void> {
  const { gateway, code, now } = trouble;
  await changeChannel(tx, gateway, () => ({
    pausedUntil: new Date(now.getTime() + pauseMs),
    pauseCode: code,
  }));
  await tellOperator(tx, trouble);
}

/** An attempt had no clear answer; after several in a row the gateway is spared, and the operator hears of it. */
export async function countFailure(tx: Transaction, trouble: Trouble & { startedAt: Date }): Promise<void> {
  let spared = false;
  await changeChannel(tx, trouble.gateway, (channel) => {
    const change = troubled(channel, trouble);
    spared = Boolean(change?.openUntil);
    return change;
  });
  if (spared) await tellOperator(tx, trouble);
}

/** The gateway has answered: whatever was wrong is over. */
export async function countAnswer(queries: Queries, gateway: string): Promise<void> {
  await queries.update(channels).set({ failures: 0, openUntil: null }).where(eq(channels.gateway, gateway));
}

/** Once for each gateway, until somebody has dealt with it. */
async function tellOperator(tx: Transaction, { gateway, phone, code, now }: Trouble): Promise<void> {
  const text = `${gateway} ${code}`;
  const [told] = await tx
    .select({ id: attentionItems.id })
    .from(attentionItems)
    .where(
      and(
        eq(attentionItems.kind, "channel_paused"),
        eq(attentionItems.subject, gateway),
        isNull(attentionItems.resolvedAt),
      ),
    )
    .limit(1);
  if (!told) await raiseAttention(tx, { kind: "channel_paused", phone, text, subject: gateway, at: now });
}
