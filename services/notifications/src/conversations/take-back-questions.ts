import type { Transaction } from "@minka/database/connect";
import { and, eq, inArray, notInArray, sql, type SQL } from "@minka/database/query";
import { prompts } from "../tables.ts";
import type { PromptKind } from "./prompt-kinds.ts";
import type { Conversation } from "./conversation-lease.ts";
import { putNext, type Prompt } from "./prompts.ts";

type Moment = { at: Date; trace: string };

const unanswered = inArray(prompts.state, ["open", "waiting"]);

/** As if their time were over: who answers nevertheless reads that. The caller holds the conversation's row. */
async function takeBack(
  tx: Transaction,
  phone: string,
  kind: PromptKind,
  about: SQL | undefined,
  moment: Moment,
): Promise<void> {
  await tx
    .update(prompts)
    .set({ state: "expired", text: "", expiresAt: moment.at })
    .where(and(eq(prompts.phone, phone), eq(prompts.kind, kind), about, unanswered));
  await putNext(tx, phone, moment);
}

/** Ends the question of an order that has gone on to somebody else. */
export function lapseOffer(tx: Transaction, phone: string, matchId: string, moment: Moment): Promise<void> {
  return takeBack(tx, phone, "offer", sql`${prompts.subject}->>'matchId' = ${matchId}`, moment);
}

/** Ends questions that nobody waits for any more, as they were read: one that was put anew since is asked. */
export async function takeBackOver(
  tx: Transaction,
  phone: string,
  over: readonly Prompt[],
  moment: Moment,
): Promise<void> {
  for (const { id, text, expiresAt } of over)
    await tx
      .update(prompts)
      .set({ state: "expired", text: "", expiresAt: moment.at })
      .where(and(eq(prompts.id, id), eq(prompts.text, text), eq(prompts.expiresAt, expiresAt), unanswered));
  await putNext(tx, phone, moment);
}

/** Ends the question of a planned visit that will not be, or not then. */
export function takeBackPlanVisit(
  tx: Transaction,
  phone: string,
  planVisitId: string,
  moment: Moment,
): Promise<void> {
  const about = sql`${prompts.subject}->>'what' = 'plan-visit' and ${prompts.subject}->>'id' = ${planVisitId}`;
  return takeBack(tx, phone, "confirmation", about, moment);
}

/** Ends the question of what a provider proposes, of one match or of all of a request: it goes to nobody any more. */
export function closeQuotePrompt(
  tx: Transaction,
  phone: string,
  { requestId, matchId }: { requestId: string; matchId?: string },
  moment: Moment,
): Promise<void> {
  const about = and(
    sql`${prompts.subject}->>'requestId' = ${requestId}`,
    matchId === undefined ? undefined : sql`${prompts.subject}->>'matchId' = ${matchId}`,
  );
  return takeBack(tx, phone, "quote", about, moment);
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
