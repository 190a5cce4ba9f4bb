import type { Subject } from "@minka/contracts/personal-data";
import type { Holding } from "@minka/database/holdings";
import { importHolding } from "@minka/imports/import-holding";
import { and, eq, sql, type SQL } from "@minka/database/query";
import type { PgColumn, PgTable } from "@minka/database/table";
import { postings, supply } from "../candidates/postings-tables.ts";
import { askedPeople, freshness } from "../freshness/freshness-tables.ts";
import { imports } from "../imports/imports-tables.ts";
import { offerVersions } from "../offers/offers-tables.ts";
import { places } from "../places/places-tables.ts";
import {
  agentProfiles,
  certificates,
  providerDecisions,
  providerGrants,
  providerStaff,
} from "../providers/providers-tables.ts";
import {
  listings,
  providerListings,
  searchTerms,
  spellings,
  unlistedProviders,
} from "../search/listings-tables.ts";
import { stockItems, stockLines } from "../stock/stock-tables.ts";
import { audit, idempotencyKeys, offers, providers } from "../tables.ts";

/** What stands in the catalog where an erased person's name stood. */
export const erasedProvider = "Proveedor retirado";

/** The providers that are the person alone: a company or an organization goes on without its contact person. */
const ownProviders = ({ personId }: Pick<Subject, "personId">): SQL =>
  sql`(select p.id from ${providers} p where p.person_id = ${personId} and p.form = 'person')`;
const ofOwn =
  (column: PgColumn) =>
  (who: Subject): SQL =>
    sql`${column} in ${ownProviders(who)}`;

const ofOwnStock = (who: Pick<Subject, "personId">): SQL =>
  sql`${stockLines.itemId} in (select i.id from ${stockItems} i where i.provider_id in ${ownProviders(who)})`;

/**
 * What the catalog holds on people: what they are as providers. Offers and their versions stay for the matches that
 * were made with them; `eraseData` has withdrawn them, and taken out where the person lived and what they wrote.
 */
