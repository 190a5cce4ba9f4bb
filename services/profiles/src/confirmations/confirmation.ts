import type { Database, Queries } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { SigningKey } from "../sign-in/signing-key.ts";

/** A text of `packages/language` by its key, with what it names. */
export type Wording = { text: string; parameters: Record<string, string | number> };

export type Question = Wording & { personId: string; expiresAt: Date };

type GivenAnswer = { id: string; personId: string; accepted: boolean; at: Date };

/**
 * A kind of question that people answer by SI or NO. `readQuestion` gives null once no answer is needed.
 * `answerQuestion` tolerates late and repeated answers: it says how things stand, and throws only for an id or a
 * person that the question does not concern.
 */
export type Confirmation = {
  readQuestion(queries: Queries, id: string, now: Date): Promise<Question | null>;
  answerQuestion(
    means: { db: Database; clock: Clock; key: SigningKey },
    context: Pick<CallContext, "actor" | "trace" | "claim">,
    answer: GivenAnswer,
  ): Promise<{ reply: Wording }>;
};
