import { reportUnreachable } from "@minka/contracts/asks";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Job } from "@minka/queue/worker";
import { and, eq, gt, inArray, isNull, ne, or } from "@minka/database/query";
import { unsettled } from "../sending/outbound-lifecycle.ts";
import { outboundMessages, prompts } from "../tables.ts";
import { lockConversation } from "./conversation-lease.ts";
import { lapseOffer } from "./take-back-questions.ts";
import type { ConversationKit } from "./turn.ts";

/**
 * The job `give-up-ask`: a provider who has said BAJA, or whose phone cannot be reached, never reads what they are
 * asked, so nobody waits for their answer: matching asks the next. A message that may have arrived is left alone.
 */
export function giveUpAskJob({ db, clock, call }: ConversationKit): Job {
  return {
    due: (limit) => lostAsks(db, clock()).limit(limit),
    async run(id, trace) {
      const [lost] = await lostAsks(db, clock(), id);
      if (lost?.subject.kind !== "offer") return;
      const { matchId } = lost.subject;
      const options = { trace, idempotencyKey: `${id}:${lost.messageId}:unreachable` };
      try {
        await call(reportUnreachable, { params: { matchId } }, options);
      } catch (error) {
        // Its request is gone, and with it the question.
        if (!(error instanceof DomainError) || error.category !== "not-found") throw error;
      }
      await db.transaction(async (tx) => {
        await lockConversation(tx, lost.phone, trace);
        await lapseOffer(tx, lost.phone, matchId, { at: clock(), trace });
      });
    },
  };
}

/** Orders in question whose SMS has come to nothing, while there is time. */
function lostAsks({ read }: Database, now: Date, id?: string) {
  return read
    .select({
      id: prompts.id,
      trace: prompts.trace,
      phone: prompts.phone,
      subject: prompts.subject,
      messageId: outboundMessages.id,
    })
    .from(prompts)
    .innerJoin(outboundMessages, eq(outboundMessages.id, prompts.messageId))
    .where(
      and(
        eq(prompts.kind, "offer"),
        eq(prompts.state, "open"),
        gt(prompts.expiresAt, now),
        id === undefined ? undefined : eq(prompts.id, id),
        inArray(outboundMessages.state, ["withheld", "undelivered", "failed", "expired"]),
        or(isNull(outboundMessages.lastError), ne(outboundMessages.lastError, unsettled)),
      ),
    )
    .$dynamic();
}
