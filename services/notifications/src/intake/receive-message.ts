import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { mentionsViolence } from "@minka/language/detect-violence";
import { countSegments } from "@minka/language/gsm7";
import { redactForbidden } from "@minka/language/redact";
import type { Gateway } from "../gateways/gateway.ts";
import { codeOf, type Journal, type Kept } from "./journal.ts";
import type { KeptMessage } from "./store-message.ts";

export type Received = {
  readonly gateway: Pick<Gateway, "name" | "repeatsWithNewIds">;
  /** The gateway's own id of the message. */
  readonly externalId: string;
  /** E.164 */
  readonly phone: string;
  readonly text: string;
  readonly trace: string;
  /** Of one that is fetched late, by our own clock: it was certainly not written before this. */
  readonly writtenAfter?: Date;
  /** When the network says that it was written, where the gateway hands that on. */
  readonly stampedAt?: Date;
};

/** As long as ten joined SMS; nobody writes more on purpose. */
const longestText = 1_600;

/**
 * Keeps a message that a phone has written and sees that it is answered. A message that was handed over
 * before changes nothing. What must not be written anywhere is taken out before the first write, and what
 * remains is never logged. Returns within seconds also when the database does not answer: then the message
 * is in the journal. Throws `unavailable` when that cannot be either, and the gateway must repeat it. Returns
 * the id under which the message is kept, and whether what is kept says the same.
 */
export async function receiveMessage(
  { clock, journal }: { clock: Clock; journal: Pick<Journal, "keep"> },
  received: Received,
): Promise<Kept> {
  const { gateway, externalId, phone, text, trace, writtenAfter, stampedAt = null } = received;
  const receivedAt = clock();
  const message: KeptMessage = {
    id: newId(),
    gateway: { name: gateway.name, repeatsWithNewIds: gateway.repeatsWithNewIds },
    externalId,
    phone,
    ...whatMayBeKept(text),
    receivedAt,
    writtenAfter: writtenAfter ?? receivedAt,
    stampedAt,
    trace,
  };
  try {
    return await journal.keep(message, { straight: writtenAfter === undefined });
  } catch (error) {
    const reason = codeOf(error);
    throw new DomainError("unavailable", "message-not-kept", `The message could not be kept (${reason}).`);
  }
}

function whatMayBeKept(text: string): Pick<KeptMessage, "body" | "safety" | "segments"> {
  // Not even how long it was.
  if (mentionsViolence(text)) return { body: null, safety: true, segments: 1 };
  // PostgreSQL stores no NUL; half a surrogate pair is no character.
  const kept = redactForbidden(text).text.replaceAll("\u0000", "").slice(0, longestText).toWellFormed();
  return { body: kept, safety: false, segments: countSegments(text).segments };
}
