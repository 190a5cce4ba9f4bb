import { actorLabel } from "@minka/contracts/actor";
import type { publishOffer as contract } from "@minka/contracts/catalog";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import type { CallContext } from "@minka/http/mount-endpoint";
import { eq } from "drizzle-orm";
import { refuseUnknownAreas } from "../providers/district.ts";
import { audit, idempotencyKeys, offers, providers } from "../tables.ts";
import { offerRow } from "./offer-row.ts";
import { postOffers } from "./post-offers.ts";

/** Publishes an offer, for an operator or the provider's own person. It is found once the provider is verified. */
export async function publishOffer(
  { db, clock }: { db: Database; clock: Clock },
  context: Pick<CallContext, "actor" | "trace" | "claim">,
  { params: { providerId }, body: { terms, coverage } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { actor, trace, claim } = context;
  refuseUnknownAreas(coverage);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const [provider] = await tx.select().from(providers).where(eq(providers.id, providerId)).for("update");
      if (!provider) throw new DomainError("not-found", "provider-unknown", "No provider has this id.");
      const own = actor.kind === "person" && (actor.operator || actor.personId === provider.personId);
      if (!own) throw new DomainError("forbidden", "not-your-provider", "This provider is not yours.");
      const offer = offerRow({ id: newId(), providerId, terms, coverage, confirmedOn: limaDay(at), at });
      await tx.insert(offers).values(offer);
      if (provider.state === "verified") await postOffers(tx, [{ ...offer, personId: provider.personId }]);
      await tx.insert(audit).values({
        id: newId(),
        at,
        actor: actorLabel(actor),
        action: "offer.publish",
        subject: offer.id,
        trace,
      });
      return { offerId: offer.id, version: offer.version };
    }),
  );
}
