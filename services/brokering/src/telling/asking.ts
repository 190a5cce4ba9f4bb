import { brokeringConfirmations, type confirmationKinds } from "@minka/contracts/confirmations";
import type { Wording } from "@minka/contracts/wordings";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { DomainError } from "@minka/domain/errors";
import { timerAct, type Act, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";

export type AskedKind = (typeof confirmationKinds)["brokering"][number];

/** What questions and their answers need of the process. */
export type AskingKit = Pick<ServiceKit, "db" | "clock" | "call">;

export type Question = Wording & {
  personId: string;
  expiresAt: Date;
  /** Which of what is asked under this id in turn: what is proposed anew is another question. */
  version?: string;
};
type GivenAnswer = {
  id: string;
  personId: string;
  accepted: boolean;
  at: Date;
  /** Of the question that was answered. */
  version?: string | undefined;
};

/**
 * A kind of question that people answer by SI or NO, such as whether a final price suits them; its id is of the row it
 * is about. `readQuestion` gives null once no answer is needed. `answerQuestion` does what the same answer by other
 * means would do, tolerates late and repeated ones, and says how things stand; `at` is when it was written.
 */
export type Asking = {
  readQuestion(kit: AskingKit, id: string, trace: string): Promise<Question | null>;
  answerQuestion(kit: AskingKit, context: Context, answer: GivenAnswer): Promise<{ reply: Wording }>;
};

/** A yes is to what was read: of what was proposed anew since, it is to nothing. */
export const changedMeanwhile = () =>
  new DomainError("conflict", "changed-meanwhile", "It is another by now: read it again.");

export const isChanged = (error: unknown): boolean =>
  error instanceof DomainError && error.code === "changed-meanwhile";

/** Says so, and that the question as it is now comes; it is on its way already unless theirs is of no version. */
export async function askAnew(
  kit: AskingKit,
  { trace }: Pick<Context, "trace">,
  about: { kind: AskedKind; id: string },
  version: string | undefined,
): Promise<{ reply: Wording }> {
  if (version === undefined)
    await kit.db.transaction((tx) => askPerson(tx, timerAct(kit.clock(), trace), about));
  return { reply: { text: "question_changed", parameters: {} } };
}

/** Has whoever the question is for asked by SMS, in the transaction from which on an answer is waited for. */
export async function askPerson(
  tx: Transaction,
  act: Act,
  about: { kind: AskedKind; id: string },
): Promise<void> {
  await emit(tx, brokeringConfirmations.asked, about, act);
}
