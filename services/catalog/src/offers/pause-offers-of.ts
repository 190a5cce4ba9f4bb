import { actorLabel } from "@minka/contracts/actor";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, asc, eq, inArray, ne } from "@minka/database/query";
import { audit, offers, providers } from "../tables.ts";
import { offerLifecycle } from "./offer-lifecycle.ts";
import { refreshPostings } from "./post-offers.ts";

/**
 * Pauses every published offer of the providers whose contact person this is, whatever state those are in: one that
 * is verified later is not to bring them back. A manager resumes each as always.
 */
export async function pauseOffersOf(
  tx: Transaction,
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  { personId, at }: { personId: string; at: Date },
): Promise<void> {
  const { from, to } = offerLifecycle.pause;
  // In one order everywhere, as erasure locks them.
  const theirs = await tx
    .select({ id: providers.id })
    .from(providers)
    .where(and(eq(providers.personId, personId), ne(providers.state, "closed")))
    .orderBy(asc(providers.id))
    .for("update");
  for (const { id: providerId } of theirs) {
    const paused = await tx
      .update(offers)
      .set({ state: to })
      .where(and(eq(offers.providerId, providerId), inArray(offers.state, [...from])))
      .returning({ id: offers.id });
    if (paused.length === 0) continue;
    await refreshPostings(
      tx,
      paused.map(({ id }) => id),
      at,
    );
    const action = "offer.pause consent-withdrawn";
    await tx
      .insert(audit)
      .values(
        paused.map(({ id }) => ({ id: newId(), at, actor: actorLabel(actor), action, subject: id, trace })),
      );
  }
}
