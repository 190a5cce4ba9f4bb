import { and, desc, eq, gt, gte, isNull, lt, lte, ne, or } from "@minka/database/query";
import { inboundMessages, prompts } from "../tables.ts";
import { offTheMenu, picked } from "./menus.ts";
import type { Prompt } from "./prompts.ts";
import type { Outcome, Turn } from "./turn.ts";

/** For so long after a list has come of itself a number may still be meant for the list before it. */
const doubtMs = 10 * 60_000;

/**
 * A number while two lists are unanswered, of which the second came by itself: nobody knows whether its reader had
 * seen it. It is read to them once more, and the number that follows is for it. A list that came because they asked
 * for it is the one they mean.
 */
export async function answerOtherMenu(turn: Turn): Promise<Outcome | null> {
  const { prompt, writtenAt } = turn;
  if (!prompt?.openedAt || !isMenu(prompt) || picked(turn.text) === null) return null;
  if (writtenAt.getTime() - prompt.openedAt.getTime() > doubtMs) return null;
  const before = await menuBefore(turn, prompt);
  if (!before?.openedAt || (await wroteBetween(turn, before.openedAt, prompt.openedAt))) return null;
  const again = await offTheMenu(turn, {});
  return again.say ? again : null;
}

function isMenu({ subject }: Pick<Prompt, "subject">): boolean {
  switch (subject.kind) {
    case "choice":
    case "organizations":
      return true;
    case "place":
      return subject.options.length > 0;
    case "leaving":
      return subject.membershipIds.length > 1;
    default:
      return false;
  }
}

/** The list that the open one has displaced, and that was before this person. */
async function menuBefore(
  { kit, phone, writtenAt, person }: Turn,
  open: Prompt,
): Promise<Prompt | undefined> {
  const displaced = await kit.db.read
    .select()
    .from(prompts)
    .where(
      and(
        eq(prompts.phone, phone),
        ne(prompts.id, open.id),
        eq(prompts.state, "waiting"),
        lt(prompts.openedAt, open.openedAt ?? writtenAt),
        gt(prompts.expiresAt, writtenAt),
        person ? or(isNull(prompts.personId), eq(prompts.personId, person.id)) : isNull(prompts.personId),
      ),
    )
    .orderBy(desc(prompts.openedAt));
  return displaced.find(isMenu);
}

/** Whether they wrote after the first list had come and before the second did: then they know of the second. */
async function wroteBetween({ kit, phone, messageId }: Turn, first: Date, second: Date): Promise<boolean> {
  const [written] = await kit.db.read
    .select({ id: inboundMessages.id })
    .from(inboundMessages)
    .where(
      and(
        eq(inboundMessages.phone, phone),
        ne(inboundMessages.id, messageId),
        gte(inboundMessages.receivedAt, new Date(Math.max(first.getTime() + 1, second.getTime() - doubtMs))),
        lte(inboundMessages.receivedAt, second),
      ),
    )
    .limit(1);
  return written !== undefined;
}
