import { actorLabel } from "@minka/contracts/actor";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { CallContext } from "@minka/http/mount-endpoint";
import { audit } from "../tables.ts";
import type { OfferRow } from "./lock-offer.ts";
import { offerVersions } from "./offers-tables.ts";

type Context = Pick<CallContext, "actor" | "trace">;

/** Keeps what offers say now as versions of theirs, and who made them say so. */
export async function recordVersions(
  tx: Transaction,
  changed: readonly Pick<OfferRow, "id" | "version" | "terms" | "coverage">[],
  { at, by }: { at: Date; by: string },
): Promise<void> {
  if (changed.length === 0) return;
  await tx.insert(offerVersions).values(
    changed.map(({ id, version, terms, coverage }) => ({
      offerId: id,
      version,
      terms,
      coverage,
      since: at,
      by,
    })),
  );
}

/** The audit row of a change of an offer. */
export async function recordOfferAct(
  tx: Transaction,
  { actor, trace }: Context,
  { at, action, offerId }: { at: Date; action: string; offerId: string },
): Promise<void> {
  await tx.insert(audit).values({
    id: newId(),
    at,
    actor: actorLabel(actor),
    action: `offer.${action}`,
    subject: offerId,
    trace,
  });
}
