import { refuseWhileActing, refuseWordless } from "@minka/contracts/actor";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { listOwnMessages as contract, shownStates } from "@minka/contracts/own-messages";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { readMessages, readPlace, writePlace } from "../desk/read-messages.ts";
import type { OutboundState } from "../sending/outbound-lifecycle.ts";

/**
 * What one person and Minka wrote to each other, the newest first. Where others of a house could sign in for them there
 * is nothing, whatever they were written: a gap would say that there is something. `not-yours`, `not-while-acting`,
 * `word-needed` (403), `cursor-wrong` (422).
 */
export async function listOwnMessages(
  { db }: Pick<ServiceKit, "db">,
  { actor }: Pick<CallContext, "actor">,
  { params: { personId }, query: { cursor, limit } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  refuseWhileActing(actor);
  if (actor.kind !== "person" || actor.personId !== personId)
    throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
  refuseWordless(actor, personId);
  const before = cursor === undefined ? undefined : readPlace(cursor);
  const found = await readMessages(db.read, {
    of: { personId },
    since: undefined,
    before,
    limit: limit + 1,
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ id, direction, at, text, state }) => ({
      id,
      direction,
      at: at.toISOString(),
      text: text ?? "",
      state: state && shownAs[state],
    })),
    next: last && found.length > limit ? writePlace(last) : null,
  };
}

const shownAs: Readonly<Record<OutboundState, (typeof shownStates)[number]>> = {
  queued: "queued",
  sending: "queued",
  // Nobody knows better.
  unknown: "sent",
  sent: "sent",
  delivered: "delivered",
  undelivered: "not_delivered",
  failed: "not_delivered",
  expired: "not_delivered",
  withheld: "not_delivered",
};
