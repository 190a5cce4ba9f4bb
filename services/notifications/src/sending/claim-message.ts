import type { Database, Transaction } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Environment } from "@minka/service/settings";
import { and, asc, eq, getTableColumns, lte, or, sql } from "@minka/database/query";
import { raiseAttention } from "../attention/raise-attention.ts";
import type { Gateway } from "../gateways/gateway.ts";
import { outboundMessages } from "../tables.ts";
import { isLimited, rateOf, stateOf, type Channels } from "./channel-state.ts";
import { readChannels, takeProbe, takeRoom } from "./channels.ts";
import { chooseGateway, type Choice } from "./choose-gateway.ts";
import { allDown, isDay, isDue, placeInLine, wroteBy } from "./due-messages.ts";
import { putIntoWords } from "./enqueue-message.ts";
import { finishAttempt, leaveUnsettled, wentBefore, type OutboundMessage } from "./finish-attempt.ts";
import { isOptedOut } from "./opt-outs.ts";
import type { AttemptCounts } from "./sending-gauges.ts";
import { channels as channelRows, outboundAttempts } from "./sending-tables.ts";

export type SendingKit = {
  readonly db: Database;
  readonly clock: Clock;
  /** In order of preference. */
  readonly gateways: readonly Gateway[];
  readonly environment: Environment;
  readonly counts?: Pick<AttemptCounts, "count">;
};

/** A message that this process alone hands over, and how. */
export type Claimed = {
  readonly message: OutboundMessage;
  readonly gateway: Gateway;
  readonly text: string;
  /** The gateway has failed lately: it matters that it answers. */
  readonly watched: boolean;
};

/** A message that the channels would take but that cannot go there asks again after this. */
const askAgainMs = 30_000;

/**
 * Takes the message for one attempt, written down before the gateway hears of it; null when there is none to
 * make. Everything that could forbid it is looked at here and not when the message was written: whether its
 * phone still wants messages, the hour, its gateway's state and rate, who is ahead of it.
 */
export async function claimMessage(tx: Transaction, kit: SendingKit, id: string): Promise<Claimed | null> {
  const { gateways, environment } = kit;
  const now = kit.clock();
  const [found] = await tx
    .select({
      message: getTableColumns(outboundMessages),
      troubled: sql<boolean>`exists (select 1 from ${channelRows})`,
      wroteBy: gateways.length > 1 ? wroteBy({ gateways, now }) : sql<string | null>`null`,
    })
    .from(outboundMessages)
    .where(
      and(
        eq(outboundMessages.id, id),
        sql`${outboundMessages.state} = 'queued'`,
        lte(outboundMessages.dueAt, now),
        or(lte(outboundMessages.expiresAt, now), isDue(tx, { gateways, now })),
      ),
    )
    .for("update", { skipLocked: true });
  if (!found) return null;
  const { message } = found;
  const text = message.fleeting ? putIntoWords(message.fleeting) : message.body;
  if (message.expiresAt <= now || text === null) {
    if (message.doubtSince) await leaveUnsettled(tx, message, now);
    else await finishAttempt(tx, message, { state: "expired" });
    return null;
  }
  // After the lock: a BAJA that is committed by now has been seen, and one that comes later finds it on its way.
  if (!message.reply && (await isOptedOut(tx, environment, message.phone))) {
    await finishAttempt(tx, message, { state: "withheld" });
    return null;
  }
  if (message.bulk && !isDay(now)) return null;
  const channels: Channels = found.troubled ? await readChannels(tx) : new Map();
  const choice = await choose(tx, kit, { message, channels, wroteBy: found.wroteBy, now });
  if (choice.kind !== "gateway") {
    await putOff(tx, message, choice, { now, waits: allDown({ gateways, now }, channels) });
    return null;
  }
  const { gateway } = choice;
  if (!(await letIn(tx, kit, { message, gateway, channels, now }))) return null;
  return {
    message: await begin(tx, message, { gateway, now }),
    gateway,
    text,
    watched: (channels.get(gateway.name)?.failures ?? 0) > 0,
  };
}

