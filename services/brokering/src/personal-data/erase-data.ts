import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { brokeringPersonalData } from "@minka/contracts/personal-data";
import { forgetAnswers } from "@minka/database/forget-answers";
import type { Context, Means } from "@minka/service/act";
import { idempotencyKeys } from "../tables.ts";

type Contract = (typeof brokeringPersonalData)["eraseData"];

/** Each step is a transaction of its own and changes nothing the second time. */
export async function eraseData(
  means: Means,
  _context: Pick<Context, "actor" | "trace">,
  { body: who }: HandlerInput<Contract>,
): Promise<HandlerAnswer<Contract>> {
  await means.db.transaction((tx) => forgetAnswers(tx, idempotencyKeys, who));
  return { done: true, providerIds: who.providerIds, acquaintances: [] };
}
