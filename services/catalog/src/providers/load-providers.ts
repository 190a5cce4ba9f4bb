import { currentConduct } from "@minka/contracts/conduct";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { AgentProfile, Certificate } from "@minka/contracts/provider-details";
import type { LenderEntry, ProviderForm, ProviderKind } from "@minka/contracts/providers";
import type { Database, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { limaDay } from "@minka/domain/lima-time";
import { offerRow } from "../offers/offer-row.ts";
import { postOffers } from "../offers/post-offers.ts";
import { recordVersions } from "../offers/record-offer.ts";
import { refreshProviderListing } from "../search/keep-provider-listings.ts";
import { audit, offers, providers } from "../tables.ts";
import { refuseUnknownAreas, refuseUnknownDistrict } from "./district.ts";
import { agentProfiles, certificates, providerStaff } from "./providers-tables.ts";
import { agentRow } from "./put-agent-profile.ts";

/** A provider somebody has checked already, with what it offers; ids are the loader's own. */
export type ProviderRow = {
  readonly id: string;
  readonly form: ProviderForm;
  readonly kinds: readonly ProviderKind[];
  readonly name: string;
  /** The contact person, who becomes its manager. */
  readonly personId: string;
  readonly districtCode: string;
  readonly document: { readonly type: "dni" | "ruc"; readonly number: string } | null;
  /** Where it works; its home region unless said. */
  readonly coverage?: readonly string[];
  readonly lenderRegister?: LenderEntry;
  readonly description?: string;
  readonly agent?: AgentProfile;
  readonly certificates?: readonly (Pick<Certificate, "kind" | "issuer" | "issuedOn" | "expiresOn"> & {
    readonly id: string;
    readonly title?: string;
  })[];
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
    for (const { coverage } of [row, ...row.offers]) refuseUnknownAreas(coverage ?? []);
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
          form: row.form,
          kinds: [...row.kinds],
          name: row.name,
          personId: row.personId,
          districtCode: row.districtCode,
          coverage: [...(row.coverage ?? [row.districtCode.slice(0, 2)])],
          documentType: row.document?.type ?? null,
          documentNumber: row.document?.number ?? null,
          lenderRegister: row.lenderRegister ?? null,
          description: row.description ?? null,
          state: row.evidence === null ? ("draft" as const) : ("verified" as const),
          stateSince: at,
          makers: [],
          verifiedAt: row.evidence === null ? null : at,
          verifiedBy: row.evidence === null ? null : "service:catalog",
          evidence: row.evidence,
          // Whoever vouches for the list vouches that its providers know the code.
          conductVersion: row.evidence === null ? null : currentConduct,
          conductAt: row.evidence === null ? null : at,
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
    await insertDetails(tx, fresh, at);
    for (let start = 0; start < published.length; start += batchSize) {
      const loaded = published.slice(start, start + batchSize).map(({ row }) => row);
      await tx.insert(offers).values(loaded);
      await recordVersions(tx, loaded, { at, by: "service:catalog" });
    }
    const findable = published.filter(({ provider }) => provider.evidence !== null);
    await postOffers(
      tx,
      findable.map(({ row }) => row),
      at,
    );
    await refreshProviderListing(
      tx,
      fresh.flatMap(({ id, evidence, offers: none }) => (evidence !== null && none.length === 0 ? [id] : [])),
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

/** Staff, agents' profiles and certificates of new providers. */
async function insertDetails(tx: Transaction, fresh: readonly ProviderRow[], at: Date): Promise<void> {
  await tx.insert(providerStaff).values(
    fresh.map(({ id, personId }) => ({
      id: newId(),
      providerId: id,
      personId,
      role: "manager" as const,
      since: limaDay(at),
    })),
  );
  const agents = fresh.flatMap(({ id, agent }) => (agent ? [agentRow(id, agent, at)] : []));
  if (agents.length > 0) await tx.insert(agentProfiles).values(agents);
  const held = fresh.flatMap((row) =>
    (row.certificates ?? []).map((certificate) => ({
      ...certificate,
      providerId: row.id,
      addedBy: [],
      // Whoever checked the provider has seen what it brought.
      checkedAt: row.evidence === null ? null : at,
      checkedBy: row.evidence === null ? null : "service:catalog",
    })),
  );
  if (held.length > 0) await tx.insert(certificates).values(held);
}