export const ownHoldings: readonly Holding[] = [
  {
    table: stockLines,
    of: ofOwnStock,
    show: {
      section: "stockMovements",
      columns: {
        product: sql`(select i.name from ${stockItems} i where i.id = item_id)`,
        kind: stockLines.kind,
        packs: stockLines.packs,
        priceCentimos: stockLines.priceCentimos,
        day: stockLines.day,
        reason: stockLines.reason,
      },
    },
    erase: "delete",
  },
  {
    // In another's book: what came and went stays, who wrote it and why does not.
    table: stockLines,
    of: ({ personId }) => sql`${stockLines.writtenBy} = ${personId} and not (${ofOwnStock({ personId })})`,
    show: {
      section: "stockWritten",
      columns: {
        kind: stockLines.kind,
        packs: stockLines.packs,
        day: stockLines.day,
        reason: stockLines.reason,
      },
    },
    erase: {
      keep: [
        "id",
        "itemId",
        "kind",
        "packs",
        "priceCentimos",
        "costCentimos",
        "day",
        "packsAfter",
        "writtenAt",
      ],
    },
  },
  {
    table: stockItems,
    of: ofOwn(stockItems.providerId),
    show: {
      section: "stock",
      columns: { product: stockItems.name, packs: stockItems.packs, valueCentimos: stockItems.valueCentimos },
    },
    erase: "delete",
  },
  {
    table: agentProfiles,
    of: ofOwn(agentProfiles.providerId),
    show: {
      section: "agentProfiles",
      columns: {
        topics: agentProfiles.topics,
        crops: agentProfiles.crops,
        languages: agentProfiles.languages,
        latitude: agentProfiles.latitude,
        longitude: agentProfiles.longitude,
        reachKm: agentProfiles.reachKm,
        monthlyCapacity: agentProfiles.monthlyCapacity,
        resells: agentProfiles.resells,
        updatedAt: agentProfiles.updatedAt,
      },
    },
    erase: "delete",
  },
  {
    table: certificates,
    of: ofOwn(certificates.providerId),
    show: {
      section: "certificates",
      columns: {
        kind: certificates.kind,
        title: certificates.title,
        issuer: certificates.issuer,
        number: certificates.number,
        issuedOn: certificates.issuedOn,
        expiresOn: certificates.expiresOn,
      },
    },
    erase: "delete",
  },
  {
    table: providerDecisions,
    of: ofOwn(providerDecisions.providerId),
    show: {
      section: "decisions",
      columns: {
        transition: providerDecisions.transition,
        at: providerDecisions.at,
        by: providerDecisions.by,
        reason: providerDecisions.reason,
      },
    },
    erase: { keep: ["id", "providerId", "transition", "from", "to", "by", "at"] },
  },
  {
    table: providerGrants,
    of: ofOwn(providerGrants.providerId),
    show: {
      section: "grants",
      columns: {
        organizationId: providerGrants.organizationId,
        grantedAt: providerGrants.grantedAt,
        withdrawnAt: providerGrants.withdrawnAt,
      },
    },
    erase: "keep",
  },
  {
    table: providerStaff,
    of: ({ personId }) => eq(providerStaff.personId, personId),
    show: {
      section: "staff",
      columns: {
        providerId: providerStaff.providerId,
        provider: sql`(select p.name from ${providers} p where p.id = provider_id)`,
        role: providerStaff.role,
        since: providerStaff.since,
        until: providerStaff.until,
      },
    },
    erase: "keep",
  },
  {
    table: offers,
    of: ofOwn(offers.providerId),
    show: {
      section: "offers",
      columns: {
        id: offers.id,
        version: offers.version,
        terms: offers.terms,
        state: offers.state,
        coverage: offers.coverage,
        confirmedOn: offers.confirmedOn,
        publishedAt: offers.publishedAt,
      },
    },
    erase: "keep",
  },
  {
    table: offerVersions,
    of: (who) =>
      sql`${offerVersions.offerId} in (select o.id from ${offers} o where o.provider_id in ${ownProviders(who)})`,
    show: {
      section: "offerVersions",
      columns: {
        offerId: offerVersions.offerId,
        version: offerVersions.version,
        terms: offerVersions.terms,
        since: offerVersions.since,
      },
    },
    erase: "keep",
  },
  importHolding(imports),
  {
    table: askedPeople,
    of: ({ personId }) => eq(askedPeople.personId, personId),
    show: { section: "lastAsked", columns: { lastAskedOn: askedPeople.lastAskedOn } },
    erase: "delete",
  },
  {
    table: providers,
    of: ({ personId }) => and(eq(providers.personId, personId), eq(providers.form, "person")),
    show: {
      section: "providers",
      columns: {
        id: providers.id,
        kinds: providers.kinds,
        name: providers.name,
        legalName: providers.legalName,
        districtCode: providers.districtCode,
        coverage: providers.coverage,
        documentType: providers.documentType,
        documentNumber: providers.documentNumber,
        lenderRegister: providers.lenderRegister,
        phone: providers.phone,
        website: providers.website,
        description: providers.description,
        state: providers.state,
        verifiedAt: providers.verifiedAt,
        evidence: providers.evidence,
        conductVersion: providers.conductVersion,
        conductAt: providers.conductAt,
        confirmedOn: providers.confirmedOn,
        restsUntil: providers.restsUntil,
        createdAt: providers.createdAt,
      },
    },
    erase: {
      keep: [
        "id",
        "form",
        "kinds",
        "personId",
        "organizationId",
        "districtCode",
        "coverage",
        "state",
        "stateSince",
        "makers",
        "verifiedAt",
        "verifiedBy",
        "conductVersion",
        "conductAt",
        "confirmedOn",
        "createdAt",
      ],
      set: { name: erasedProvider },
    },
  },
  {
    table: audit,
    of: ({ personId }) => sql`${audit.actor} like ${`person:${personId}%`}`,
    show: {
      section: "acts",
      columns: { at: audit.at, actor: audit.actor, action: audit.action, subject: audit.subject },
    },
    erase: "keep",
  },
];

/** Tables that hold nothing on a person, or that follow from the others and are kept true with them. */
export const impersonal: readonly PgTable[] = [
  idempotencyKeys,
  freshness,
  listings,
  providerListings,
  unlistedProviders,
  postings,
  supply,
  searchTerms,
  spellings,
  places,
];

/** Free texts that may name somebody whose row it is not; offers and names of providers: `erase-from-offers.ts`. */
export const freeTexts: readonly PgColumn[] = [
  providers.evidence,
  providers.description,
  providerDecisions.reason,
  certificates.title,
  certificates.issuer,
  stockItems.name,
  stockLines.reason,
  imports.errors,
  imports.warnings,
];
