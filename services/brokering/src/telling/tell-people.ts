import { brokeringTold, mostTold, type BrokeringNewsKind } from "@minka/contracts/brokering-news";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Act } from "@minka/service/act";

/** Has people told of something, in the transaction in which it happens; what they read is worded when it is told. */
export async function tellPeople(
  tx: Transaction,
  act: Act,
  about: { kind: BrokeringNewsKind; id: string },
  personIds: readonly string[],
): Promise<void> {
  const each = [...new Set(personIds)];
  for (let from = 0; from < each.length; from += mostTold)
    await emit(tx, brokeringTold, { ...about, personIds: each.slice(from, from + mostTold) }, act);
}
