import { newId } from "@minka/database/new-id";
import type { Database, Transaction } from "@minka/database/connect";
import { renderText } from "@minka/language/texts";
import { and, asc, eq, gt, inArray, isNotNull, lte } from "@minka/database/query";
import { enqueueMessage } from "../sending/enqueue-message.ts";
import { prompts } from "../tables.ts";
import { hoursFrom } from "../conversations/turn.ts";
import { heldMessages } from "./held-messages-tables.ts";

type Moment = { at: Date; trace: string };
/** One of the people of a shared phone. */
export type Sharer = { personId: string; name: string | null; phone: string };

/** A second notice would only cost an SMS: the first says that something waits, whatever has come since. */
const noticeHours = 24;

/** Keeps a text for one of a phone's people until they say their word, and tells the phone that something waits. */
export async function holdMessage(
  tx: Transaction,
  to: Sharer,
  { text, expiresAt }: { text: string; expiresAt: Date },
  { at, trace }: Moment,
): Promise<void> {
  const { phone, personId } = to;
  await tx.delete(heldMessages).where(and(eq(heldMessages.phone, phone), lte(heldMessages.expiresAt, at)));
  await tx
    .insert(heldMessages)
    .values({ id: newId(), phone, personId, text, notice: false, createdAt: at, expiresAt, trace });
  await giveNotice(tx, to, { at, trace });
}

/** Says that something waits for somebody, without saying what: others read along. */
export async function giveNotice(tx: Transaction, to: Sharer, { at, trace }: Moment): Promise<void> {
  const { phone, personId, name } = to;
  const [given] = await tx
    .select({ id: heldMessages.id })
    .from(heldMessages)
    .where(
      and(
        eq(heldMessages.phone, phone),
        eq(heldMessages.personId, personId),
        eq(heldMessages.notice, true),
        gt(heldMessages.expiresAt, at),
      ),
    )
    .limit(1);
  if (given) return;
  const expiresAt = hoursFrom(at, noticeHours);
  await tx
    .insert(heldMessages)
    .values({ id: newId(), phone, personId, text: null, notice: true, createdAt: at, expiresAt, trace });
  const text = name ? renderText("speaker_notice", { name }) : renderText("speaker_notice_nameless");
  await enqueueMessage(tx, { phone, text, at, trace, expiresAt });
}

/** Sends what has waited for a person, in its order, and forgets it. */
export async function releaseHeld(
  tx: Transaction,
  { phone, personId }: Pick<Sharer, "phone" | "personId">,
  { at, trace }: Moment,
): Promise<void> {
  const waiting = await tx
    .select()
    .from(heldMessages)
    .where(and(eq(heldMessages.phone, phone), eq(heldMessages.personId, personId)))
    .orderBy(asc(heldMessages.createdAt), asc(heldMessages.id));
  for (const { text, expiresAt } of waiting) {
    if (text === null || expiresAt <= at) continue;
    await enqueueMessage(tx, { phone, text, at, trace, expiresAt, reply: true, personId });
  }
  await forgetHeld(tx, { phone, personId });
}

export async function forgetHeld(
  tx: Transaction,
  { phone, personId }: Pick<Sharer, "phone" | "personId">,
): Promise<void> {
  await tx
    .delete(heldMessages)
    .where(and(eq(heldMessages.phone, phone), eq(heldMessages.personId, personId)));
}

/** Whether a text or a question waits for somebody: then their word alone is answered by it. */
export async function hasWaiting(db: Database, phone: string, personId: string, at: Date): Promise<boolean> {
  const [text] = await db.read
    .select({ id: heldMessages.id })
    .from(heldMessages)
    .where(
      and(
        eq(heldMessages.phone, phone),
        eq(heldMessages.personId, personId),
        isNotNull(heldMessages.text),
        gt(heldMessages.expiresAt, at),
      ),
    )
    .limit(1);
  if (text) return true;
  const [question] = await db.read
    .select({ id: prompts.id })
    .from(prompts)
    .where(
      and(
        eq(prompts.phone, phone),
        eq(prompts.personId, personId),
        inArray(prompts.state, ["open", "waiting"]),
        gt(prompts.expiresAt, at),
      ),
    )
    .limit(1);
  return question !== undefined;
}
