import type { Database, Transaction } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Job } from "@minka/queue/worker";
import type { Environment } from "@minka/service/settings";
import { and, asc, eq, exists, gt, lt, lte, not, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Gateway, SendOutcome } from "../gateways/gateway.ts";
import { channelPauses, outboundMessages } from "../tables.ts";
import { acceptAttempt, finishAttempt, refuseAttempt, type OutboundMessage } from "./finish-attempt.ts";
import { isOptedOut } from "./opt-outs.ts";
import { nextLook, tellsMore } from "./outbound-lifecycle.ts";

type Kit = {
  readonly db: Database;
  readonly clock: Clock;
  readonly gateway: Gateway;
  readonly environment: Environment;
};

/** Hands due messages to the gateway, each phone's in the order in which they were written. */
export function sendMessageJob({ db, clock, gateway, environment }: Kit): Job {
  return {
    due: (limit) =>
      db.read
        .select({ id: outboundMessages.id, trace: outboundMessages.trace })
        .from(outboundMessages)
        .where(isDue(db, gateway, clock()))
        .orderBy(asc(outboundMessages.dueAt), asc(outboundMessages.sequence))
        .limit(limit),
    async run(id) {
      const message = await db.transaction((tx) => claim(tx, { db, gateway, environment, now: clock() }, id));
      if (!message) return;
      const outcome = await hand(gateway, message);
      await db.transaction((tx) => record(tx, message, outcome, clock()));
    },
  };
}

/**
 * Queued, its time has come, its channel is not paused, and no earlier message of its phone is in the way.
 * One that was put off by more than a minute steps aside until its time comes again.
 */
function isDue(db: Database, gateway: Gateway, now: Date) {
  const earlier = alias(outboundMessages, "earlier");
  const inTheWay = db.read
    .select({ one: sql`1` })
    .from(earlier)
    .where(
      and(
        eq(earlier.phone, outboundMessages.phone),
        lt(earlier.sequence, outboundMessages.sequence),
        sql`${earlier.state} in ('queued', 'sending')`,
        or(
          eq(earlier.state, "sending"),
          lte(earlier.dueAt, now),
          sql`${earlier.dueAt} <= ${earlier.sendingSince} + interval '1 minute'`,
        ),
      ),
    );
  const paused = db.read
    .select({ one: sql`1` })
    .from(channelPauses)
    .where(and(eq(channelPauses.gateway, gateway.name), gt(channelPauses.until, now)));
  return and(
    sql`${outboundMessages.state} = 'queued'`,
    lte(outboundMessages.dueAt, now),
    notExists(inTheWay),
    not(exists(paused)),
  );
}

/** Takes the message for one attempt, committed before the gateway hears of it; null when there is none to make. */
async function claim(
  tx: Transaction,
  { db, gateway, environment, now }: Omit<Kit, "clock"> & { now: Date },
  id: string,
): Promise<OutboundMessage | null> {
  const [message] = await tx
    .select()
    .from(outboundMessages)
    .where(and(eq(outboundMessages.id, id), isDue(db, gateway, now)))
    .for("update", { skipLocked: true });
  if (!message) return null;
  if (message.expiresAt <= now || message.body === null) {
    await finishAttempt(tx, message, { state: "expired" });
    return null;
  }
  if (!message.reply && (await isOptedOut(tx, environment, message.phone))) {
    await finishAttempt(tx, message, { state: "withheld" });
    return null;
  }
  const attempt = {
    state: "sending",
    sendingSince: now,
    attempts: message.attempts + 1,
    gateway: gateway.name,
  } as const;
  await tx.update(outboundMessages).set(attempt).where(eq(outboundMessages.id, id));
  return { ...message, ...attempt };
}

async function hand(gateway: Gateway, message: OutboundMessage): Promise<SendOutcome> {
  const { id, phone, body, attempts, expiresAt, ephemeral } = message;
  try {
    return await gateway.send({ id, attempt: attempts, phone, text: body ?? "", expiresAt, ephemeral });
  } catch (error) {
    return { kind: "unknown", error: error instanceof Error ? error.name : "unknown" };
  }
}

/** Writes the gateway's answer, unless a report or the settling of doubt was quicker. */
async function record(
  tx: Transaction,
  { id, attempts: attempt }: OutboundMessage,
  outcome: SendOutcome,
  now: Date,
): Promise<void> {
  const [message] = await tx.select().from(outboundMessages).where(eq(outboundMessages.id, id)).for("update");
  if (!message) return;
  if (outcome.kind === "accepted" && tellsMore(message, attempt, "sent")) {
    await acceptAttempt(tx, message, { externalId: outcome.externalId, at: now });
  } else if (outcome.kind === "refused" && tellsMore(message, attempt, "failed")) {
    await refuseAttempt(tx, message, { ...outcome, at: now, final: "failed" });
  } else if (outcome.kind === "unknown" && tellsMore(message, attempt, "unknown")) {
    await finishAttempt(tx, message, {
      state: "unknown",
      lastError: outcome.error,
      dueAt: nextLook(message.sendingSince ?? now, now),
    });
  }
}
