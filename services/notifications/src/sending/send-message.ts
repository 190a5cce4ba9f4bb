import type { Job } from "@minka/queue/worker";
import type { SendOutcome } from "../gateways/gateway.ts";
import { countAnswer, countFailure, slowChannel } from "./channels.ts";
import { isUnreachable } from "./choose-gateway.ts";
import { claimMessage, type Claimed, type SendingKit } from "./claim-message.ts";
import { dueMessages } from "./due-messages.ts";
import { nextOfPhone } from "./finish-attempt.ts";
import { hearOfAttempt, type AttemptNews } from "./hear-of-attempt.ts";
import { staleMs } from "./outbound-lifecycle.ts";
import { firstRedactionMs } from "./redact-message.ts";

export type { SendingKit };

/** Hands due messages to the gateways, each phone's in the order in which they were written. */
export function sendMessageJob(kit: SendingKit): Job {
  const { db, clock, gateways } = kit;
  return {
    due: (limit) => dueMessages(db, { gateways, now: clock() }, limit),
    async run(id) {
      const claimed = await db.transaction((tx) => claimMessage(tx, kit, id));
      if (!claimed) return;
      const outcome = await hand(kit, claimed);
      kit.counts?.count(claimed.gateway.name, outcome.kind);
      if (outcome.kind === "accepted" && (await recordAccepted(kit, claimed, outcome.externalId))) {
        if (claimed.watched) await countAnswer(db.read, claimed.gateway.name);
        return;
      }
      await record(kit, claimed, outcome);
    },
  };
}

async function hand({ clock }: SendingKit, { message, gateway, text }: Claimed): Promise<SendOutcome> {
  const { id, phone, attempts, expiresAt, ephemeral, sendingSince } = message;
  // Held up since it took the message: by now others ask the gateway what became of it.
  if (sendingSince && clock().getTime() - sendingSince.getTime() >= staleMs)
    return { kind: "refused", code: "held-up", retry: "soon" };
  try {
    return await gateway.send({ id, attempt: attempts, phone, text, expiresAt, ephemeral });
  } catch (error) {
    return { kind: "unknown", error: error instanceof Error ? error.name : "unknown" };
  }
}

/**
 * The usual end, in one statement: nothing was heard of the attempt meanwhile, and the gateway has it. False
 * when something was; then it is weighed.
 */
async function recordAccepted(
  { db, clock }: SendingKit,
  { message }: Claimed,
  externalId: string,
): Promise<boolean> {
  const { id, attempts, ephemeral } = message;
  const now = clock();
  const at = now.toISOString();
  const redactAt = ephemeral ? new Date(now.getTime() + firstRedactionMs).toISOString() : null;
  const written = await db.sql`
    with message as (
      update notifications.outbound_messages
      set state = 'sent', external_id = ${externalId}, sent_at = coalesce(sent_at, ${at}::timestamptz),
        last_error = null, body = case when ephemeral then null else body end,
        redact_at = ${redactAt}::timestamptz, doubt_since = null
      where id = ${id} and state = 'sending' and attempts = ${attempts}
      returning id
    )
    update notifications.outbound_attempts attempt
    set outcome = 'accepted', external_id = ${externalId}, finished_at = ${at}::timestamptz
    from message
    where attempt.message_id = message.id and attempt.number = ${attempts}
    returning 1`;
  if (written.length === 0) return false;
  // Looked for after the commit, so that one which is written just now finds this one out of its way, or is found.
  const next = await nextOfPhone(db.read, message);
  if (next) db.nudge({ service: "notifications", job: "send-message", id: next.id, trace: next.trace });
  return true;
}

/** Writes any other answer, or one that a report or the settling of doubt was quicker than. */
async function record(kit: SendingKit, claimed: Claimed, outcome: SendOutcome): Promise<void> {
  const { db, clock } = kit;
  const { message, gateway } = claimed;
  const now = clock();
  await db.transaction(async (tx) => {
    await hearOfAttempt(tx, newsOf(claimed, outcome), now);
    const { phone } = message;
    const startedAt = message.sendingSince ?? now;
    if (outcome.kind === "refused" && outcome.retry === "busy")
      await slowChannel(tx, gateway, { startedAt, now });
    const code = outcome.kind === "unknown" ? outcome.error : outcome.kind === "refused" ? outcome.code : "";
    if (outcome.kind === "unknown" || isUnreachable(code))
      await countFailure(tx, { gateway: gateway.name, phone, code, startedAt, now });
    else if (claimed.watched) await countAnswer(tx, gateway.name);
  });
}

function newsOf({ message }: Claimed, outcome: SendOutcome): AttemptNews {
  const about = { messageId: message.id, attempt: message.attempts };
  switch (outcome.kind) {
    case "accepted":
      return { ...about, outcome: "accepted", externalId: outcome.externalId };
    case "unknown":
      return { ...about, outcome: "unknown", error: outcome.error };
    case "refused":
      return { ...about, outcome: "refused", refusal: () => outcome };
  }
}
