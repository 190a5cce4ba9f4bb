import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { verifyUse as contract } from "@minka/contracts/credits";
import { listOwnProviders } from "@minka/contracts/providers";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { and, eq, ne } from "@minka/database/query";
import { record } from "../acting.ts";
import { orderFacts } from "../pools/order-facts.ts";
import { idempotencyKeys } from "../tables.ts";
import { isOwing } from "./credit-lifecycle.ts";
import { findCredit, lockCredit, noSuchCredit } from "./credit-row.ts";
import { credits, type CreditRow } from "./credits-tables.ts";
import { refuseUnlessBorrower, speakerOf, type Calling, type Speaker } from "./speaker.ts";

type Body = HandlerInput<typeof contract>["body"];

/**
 * Notes that what the credit was for is there. A purchase has to be the borrower's own and paid or received; an agent's
 * yes is nobody's who borrows or asked for it. `no-such-credit` (404), `nothing-owed` (409), `no-such-purchase` (409),
 * `purchase-counted` (409) where it is what another credit was for, `own-proposal` (403).
 */
export async function verifyUse(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { trace } = context;
  const speaker = speakerOf(context, body.personId);
  const before = await findCredit(kit.db.read, creditId);
  const useReference = await referenceOf(kit, { speaker, trace }, before, body);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, creditId);
      if (!isOwing(credit.state))
        throw new DomainError("conflict", "nothing-owed", "The money has not come, or is paid back.");
      const counted = await tx
        .select({ id: credits.id })
        .from(credits)
        .where(
          and(
            eq(credits.useBy, "pool-order"),
            eq(credits.useReference, useReference),
            ne(credits.id, creditId),
          ),
        );
      if (body.by === "pool-order" && counted.length > 0)
        throw new DomainError("conflict", "purchase-counted", "Another credit was for this purchase.");
      await tx.update(credits).set({ useBy: body.by, useReference }).where(eq(credits.id, creditId));
      await record(tx, actOf(context, kit.clock()), "credit.verify-use", `credit:${creditId}`);
      return { creditId, useVerified: true };
    }),
  );
}

async function referenceOf(
  kit: Calling,
  { speaker, trace }: { speaker: Speaker; trace: string },
  credit: CreditRow,
  body: Body,
): Promise<string> {
  if (body.by === "agent") {
    await refuseUnlessAgent(kit, { speaker, trace }, credit);
    return speaker.personId;
  }
  await refuseUnlessBorrower(kit.call, { speaker, trace }, credit);
  if (body.by === "receipt") return body.receiptNumber;
  const order = await orderFacts(kit.db.read, body.orderId);
  const isTheirs = order !== null && order.personId === credit.personId && order.state === "final";
  if (!isTheirs || (order.paidCentimos === 0 && !order.received))
    throw new DomainError(
      "conflict",
      "no-such-purchase",
      "There is no such purchase of theirs that is paid.",
    );
  return body.orderId;
}

/** Who may know of the credit: an agent who does not is told of none. */
async function refuseUnlessAgent(
  { call }: Calling,
  { speaker, trace }: { speaker: Speaker; trace: string },
  { personId, originatorId }: CreditRow,
): Promise<void> {
  const { providers } = await call(listOwnProviders, { params: { personId: speaker.personId } }, { trace });
  const isAgent = providers.some(
    ({ kinds, as, state }) => kinds.includes("agent") && as !== "granted" && state === "verified",
  );
  if (!isAgent) throw noSuchCredit();
  if (speaker.personId === personId || speaker.personId === originatorId)
    throw new DomainError("forbidden", "own-proposal", "Somebody else has to have seen it.");
}
