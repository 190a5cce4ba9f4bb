import { cancelRequest } from "@minka/contracts/matching";
import { DomainError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import { answerNeed, needOf } from "./answer-need.ts";
import type { Outcome, Turn } from "./turn.ts";

const instead = /^\W*((no|ya no|ay|uy|pero|perdon|disculpe)\W+)*(mejor|mas bien|prefiero|me equivo\w+)\b/;

/** "Mejor abono" to a list of technicians: the new need takes the old one's place instead of joining it. */
export async function answerOtherNeed(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "choice" || !needOf(turn.heard)) return null;
  if (!instead.test(foldCase(turn.text.slice(0, 200)))) return null;
  const params = { requestId: subject.requestId };
  try {
    // Told by the news of the cancellation, which also takes the list back.
    await turn.kit.call(cancelRequest, { params, body: {} }, turn.step("replace"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
  }
  return answerNeed(turn);
}
