import type { Database, Transaction } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Job } from "@minka/queue/worker";
import { and, asc, eq, inArray, lte, or } from "drizzle-orm";
import { raiseAttention } from "../attention/raise-attention.ts";
import type { Finding, Gateway } from "../gateways/gateway.ts";
import { outboundMessages } from "../tables.ts";
import { acceptAttempt, finishAttempt, type OutboundMessage } from "./finish-attempt.ts";
import { abandonedMs, doubtMs, nextLook, unsettled } from "./outbound-lifecycle.ts";

type Kit = { readonly db: Database; readonly clock: Clock; readonly gateway: Gateway };

/** Finds out what became of messages that the gateway may or may not have taken. */
export function settleMessageJob({ db, clock, gateway }: Kit): Job {
  return {
    due: (limit) =>
      db.read
        .select({ id: outboundMessages.id, trace: outboundMessages.trace })
        .from(outboundMessages)
        .where(isInDoubt(clock()))
        .orderBy(asc(outboundMessages.sendingSince))
        .limit(limit),
    async run(id) {
      const [message] = await db.read
        .select()
        .from(outboundMessages)
        .where(and(eq(outboundMessages.id, id), isInDoubt(clock())));
      if (!message) return;
      const finding = await look(db, gateway, message);
      await db.transaction((tx) => settle(tx, { gateway, now: clock() }, message, finding));
    },
  };
}

/** Sending when the process died, or without a clear answer and its time to look again has come. */
function isInDoubt(now: Date) {
  return or(
    and(
      eq(outboundMessages.state, "sending"),
      lte(outboundMessages.sendingSince, new Date(now.getTime() - abandonedMs)),
    ),
    and(eq(outboundMessages.state, "unknown"), lte(outboundMessages.dueAt, now)),
  );
}

async function look(db: Database, gateway: Gateway, message: OutboundMessage): Promise<Finding> {
  const { id, phone, body, sendingSince, createdAt } = message;
  if (message.gateway !== gateway.name) return { kind: "cannot-tell" };
  return gateway.find({
    id,
    phone,
    text: body,
    since: sendingSince ?? createdAt,
    async taken(externalIds) {
      if (externalIds.length === 0) return new Set();
      const rows = await db.read
        .select({ externalId: outboundMessages.externalId })
        .from(outboundMessages)
        .where(
          and(
            eq(outboundMessages.gateway, gateway.name),
            inArray(outboundMessages.externalId, [...externalIds]),
          ),
        );
      return new Set(rows.flatMap(({ externalId }) => externalId ?? []));
    },
  });
}

/**
 * Sends again only where the gateway proves that it did not take the message, or would know it again. What
 * stays in doubt goes to the operator and is never sent again: twice is worse than a person looking.
 */
async function settle(
  tx: Transaction,
  { gateway, now }: { gateway: Gateway; now: Date },
  seen: OutboundMessage,
  finding: Finding,
): Promise<void> {
  const [message] = await tx
    .select()
    .from(outboundMessages)
    .where(
      and(
        eq(outboundMessages.id, seen.id),
        eq(outboundMessages.state, seen.state),
        eq(outboundMessages.attempts, seen.attempts),
      ),
    )
    .for("update", { skipLocked: true });
  if (!message) return;
  if (finding.kind === "accepted") {
    await acceptAttempt(tx, message, { externalId: finding.externalId, at: now });
    return;
  }
  if (message.ephemeral) {
    await finishAttempt(tx, message, { state: "failed", lastError: unsettled });
    return;
  }
  const knowsItAgain = gateway.takesClientIds && message.gateway === gateway.name;
  if (finding.kind === "not-accepted" || knowsItAgain) {
    await finishAttempt(tx, message, { state: "queued", dueAt: now });
    return;
  }
  const sendingSince = message.sendingSince ?? message.createdAt;
  if (now.getTime() - sendingSince.getTime() < doubtMs) {
    await finishAttempt(tx, message, { state: "unknown", dueAt: nextLook(sendingSince, now) });
    return;
  }
  await finishAttempt(tx, message, { state: "failed", lastError: unsettled });
  await raiseAttention(tx, {
    kind: "message_unsettled",
    phone: message.phone,
    messageId: message.id,
    at: now,
  });
}
