import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Act } from "@minka/service/act";

/**
 * These people may have been asked by SMS what needs no answer any more. `answeredBySms` has just answered the question
 * itself, which is ended by who passes it on.
 */
export async function endQuestions(
  tx: Transaction,
  act: Act,
  personIds: readonly (string | null)[],
  answeredBySms: string | null = null,
): Promise<void> {
  const each = [...new Set(personIds.flatMap((personId) => personId ?? []))].filter(
    (personId) => personId !== answeredBySms,
  );
  if (each.length > 0) await emit(tx, answeredElsewhere.brokering, { personIds: each }, act);
}
