import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { changeOffer as contract } from "@minka/contracts/offers";
import { once } from "@minka/database/once";
import { limaDay } from "@minka/domain/lima-time";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { eq } from "@minka/database/query";
import { contactAgrees, contactHasNotAgreed } from "../providers/contact-agrees.ts";
import { readManagedOrganizations } from "../providers/provider-rights.ts";
import { idempotencyKeys, offers } from "../tables.ts";
import { lockManagedOffer } from "./lock-offer.ts";
import { stateAfter } from "./offer-lifecycle.ts";
import { refreshPostings } from "./post-offers.ts";
import { recordOfferAct } from "./record-offer.ts";
import { refuseWrongTerms } from "./refuse-wrong-terms.ts";

/**
 * Publishes, pauses, resumes or withdraws an offer; who makes it findable also says that it holds today. Throws
 * `illegal-transition` (409), with what is allowed, `contact-has-not-agreed` (409) where nobody could be asked, and
 * `offer-terms-wrong` (422) for one whose dates are over.
 */
export async function changeOffer(
  { db, clock, call }: Pick<ServiceKit, "db" | "clock" | "call">,
  context: Pick<CallContext, "actor" | "trace" | "claim">,
  { params: { offerId }, body: { change } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { actor, trace, claim } = context;
  const managed = await readManagedOrganizations({ call }, actor, trace);
  const agreed =
    change === "pause" || change === "withdraw" || (await contactAgrees({ db, call }, trace, { offerId }));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const { offer, provider } = await lockManagedOffer(tx, actor, offerId, managed);
      const operator = actor.kind === "person" && actor.operator;
      const state = stateAfter(offer.state, change, operator ? "operator" : "provider");
      if (state === "published" && !agreed) throw contactHasNotAgreed();
      if (state === "published") refuseWrongTerms(offer.terms, provider, at);
      await tx
        .update(offers)
        .set({
          state,
          ...(state === "published"
            ? { confirmedOn: limaDay(at), publishedAt: offer.publishedAt ?? at }
            : {}),
        })
        .where(eq(offers.id, offerId));
      await refreshPostings(tx, [offerId], at);
      await recordOfferAct(tx, context, { at, action: change, offerId });
      return { offerId, version: offer.version, state };
    }),
  );
}