type Seen = { message: OutboundMessage; channels: Channels; now: Date };

async function choose(
  tx: Transaction,
  { gateways }: SendingKit,
  { message, channels, wroteBy: lately, now }: Seen & { wroteBy: string | null },
): Promise<Choice> {
  // One that was put off for lack of room has begun too, though its attempts are none.
  const attempts =
    message.sendingSince === null
      ? []
      : await tx
          .select()
          .from(outboundAttempts)
          .where(eq(outboundAttempts.messageId, message.id))
          .orderBy(asc(outboundAttempts.number));
  return chooseGateway({
    gateways,
    channels,
    wroteBy: lately,
    attempts,
    oneWay: message.fleeting !== null,
    now,
  });
}

async function putOff(
  tx: Transaction,
  message: OutboundMessage,
  choice: Exclude<Choice, { kind: "gateway" }>,
  { now, waits }: { now: Date; waits: boolean },
): Promise<void> {
  switch (choice.kind) {
    case "wait":
    case "later": {
      if (waits) return;
      const dueAt = choice.kind === "later" ? choice.at : new Date(now.getTime() + askAgainMs);
      await tx.update(outboundMessages).set({ dueAt }).where(eq(outboundMessages.id, message.id));
      return;
    }
    case "never":
      // Whoever looks after doubtful messages finds out what became of it.
      if (!(await wentBefore(tx, message, now)))
        await finishAttempt(tx, message, { state: "unknown", dueAt: now });
      return;
    case "nobody":
      await finishAttempt(tx, message, { state: "failed" });
      await raiseAttention(tx, {
        kind: "message_failed",
        phone: message.phone,
        messageId: message.id,
        at: now,
      });
  }
}

/** Whether the gateway takes one more now; only one that leaves uses up anything. */
async function letIn(
  tx: Transaction,
  { gateways }: SendingKit,
  { message, gateway, channels, now }: Seen & { gateway: Gateway },
): Promise<boolean> {
  const channel = channels.get(gateway.name);
  const probes = stateOf(gateway, channel, now) === "probing";
  if (!isLimited(gateway, channel, now)) return !probes || takeProbe(tx, gateway.name, now);
  const { waits, outOfTurn } = await placeInLine(tx, { gateways, now }, { message, gateway, channels });
  if (waits) return false;
  const rate = rateOf(gateway, channel, now);
  return takeRoom(tx, gateway.name, { rate, segments: message.segments, outOfTurn, probes, now });
}

/** Both rows in one statement: the attempt is in the table when the message says that it is being sent. */
async function begin(
  tx: Transaction,
  message: OutboundMessage,
  { gateway, now }: { gateway: Gateway; now: Date },
): Promise<OutboundMessage> {
  const number = message.attempts + 1;
  const at = sql`${now.toISOString()}::timestamptz`;
  // Only an attempt that was put off for lack of room is made again under its number.
  const made = sql`insert into ${outboundAttempts} as known (message_id, number, gateway, started_at)
    values (${message.id}, ${number}, ${gateway.name}, ${at})
    on conflict (message_id, number) do update set gateway = excluded.gateway, started_at = excluded.started_at,
      finished_at = null, outcome = null, retry = null, external_id = null, error = null
      where known.outcome = 'refused'
    returning known.number`;
  const begun = await tx.execute(sql`with made as (${made})
    update ${outboundMessages} set state = 'sending', sending_since = ${at}, attempts = made.number,
      gateway = ${gateway.name}, fleeting = null
    from made where id = ${message.id} returning id`);
  if (begun.length === 0) throw new Error(`attempt ${number} of message ${message.id} has been made before`);
  return {
    ...message,
    state: "sending",
    sendingSince: now,
    attempts: number,
    gateway: gateway.name,
    fleeting: null,
  };
}
