import { refuseWhileActing } from "@minka/contracts/actor";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { listOwnMessages as contract, shownStates } from "@minka/contracts/own-messages";
import { contactCards } from "@minka/contracts/profiles";
import { listSharers } from "@minka/contracts/shared-phones";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { eq } from "drizzle-orm";
import { readMessages, readPlace, writePlace } from "../desk/read-messages.ts";
import type { OutboundState } from "../sending/outbound-lifecycle.ts";
import { inboundMessages, outboundMessages } from "../tables.ts";

type Kit = Pick<ServiceKit, "db" | "call">;

/**
 * What one person and Minka wrote to each other, the newest first. Where others of a house could sign in for them there
 * is nothing, whatever they were written: a gap would say that there is something. `not-yours`, `not-while-acting`
 * (403), `cursor-wrong` (422).
 */
export async function listOwnMessages(
  kit: Kit,
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  { params: { personId }, query: { cursor, limit } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  refuseWhileActing(actor);
  if (actor.kind !== "person" || actor.personId !== personId)
    throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
  const before = cursor === undefined ? undefined : readPlace(cursor);
  if (await othersMaySignIn(kit, personId, trace)) return { items: [], next: null, needsWord: true };
  const found = await readMessages(kit.db.read, {
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
    needsWord: false,
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

/** Whether a phone by which they sign in reaches others too, who need not know a word to pass for them. */
async function othersMaySignIn({ db, call }: Kit, personId: string, trace: string): Promise<boolean> {
  const { contacts } = await call(contactCards, { body: { personIds: [personId] } }, { trace });
  const known = [inboundMessages, outboundMessages].map((table) =>
    db.read.selectDistinct({ phone: table.phone }).from(table).where(eq(table.personId, personId)),
  );
  const phones = [...contacts, ...(await Promise.all(known)).flat()].map(({ phone }) => phone);
  for (const phone of new Set(phones)) {
    const { people } = await call(listSharers, { body: { phone } }, { trace });
    if (people.length > 1 && people.some((one) => one.personId === personId && !one.hasWord)) return true;
  }
  return false;
}
