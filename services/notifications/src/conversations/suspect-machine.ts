import { and, desc, eq, lte, sql } from "@minka/database/query";
import { foldCase } from "@minka/language/fold";
import { inboundMessages } from "../tables.ts";
import type { Outcome, Turn } from "./turn.ts";

/** What is known of a message that a phone has written. */
export type Written = {
  readonly body: string | null;
  /** The question that it can answer: the same word to another one is another answer. */
  readonly questionId: string | null;
  readonly receivedAt: Date;
  readonly handledAt: Date | null;
};

/** Faster than any person reads and types; carriers cut two numbers off at 30 messages in 30 seconds. */
const frantic = { answers: 20, withinMs: 30_000 };
/** As fast as a person can be, but with no more to say than a machine has. */
const chatty = { answers: 10, withinMs: 60_000, texts: 3 };
/** The same text so often to the same question, or to none. */
const repeated = { times: 6, withinMs: 10 * 60_000 };
/** More than any of the limits looks at. */
const lookedAt = 40;

/**
 * Silence for a phone that seems to be a machine which answers Minka's answers, and once a word to the operator.
 * What it writes is kept; when it has been quiet for a while, it is answered as ever. BAJA always counts, and a
 * call for help goes before this.
 */
export async function answerMachine(turn: Turn): Promise<Outcome | null> {
  if (turn.heard.intent === "opt_out") return null;
  const { phone, messageId, kit } = turn;
  const written = await kit.db.read
    .select({
      body: inboundMessages.body,
      questionId: inboundMessages.questionId,
      receivedAt: inboundMessages.receivedAt,
      handledAt: inboundMessages.handledAt,
    })
    .from(inboundMessages)
    .where(
      and(
        eq(inboundMessages.phone, phone),
        lte(
          inboundMessages.sequence,
          sql`(select sequence from ${inboundMessages} this where this.id = ${messageId})`,
        ),
      ),
    )
    .orderBy(desc(inboundMessages.sequence))
    .limit(lookedAt);
  return soundsLikeMachine(written) ? { attention: "machine_suspected" } : null;
}

/** Whether the first of these messages, newest first, is better left without an answer. */
export function soundsLikeMachine(written: readonly Written[]): boolean {
  const [message] = written;
  if (!message) return false;
  const since = (ms: number) => message.receivedAt.getTime() - ms;
  const recent = (ms: number) => written.filter(({ receivedAt }) => receivedAt.getTime() > since(ms));
  const same = recent(repeated.withinMs).filter((other) => says(other) === says(message));
  if (message.body !== null && same.length >= repeated.times) return true;
  // Only what came after an answer: what a phone had saved up while it was without signal comes all at once.
  const answers = written.filter((each, index) => {
    const before = written[index + 1]?.handledAt;
    return before && before < each.receivedAt;
  });
  const answersIn = (ms: number) => answers.filter(({ receivedAt }) => receivedAt.getTime() > since(ms));
  if (answersIn(frantic.withinMs).length > frantic.answers) return true;
  const lately = answersIn(chatty.withinMs);
  return lately.length > chatty.answers && new Set(lately.map(says)).size <= chatty.texts;
}

/** Numbers may count up, and are the same; but one that answers a question is an answer, and a phone is somebody. */
function says({ body, questionId }: Written): string {
  const text = foldCase(body ?? "").trim();
  return `${questionId} ${text.length > 2 ? text.replace(/(?<!\d)\d{1,8}(?!\d)/g, "0") : text}`;
}
