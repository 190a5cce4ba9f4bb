import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { brokeringPersonalData } from "@minka/contracts/personal-data";
import { forgetAnswers } from "@minka/database/forget-answers";
import { actOf, type Context, type Means } from "@minka/service/act";
import { eraseHoldings } from "@minka/database/holdings";
import { leaveCredits, unnameLender } from "../credits/leave-credits.ts";
import { leaveLots } from "../lots/leave-lots.ts";
import { leaveAsSupplier, leavePools } from "../pools/leave-pools.ts";
import { idempotencyKeys } from "../tables.ts";
import { creditHoldings } from "./credit-holdings.ts";
import { paymentHoldings } from "./payment-holdings.ts";
import { poolHoldings } from "./pool-holdings.ts";

type Contract = (typeof brokeringPersonalData)["eraseData"];

/** What an erased provider is called in the history of others. */
const erasedProvider = "Proveedor retirado";

/** Each step is a transaction of its own and changes nothing the second time. */
export async function eraseData(
  means: Means,
  context: Pick<Context, "actor" | "trace">,
  { body: who }: HandlerInput<Contract>,
): Promise<HandlerAnswer<Contract>> {
  await means.db.transaction((tx) => forgetAnswers(tx, idempotencyKeys, who));
  const act = actOf(context, means.clock());
  await leavePools(means.db, act, who.personId);
  await leaveAsSupplier(means.db, act, { ...who, erasedName: erasedProvider });
  await leaveLots(means, act, who);
  await leaveCredits(means, act, who.personId);
  await unnameLender(means, act, { ...who, erasedName: erasedProvider });
  await means.db.transaction((tx) => eraseHoldings(tx, poolHoldings, who));
  await means.db.transaction((tx) => eraseHoldings(tx, creditHoldings, who));
  await means.db.transaction((tx) => eraseHoldings(tx, paymentHoldings, who));
  return { done: true, providerIds: who.providerIds, acquaintances: [] };
}
