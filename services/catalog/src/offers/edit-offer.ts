import { actorLabel } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { editOffer as contract } from "@minka/contracts/offers";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { eq } from "@minka/database/query";
import { refuseUnknownAreas } from "../providers/district.ts";
import { readManagedOrganizations } from "../providers/provider-rights.ts";
import { offers } from "../tables.ts";
import { lockManagedOffer } from "./lock-offer.ts";
import { refuseUneditable } from "./offer-lifecycle.ts";
import { rowOfTerms } from "./offer-row.ts";
import { refreshPostings } from "./post-offers.ts";
import { recordOfferAct, recordVersions } from "./record-offer.ts";
import { refuseWrongTerms } from "./refuse-wrong-terms.ts";
import { saysTheSame } from "./says-the-same.ts";

/**
 * Gives an offer other terms or another coverage, as its next version; who writes them also says that they hold
 * today, and who writes what it says already says only that. Throws `version-changed` (409) when the offer is no longer at the version that was read, `kind-fixed` (422)
 * for terms of another kind, and `illegal-transition` (409) when it is withdrawn.
 */
export async function editOffer(
  { db, clock, call }: Pick<ServiceKit, "db" | "clock" | "call">,
  context: Pick<CallContext, "actor" | "trace">,
  { params: { offerId }, body: { version, terms, coverage } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  refuseUnknownAreas(coverage);
  const managed = await readManagedOrganizations({ call }, context.actor, context.trace);
  return db.transaction(async (tx) => {
    const at = clock();
    const { offer, provider } = await lockManagedOffer(tx, context.actor, offerId, managed);
    refuseUneditable(offer.state);
    if (offer.version !== version) {
      throw new DomainError("conflict", "version-changed", "This offer was changed since it was read.", {
        details: { version: offer.version },
      });
    }
    if (offer.kind !== terms.kind) {
      throw new DomainError("invalid", "kind-fixed", "An offer keeps its kind: enter another offer.", {
        errors: [{ path: "body.terms.kind", message: `stays ${offer.kind}` }],
      });
    }
    refuseWrongTerms(terms, provider, at);
    const same = saysTheSame(offer, { terms, coverage });
    const next = { id: offerId, version: offer.version + 1, ...rowOfTerms({ terms, coverage }) };
    await tx
      .update(offers)
      .set({ ...(same ? {} : next), confirmedOn: limaDay(at) })
      .where(eq(offers.id, offerId));
    if (!same) await recordVersions(tx, [next], { at, by: actorLabel(context.actor) });
    await refreshPostings(tx, [offerId], at);
    await recordOfferAct(tx, context, { at, action: same ? "confirm" : "edit", offerId });
    return { offerId, version: same ? offer.version : next.version, state: offer.state };
  });
}
