import { actorLabel } from "@minka/contracts/actor";
import type { verifyProvider as contract } from "@minka/contracts/catalog";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import type { CallContext } from "@minka/http/mount-endpoint";
import { eq } from "drizzle-orm";
import { postOffers } from "../offers/post-offers.ts";
import { audit, idempotencyKeys, offers, providers } from "../tables.ts";

/** An operator vouches for a provider, and what it has published becomes findable. */
export async function verifyProvider(
  { db, clock }: { db: Database; clock: Clock },
  context: Pick<CallContext, "actor" | "trace" | "claim">,
  { params: { providerId }, body: { evidence } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const at = clock();
      // Locked, so that an offer published meanwhile is posted once, by whoever comes second.
      const [provider] = await tx.select().from(providers).where(eq(providers.id, providerId)).for("update");
      if (!provider) throw new DomainError("not-found", "provider-unknown", "No provider has this id.");
      if (provider.state === "verified") {
        throw new DomainError("conflict", "already-verified", "This provider is verified.");
      }
      const confirmedOn = limaDay(at);
      const actor = actorLabel(context.actor);
      await tx
        .update(providers)
        .set({ state: "verified", verifiedAt: at, verifiedBy: actor, evidence, confirmedOn })
        .where(eq(providers.id, providerId));
      const published = await tx.select().from(offers).where(eq(offers.providerId, providerId));
      await postOffers(
        tx,
        published.map((offer) => ({ ...offer, personId: provider.personId })),
      );
      await tx.insert(audit).values({
        id: newId(),
        at,
        actor,
        action: "provider.verify",
        subject: providerId,
        trace: context.trace,
      });
      return { providerId, state: "verified" as const };
    }),
  );
}
