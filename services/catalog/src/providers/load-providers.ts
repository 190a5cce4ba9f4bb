import type { OfferTerms, providerKinds } from "@minka/contracts/catalog";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { limaDay } from "@minka/domain/lima-time";
import { offerRow } from "../offers/offer-row.ts";
import { postOffers } from "../offers/post-offers.ts";
import { audit, offers, providers } from "../tables.ts";
import { refuseUnknownAreas, refuseUnknownDistrict } from "./district.ts";

/** A provider somebody has checked already, with what it offers; ids are the loader's own. */
export type ProviderRow = {
  readonly id: string;
  readonly kind: (typeof providerKinds)[number];
  readonly name: string;
  readonly personId: string;
  readonly districtCode: string;
  readonly document: { readonly type: "dni" | "ruc"; readonly number: string } | null;
  /** How the provider is known to be who it says; null leaves it a draft. */
  readonly evidence: string | null;
  /** How many days before the load somebody confirmed the entry. */
  readonly confirmedDaysAgo: number;
  readonly offers: readonly {
    readonly id: string;
    readonly terms: OfferTerms;
    readonly coverage: readonly string[];
  }[];
};

export type LoadOptions = {
  readonly at: Date;
  /** Called after each committed batch. */
  readonly onProgress?: (loaded: number, total: number) => void;
};

const batchSize = 500;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * The way initial data comes in: providers with their offers, 500 to a transaction, findable at once where
 * verified. A provider whose id is known is left as it is, so a load that broke off can be run again.
 */
export async function loadProviders(
  db: Database,
  rows: readonly ProviderRow[],
  { at, onProgress }: LoadOptions,
): Promise<void> {
  for (const row of rows) {
    refuseUnknownDistrict(row.districtCode);
    for (const { coverage } of row.offers) refuseUnknownAreas(coverage);
  }
  for (let start = 0; start < rows.length; start += batchSize) {
    await loadBatch(db, rows.slice(start, start + batchSize), at);
    onProgress?.(Math.min(start + batchSize, rows.length), rows.length);
  }
}

async function loadBatch(db: Database, rows: readonly ProviderRow[], at: Date): Promise<void> {
  const confirmedOn = (row: ProviderRow) => limaDay(new Date(at.getTime() - row.confirmedDaysAgo * dayMs));
  await db.transaction(async (tx) => {
    const added = await tx
      .insert(providers)
      .values(
        rows.map((row) => ({
          id: row.id,
          kind: row.kind,
          name: row.name,
          personId: row.personId,
          districtCode: row.districtCode,
          documentType: row.document?.type ?? null,
          documentNumber: row.document?.number ?? null,
          state: row.evidence === null ? ("draft" as const) : ("verified" as const),
          verifiedAt: row.evidence === null ? null : at,
          verifiedBy: row.evidence === null ? null : "service:catalog",
          evidence: row.evidence,
          confirmedOn: confirmedOn(row),
          createdAt: at,
        })),
      )
      .onConflictDoNothing({ target: providers.id })
      .returning({ id: providers.id });
    const isNew = new Set(added.map(({ id }) => id));
    const fresh = rows.filter(({ id }) => isNew.has(id));
    const published = fresh.flatMap((row) =>
      row.offers.map((offer) => ({
        row: offerRow({ ...offer, providerId: row.id, confirmedOn: confirmedOn(row), at }),
        provider: row,
      })),
    );
    if (fresh.length === 0) return;
    for (let start = 0; start < published.length; start += batchSize) {
      await tx.insert(offers).values(published.slice(start, start + batchSize).map(({ row }) => row));
    }
    await postOffers(
      tx,
      published
        .filter(({ provider }) => provider.evidence !== null)
        .map(({ row, provider }) => ({ ...row, personId: provider.personId })),
    );
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: "service:catalog",
      action: "providers.import",
      subject: `${fresh.length} providers, ${published.length} offers`,
      trace: "import",
    });
  });
}
