import { refuseWordless } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { answerConsent as contract } from "@minka/contracts/credits";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { changedMeanwhile } from "../telling/asking.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { refuseUnlessDraft } from "./compare-products.ts";
import { findCredit, lockCredit, moveCredit, noSuchCredit, renewDraft } from "./credit-row.ts";
import { consents } from "./credits-tables.ts";
import { bySms, roleOf, speakerOf, type Calling } from "./speaker.ts";

/**
 * The person agrees to something for this one credit, or takes it back until it is submitted. Who does not want that
 * another asks in their name ends it. What may be shown is shown to the lender that was asked about. `no-such-credit`
 * (404), `nothing-asked` (409), `not-a-draft` (409), `changed-meanwhile` (409).
 */
export async function answerConsent(
  kit: Calling,
  context: Context,
  { params: { creditId, consent }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const speaker = speakerOf(context, body.personId);
  const { personId } = await findCredit(kit.db.read, creditId);
  // Only the person: not who asks for them.
  if (personId === null || (personId !== speaker.personId && !speaker.operator)) throw noSuchCredit();
  refuseWordless(speaker, personId);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, creditId);
      refuseUnlessDraft(credit);
      // A yes has to say to whom; a no that does is no answer about another.
      const isToOther = (body.given || body.lenderId !== undefined) && body.lenderId !== credit.lenderId;
      if (consent === "history" && isToOther) throw changedMeanwhile();
      const act = actOf(context, kit.clock());
      const answered = await tx
        .update(consents)
        .set({ given: body.given, answeredAt: act.at })
        .where(and(eq(consents.creditId, creditId), eq(consents.consent, consent)))
        .returning({ consent: consents.consent });
      if (answered.length === 0)
        throw new DomainError("conflict", "nothing-asked", "Nobody asks this of them.");
      await endQuestions(tx, act, [personId], bySms(context, speaker));
      const said = body.given ? "agree" : "disagree";
      await record(tx, act, `credit.${said}-${consent}`, `credit:${creditId}`);
      if (consent === "origination" && !body.given) {
        const ended = await moveCredit(tx, act, {
          credit,
          step: "withdraw",
          role: roleOf(speaker, "requester"),
        });
        return { creditId, state: ended.state };
      }
      await renewDraft(tx, creditId, act.at);
      return { creditId, state: credit.state };
    }),
  );
}
