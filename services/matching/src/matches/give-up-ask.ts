import type { reportUnreachable as contract } from "@minka/contracts/asks";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { once } from "@minka/database/once";
import { actOf, type Context, type Means } from "@minka/service/act";
import { lockRequestOfMatch } from "../requests/lock-request.ts";
import { idempotencyKeys } from "../tables.ts";
import { passOn } from "./pass-on.ts";

/**
 * The question cannot be brought to its provider (they want no messages, their number is dead): nobody waits for an
 * answer that cannot come. One that has been answered meanwhile stays as it is.
 */
export async function giveUpAsk(
  { db, clock }: Means,
  context: Context,
  { params: { matchId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { request, match, all } = await lockRequestOfMatch(tx, matchId);
      if (match.state === "asked")
        await passOn(tx, act, { request, match, all, role: "system", cause: "unreachable" });
      return { requestId: request.id };
    }),
  );
}
