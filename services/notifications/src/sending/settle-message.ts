import type { Database, Transaction } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Job } from "@minka/queue/worker";
import { and, asc, eq, inArray, isNull, lte, ne, or, sql } from "@minka/database/query";
import type { Finding, Gateway } from "../gateways/gateway.ts";
import { outboundMessages } from "../tables.ts";
import { fleetingWords } from "./enqueue-message.ts";
import { finishAttempt, leaveUnsettled, type OutboundMessage } from "./finish-attempt.ts";
import { hearOfAttempt } from "./hear-of-attempt.ts";
import { abandonedMs, doubtMs, nextLook, notTaken, unsettled } from "./outbound-lifecycle.ts";
import { outboundAttempts } from "./sending-tables.ts";

type Kit = { readonly db: Database; readonly clock: Clock; readonly gateways: readonly Gateway[] };

/** Finds out what became of messages that a gateway may or may not have taken. */
export function settleMessageJob({ db, clock, gateways }: Kit): Job {
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
      const gateway = gateways.find(({ name }) => name === message.gateway);
      const finding: Finding = gateway ? await look(db, gateway, message) : { kind: "cannot-tell" };
      await db.transaction((tx) => settle(tx, { gateway, now: clock() }, message, finding));
    },
  };
}

/**
 * Sending when the process died, or without a clear answer and its time to look again has come; also what waits to
 * be handed over again when its doubt has lasted for too long.
 */
function isInDoubt(now: Date) {
  return or(
    and(
      sql`${outboundMessages.state} = 'sending'`,
      lte(outboundMessages.sendingSince, new Date(now.getTime() - abandonedMs)),
    ),
    and(sql`${outboundMessages.state} = 'unknown'`, lte(outboundMessages.dueAt, now)),
    and(
      sql`${outboundMessages.state} = 'queued'`,
      lte(outboundMessages.doubtSince, new Date(now.getTime() - doubtMs)),
    ),
  );
}

async function look(db: Database, gateway: Gateway, message: OutboundMessage): Promise<Finding> {
  const { id, phone, body, sendingSince, createdAt } = message;
  return gateway.find({
    id,
    phone,
    // What was kept nowhere: one that may have left must be found to be forgotten there.
    texts: body === null ? fleetingWords() : [body],
    since: sendingSince ?? createdAt,
    async taken(externalIds) {
      if (externalIds.length === 0) return new Set();
      // By its words alone a message cannot be told from another one of the same words in doubt. Looked for
      // after the list was read and before what is recorded: whatever is on the list is in one or the other.
      if (await hasTwin(db, message)) return new Set(externalIds);
      const rows = await db.read
        .select({ externalId: outboundAttempts.externalId })
        .from(outboundAttempts)
        .where(
          and(
            eq(outboundAttempts.gateway, gateway.name),
            inArray(outboundAttempts.externalId, [...externalIds]),
          ),
        );
      return new Set(rows.flatMap(({ externalId }) => externalId ?? []));
    },
  });
}

async function hasTwin(db: Database, { id, phone, body }: OutboundMessage): Promise<boolean> {
  if (body === null) return false;
  const [twin] = await db.read
    .select({ id: outboundMessages.id })
    .from(outboundMessages)
    .innerJoin(outboundAttempts, eq(outboundAttempts.messageId, outboundMessages.id))
    .where(
      and(
        eq(outboundMessages.phone, phone),
        eq(outboundMessages.body, body),
        ne(outboundMessages.id, id),
        or(isNull(outboundAttempts.outcome), eq(outboundAttempts.outcome, "unknown")),
      ),
    )
    .limit(1);
  return twin !== undefined;
}

/**
 * Sends again only where the gateway proves that it did not take the message, or would know it again. What
 * stays in doubt goes to the operator and is never sent again: twice is worse than a person looking.
 */
async function settle(
  tx: Transaction,
  { gateway, now }: { gateway: Gateway | undefined; now: Date },
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
  const about = { messageId: message.id, attempt: message.attempts };
  if (finding.kind === "accepted") {
    const { externalId } = finding;
    if (await hearOfAttempt(tx, { ...about, outcome: "accepted", externalId }, now)) return;
  }
  await hearOfAttempt(tx, { ...about, outcome: "unknown", error: message.lastError ?? unsettled }, now);
  if (message.ephemeral) return leaveUnsettled(tx, message, now);
  if (finding.kind === "not-accepted") {
    const refusal = () => ({ code: notTaken, retry: "soon" }) as const;
    if (await hearOfAttempt(tx, { ...about, outcome: "refused", refusal }, now)) return;
  }
  const doubtSince = message.doubtSince ?? message.sendingSince ?? message.createdAt;
  if (now.getTime() - doubtSince.getTime() >= doubtMs) return leaveUnsettled(tx, message, now);
  await (gateway?.takesClientIds
    ? finishAttempt(tx, message, { state: "queued", dueAt: now, doubtSince })
    : finishAttempt(tx, message, { state: "unknown", dueAt: nextLook(doubtSince, now), doubtSince }));
}
