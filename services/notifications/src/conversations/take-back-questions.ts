import type { Transaction } from "@minka/database/connect";
import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import { prompts } from "../tables.ts";
import type { PromptKind } from "./prompt-kinds.ts";
import type { Conversation } from "./conversation-lease.ts";
import { putNext, type Prompt } from "./prompts.ts";

type Moment = { at: Date; trace: string };

const unanswered = inArray(prompts.state, ["open", "waiting"]);

/**
 * Ends the question of an order that has gone on to somebody else, as if its time were over: who answers it
 * nevertheless reads that. The caller holds the conversation's row.
 */
export async function lapseOffer(
  tx: Transaction,
  phone: string,
  matchId: string,
  moment: Moment,
): Promise<void> {
  await tx
    .update(prompts)
    .set({ state: "expired", text: "", expiresAt: moment.at })
    .where(
      and(
        eq(prompts.phone, phone),
        eq(prompts.kind, "offer"),
        sql`${prompts.subject}->>'matchId' = ${matchId}`,
        unanswered,
      ),
    );
  await putNext(tx, phone, moment);
}

/**
 * The two have been told that they agree: only now comes the provider's next question. A turn that is about to close
 * this one is told that it may put the next itself. The caller holds the conversation's row.
 */
export async function leaveOffer(
  tx: Transaction,
  { phone, unansweredSince }: Pick<Conversation, "phone" | "unansweredSince">,
  matchId: string,
  moment: Moment,
): Promise<void> {
  const asked = and(
    eq(prompts.phone, phone),
    eq(prompts.kind, "offer"),
    sql`${prompts.subject}->>'matchId' = ${matchId}`,
    unanswered,
  );
  if (unansweredSince)
    await tx
      .update(prompts)
      .set({ subject: sql`${prompts.subject} || '{"told": true}'` })
      .where(asked);
  else await tx.update(prompts).set({ state: "answered", text: "" }).where(asked);
  await putNext(tx, phone, moment);
}

/** Whether what follows from the answer to this question has been told already. */
export async function newsCame(tx: Transaction, prompt: Pick<Prompt, "id"> | undefined): Promise<boolean> {
  if (!prompt) return true;
  const [row] = await tx.select().from(prompts).where(eq(prompts.id, prompt.id));
  return row?.subject.kind === "offer" && row.subject.told === true;
}

/** What only answers something that was written, and so is no matter of consent. */
const repliesOnly: PromptKind[] = ["consent", "newcomer", "speaker", "erasure"];

/** Ends what one person is being asked, but for what they have just brought up themself. */
export async function closeQuestionsTo(
  tx: Transaction,
  { personId, phone, shared }: { personId: string; phone: string; shared: boolean },
  moment: Moment,
): Promise<void> {
  await tx
    .update(prompts)
    .set({ state: "expired", text: "" })
    .where(
      and(
        eq(prompts.phone, phone),
        shared ? eq(prompts.personId, personId) : undefined,
        notInArray(prompts.kind, repliesOnly),
        unanswered,
      ),
    );
  await putNext(tx, phone, moment);
}
