import { lanes, type listChannels } from "@minka/contracts/channels";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { and, count, gt, lte, min, sql } from "@minka/database/query";
import type { Gateway } from "../gateways/gateway.ts";
import { outboundMessages } from "../tables.ts";
import { rateOf, stateOf } from "./channel-state.ts";
import { readChannels } from "./channels.ts";
import { outboundAttempts } from "./sending-tables.ts";

type Kit = { readonly db: Database; readonly clock: Clock; readonly gateways: readonly Gateway[] };
type Lane = (typeof lanes)[number];

const hourMs = 60 * 60 * 1000;

/** How the gateways fare, and what waits for them. */
export async function readChannelStates({
  db,
  clock,
  gateways,
}: Kit): Promise<HandlerAnswer<typeof listChannels>> {
  const now = clock();
  const [channels, attempts, waiting, inDoubt] = await Promise.all([
    readChannels(db.read),
    db.read
      .select({
        gateway: outboundAttempts.gateway,
        attempts: count(),
        accepted: sql<number>`count(*) filter (where ${outboundAttempts.outcome} in ('accepted', 'delivered'))::int`,
      })
      .from(outboundAttempts)
      .where(gt(outboundAttempts.startedAt, new Date(now.getTime() - hourMs)))
      .groupBy(outboundAttempts.gateway),
    readWaiting(db, now),
    countInDoubt(db),
  ]);
  return {
    channels: gateways.map((gateway) => {
      const channel = channels.get(gateway.name);
      const state = stateOf(gateway, channel, now);
      const rate = rateOf(gateway, channel, now);
      const until =
        state === "paused" ? channel?.pausedUntil : state === "spared" ? channel?.openUntil : null;
      const made = attempts.find((one) => one.gateway === gateway.name);
      return {
        gateway: gateway.name,
        state,
        segmentsPerSecond: Number.isFinite(rate) ? rate : null,
        until: until?.toISOString() ?? null,
        code: (state === "paused" && channel?.pauseCode) || null,
        attempts: made?.attempts ?? 0,
        accepted: made?.accepted ?? 0,
      };
    }),
    waiting: lanes.map((lane) => {
      const found = waiting.get(lane);
      return {
        lane,
        messages: found?.messages ?? 0,
        oldestSince: found?.oldest?.toISOString() ?? null,
      };
    }),
    inDoubt,
  };
}

/** What could have left by now, by how much it matters. */
export async function readWaiting(
  db: Database,
  now: Date,
): Promise<ReadonlyMap<Lane, { messages: number; oldest: Date | null }>> {
  const rows = await db.read
    .select({
      reply: outboundMessages.reply,
      bulk: outboundMessages.bulk,
      messages: count(),
      oldest: min(outboundMessages.dueAt),
    })
    .from(outboundMessages)
    .where(and(sql`${outboundMessages.state} = 'queued'`, lte(outboundMessages.dueAt, now)))
    .groupBy(outboundMessages.reply, outboundMessages.bulk);
  return new Map(
    rows.map(({ reply, bulk, messages, oldest }) => [
      reply ? "reply" : bulk ? "bulk" : "news",
      { messages, oldest },
    ]),
  );
}

export async function countInDoubt(db: Database): Promise<number> {
  const [found] = await db.read
    .select({ messages: count() })
    .from(outboundMessages)
    .where(sql`${outboundMessages.state} = 'unknown'`);
  return found?.messages ?? 0;
}
