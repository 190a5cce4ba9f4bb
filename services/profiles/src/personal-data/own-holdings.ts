import { theirRows, type Holding } from "@minka/database/holdings";
import { importHolding } from "@minka/imports/import-holding";
import { eq, inArray, or, sql } from "@minka/database/query";
import type { PgColumn, PgTable } from "@minka/database/table";
import { delegations } from "../acting/acting-tables.ts";
import { errands } from "../errands/errands-tables.ts";
import { imports } from "../imports/imports-tables.ts";
import { invitations, refusals } from "../invitations/invitations-tables.ts";
import { boardSeats, formerRoles, organizationCertificates } from "../organizations/organizations-tables.ts";
import { plots } from "../plots/plots-tables.ts";
import { phoneWords, wordTries } from "../shared-phones/shared-phone-tables.ts";
import { addressTries, refreshTokens, signIns } from "../sign-in/sign-in-tables.ts";
import {
  audit,
  consents,
  idempotencyKeys,
  memberships,
  operators,
  organizations,
  people,
  phones,
  signInCodes,
} from "../tables.ts";
import { farmHoldings } from "./farm-holdings.ts";
import { dataFiles, erasures } from "./personal-data-tables.ts";

/** Everything that profiles holds on people; what refers to other rows comes before them. */
export const ownHoldings: readonly Holding[] = [
  theirRows(phones, phones.personId, "phones", {
    phone: phones.phone,
    linkedAt: phones.linkedAt,
    usedAt: phones.usedAt,
  }),
  theirRows(phoneWords, phoneWords.personId, "privateWords", { setAt: phoneWords.setAt }),
  {
    table: wordTries,
    of: ({ phones: own }) => (own.length > 0 ? inArray(wordTries.phone, own) : undefined),
    show: null,
    erase: "delete",
  },
  {
    table: consents,
    of: ({ personId }) => eq(consents.personId, personId),
    show: {
      section: "consents",
      columns: {
        purpose: consents.purpose,
        version: consents.version,
        channel: consents.channel,
        givenAt: consents.givenAt,
        withdrawnAt: consents.withdrawnAt,
      },
    },
    // That there was a consent, and to which words, has to be shown to an authority; by whom is gone.
    erase: {
      keep: ["id", "personId", "purpose", "version", "channel", "givenAt", "withdrawnAt", "withdrawnChannel"],
    },
  },
  ...farmHoldings,
  theirRows(invitations, invitations.personId, "invitations", {
    organizationId: invitations.organizationId,
    name: invitations.name,
    createdAt: invitations.createdAt,
    expiresAt: invitations.expiresAt,
  }),
  importHolding(imports),
  {
    table: memberships,
    of: ({ personId }) => eq(memberships.personId, personId),
    show: {
      section: "memberships",
      columns: {
        organization: sql`(select o.name from ${organizations} o where o.id = organization_id)`,
        organizationId: memberships.organizationId,
        namedAs: memberships.namedAs,
        role: memberships.role,
        state: memberships.state,
        since: memberships.since,
        until: memberships.until,
      },
    },
    // Ended by `requestErasure`: an organization's counts over the years stay right, and name nobody.
    erase: {
      keep: [
        "id",
        "personId",
        "organizationId",
        "role",
        "state",
        "origin",
        "since",
        "until",
        "roleSince",
        "askedAt",
        "expiresAt",
        "trace",
      ],
    },
  },
  {
    table: boardSeats,
    of: ({ personId }) => eq(boardSeats.personId, personId),
    show: {
      section: "boardSeats",
      columns: {
        organizationId: boardSeats.organizationId,
        position: boardSeats.position,
        since: boardSeats.since,
        until: boardSeats.until,
      },
    },
    erase: { keep: ["id", "organizationId", "position", "since", "until"] },
  },
  {
    table: organizations,
    of: ({ personId, phones: own }) =>
      or(
        eq(organizations.registeredBy, personId),
        own.length > 0 ? inArray(organizations.phone, own) : undefined,
      ),
    show: {
      section: "organizationsRegistered",
      columns: {
        organizationId: organizations.id,
        name: organizations.name,
        createdAt: organizations.createdAt,
      },
    },
    // The organization goes on; a phone of it that was this person's own is taken out by `requestErasure`.
    erase: "keep",
  },
  {
    table: delegations,
    of: ({ personId, phones: own }) =>
      or(
        eq(delegations.principalId, personId),
        eq(delegations.delegatePersonId, personId),
        own.length > 0 ? inArray(delegations.askedPhone, own) : undefined,
      ),
    show: {
      section: "delegations",
      columns: {
        principalId: delegations.principalId,
        delegatePersonId: delegations.delegatePersonId,
        organizationId: delegations.organizationId,
        askedAt: delegations.askedAt,
        agreedAt: delegations.agreedAt,
        channel: delegations.channel,
        expiresAt: delegations.expiresAt,
        withdrawnAt: delegations.withdrawnAt,
      },
    },
    erase: "delete",
  },
  {
    // What they asked for an organization is the organization's.
    table: delegations,
    of: ({ personId }) => eq(delegations.askedBy, personId),
    show: {
      section: "delegationsAsked",
      columns: { organizationId: delegations.organizationId, askedAt: delegations.askedAt },
    },
    erase: "keep",
  },
  {
    table: errands,
    of: ({ personId }) => eq(errands.principalId, personId),
    show: {
      section: "errands",
      columns: {
        helperId: errands.helperId,
        organizationId: errands.organizationId,
        name: errands.name,
        districtCode: errands.districtCode,
        need: errands.need,
        state: errands.state,
        askedAt: errands.askedAt,
        settledAt: errands.settledAt,
      },
    },
    // The helper still hears how it came out, and does not ask again; `expire-errand` forgets the rest in a month.
    erase: {
      keep: [
        "id",
        "helperId",
        "organizationId",
        "phoneHash",
        "phoneEnding",
        "need",
        "state",
        "askedAt",
        "expiresAt",
        "settledAt",
        "trace",
      ],
    },
  },
  theirRows(errands, errands.helperId, "errandsAsked", {
    phoneEnding: errands.phoneEnding,
    need: errands.need,
    state: errands.state,
    askedAt: errands.askedAt,
  }),
  theirRows(operators, operators.personId, "operator", { appointedAt: operators.appointedAt }),
  {
    table: signInCodes,
    of: ({ phones: own }) => (own.length > 0 ? inArray(signInCodes.phone, own) : undefined),
    show: {
      section: "signInCodes",
      columns: { createdAt: signInCodes.createdAt, usedAt: signInCodes.usedAt },
    },
    erase: "delete",
  },
  {
    table: refreshTokens,
    of: ({ personId }) =>
      sql`${refreshTokens.signInId} in (select s.id from ${signIns} s where s.person_id = ${personId})`,
    show: null,
    erase: "delete",
  },
  theirRows(signIns, signIns.personId, "signIns", {
    startedAt: signIns.startedAt,
    endsAt: signIns.endsAt,
    endedAt: signIns.endedAt,
    endedBecause: signIns.endedBecause,
  }),
  theirRows(dataFiles, dataFiles.personId, "dataFiles", {
    createdAt: dataFiles.createdAt,
    usedAt: dataFiles.usedAt,
  }),
  {
    table: people,
    of: ({ personId }) => eq(people.id, personId),
    show: {
      section: "person",
      columns: {
        name: people.name,
        dni: people.dni,
        sex: people.sex,
        birthYear: people.birthYear,
        language: people.language,
        districtCode: people.districtCode,
        locality: people.locality,
        contactFromHour: people.contactFromHour,
        contactToHour: people.contactToHour,
        prefersWoman: people.prefersWoman,
        wallets: people.wallets,
        state: people.state,
        createdAt: people.createdAt,
        updatedAt: people.updatedAt,
      },
    },
    // An empty stone with its id, because the history of others refers to it.
    erase: { keep: ["id", "createdAt", "updatedAt"], set: { state: "erased" } },
  },
  {
    table: audit,
    of: ({ personId }) => or(eq(audit.subject, personId), sql`${audit.actor} like ${`person:${personId}%`}`),
    show: {
      section: "acts",
      columns: { at: audit.at, actor: audit.actor, action: audit.action, subject: audit.subject },
    },
    // Ids alone: who did what, without who that was.
    erase: "keep",
  },
];

/** Tables that hold nothing on a person, or that erasure cleans by itself. */
export const impersonal: readonly PgTable[] = [
  formerRoles,
  organizationCertificates,
  addressTries,
  // Keyed hashes, without a person's id: what is left of an erasure so that nobody is asked again.
  refusals,
  erasures,
  idempotencyKeys,
];

/** Free texts that may name somebody whose row it is not. */
export const freeTexts: readonly PgColumn[] = [
  consents.witness,
  consents.withdrawnWitness,
  delegations.witness,
  memberships.endNote,
  boardSeats.name,
  organizations.description,
  plots.name,
  organizations.closeReason,
  imports.errors,
  imports.warnings,
];
