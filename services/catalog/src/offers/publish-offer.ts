import { actorLabel } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { publishOffer as contract } from "@minka/contracts/offers";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { limaDay } from "@minka/domain/lima-time";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { contactAgrees, contactHasNotAgreed } from "../providers/contact-agrees.ts";
import { refuseUnknownAreas } from "../providers/district.ts";
import { lockManagedProvider, readManagedOrganizations } from "../providers/provider-rights.ts";
import { idempotencyKeys, offers } from "../tables.ts";
import { offerRow } from "./offer-row.ts";
import { refreshPostings } from "./post-offers.ts";
import { recordOfferAct, recordVersions } from "./record-offer.ts";
import { refuseWrongTerms } from "./refuse-wrong-terms.ts";

/**
 * Enters an offer for those who manage its provider, published or as a draft. It is found once the provider is
 * verified. Throws `contact-has-not-agreed` (409) where nobody could be asked about it.
 */
export async function publishOffer(
  { db, clock, call }: Pick<ServiceKit, "db" | "clock" | "call">,
  context: Pick<CallContext, "actor" | "trace" | "claim">,
  { params: { providerId }, body: { terms, coverage, publish } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { actor, trace, claim } = context;
  refuseUnknownAreas(coverage);
  const managed = await readManagedOrganizations({ call }, actor, trace);
  const agreed = !publish || (await contactAgrees({ db, call }, trace, { providerId }));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const provider = await lockManagedProvider(tx, actor, providerId, managed);
      if (!agreed) throw contactHasNotAgreed();
      refuseWrongTerms(terms, provider, at);
      const offer = offerRow({
        id: newId(),
        providerId,
        terms,
        coverage,
        confirmedOn: limaDay(at),
        at,
        state: publish ? "published" : "draft",
      });
      await tx.insert(offers).values(offer);
      await recordVersions(tx, [offer], { at, by: actorLabel(context.actor) });
      await refreshPostings(tx, [offer.id], at);
      await recordOfferAct(tx, context, { at, action: publish ? "publish" : "draft", offerId: offer.id });
      return { offerId: offer.id, version: offer.version, state: offer.state };
    }),
  );
}
