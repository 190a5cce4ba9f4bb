import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { limaDay } from "@minka/domain/lima-time";
import type { ImportScope } from "@minka/imports/definition";
import { insertRows } from "@minka/imports/insert-rows";
import { eq, inArray } from "@minka/database/query";
import { offerRow, rowOfTerms } from "../offers/offer-row.ts";
import { refreshPostings } from "../offers/post-offers.ts";
import { recordVersions } from "../offers/record-offer.ts";
import type { ProviderRow } from "../providers/provider-rights.ts";
import { audit, offers } from "../tables.ts";
import type { PlannedOffer } from "./plan-offers.ts";

const batchSize = 250;

type Of = { readonly provider: ProviderRow; readonly scope: ImportScope };
type Version = Parameters<typeof recordVersions>[1][number];

/**
 * Writes a price list: what is new is published (and found once the provider is verified), what says something else
 * is the offer's next version, and who sends the list also says that the rest of it holds today.
 */
export async function loadOffers(
  tx: Transaction,
  planned: readonly PlannedOffer[],
  { provider, scope }: Of,
  progress: (done: number) => Promise<void>,
): Promise<Record<string, number>> {
  const { at, actor, trace } = scope;
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (let from = 0; from < planned.length; from += batchSize) {
    const batch = planned.slice(from, from + batchSize);
    const added = batch.flatMap(({ offer, terms }) => (offer ? [] : newOffer(provider, terms, at)));
    if (added.length > 0) await tx.insert(offers).values(added);
    const changed = batch.flatMap(({ offer, terms, unchanged }) =>
      offer && !unchanged ? nextVersion(offer, terms) : [],
    );
    for (const next of changed) {
      await tx
        .update(offers)
        .set({ ...next, confirmedOn: limaDay(at) })
        .where(eq(offers.id, next.id));
    }
    const same = batch.flatMap(({ offer, unchanged }) => (offer && unchanged ? offer.id : []));
    if (same.length > 0)
      await tx
        .update(offers)
        .set({ confirmedOn: limaDay(at) })
        .where(inArray(offers.id, same));
    const versions: Version[] = [...added, ...changed];
    await recordVersions(tx, versions, { at, by: actor });
    const acts = [
      ...added.map(({ id }) => ({ action: "offer.publish", subject: id })),
      ...changed.map(({ id }) => ({ action: "offer.edit", subject: id })),
      ...same.map((id) => ({ action: "offer.confirm", subject: id })),
    ];
    await insertRows(
      tx,
      audit,
      acts.map((act) => ({ id: newId(), at, actor, trace, ...act })),
    );
    await refreshPostings(
      tx,
      acts.map(({ subject }) => subject),
      at,
    );
    counts.added += added.length;
    counts.changed += changed.length;
    counts.unchanged += same.length;
    await progress(from + batch.length);
  }
  return counts;
}

function newOffer(provider: ProviderRow, terms: PlannedOffer["terms"], at: Date) {
  const { id: providerId, coverage } = provider;
  return offerRow({ id: newId(), providerId, terms, coverage, confirmedOn: limaDay(at), at });
}

function nextVersion(
  { id, version, coverage }: NonNullable<PlannedOffer["offer"]>,
  terms: PlannedOffer["terms"],
) {
  return { id, version: version + 1, ...rowOfTerms({ terms, coverage }) };
}
