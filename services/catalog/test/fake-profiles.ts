import { authKeys } from "@minka/contracts/auth";
import { consentWithdrawn } from "@minka/contracts/events";
import { listMemberships } from "@minka/contracts/memberships";
import { readOrganization } from "@minka/contracts/organizations";
import { readPerson } from "@minka/contracts/profiles";
import type { Database } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";

/** Profiles as far as catalog asks it: whose tokens hold, who exists and agreed, who manages what. */
export function createFakeProfiles(publicKey: string) {
  let own: Database | undefined;
  const profiles = {
    unknownPersonId: newId(),
    /** Invited, and has not agreed yet. */
    invitedPersonId: newId(),
    /** Who took back that Minka serves them. */
    withdrawn: new Set<string>(),
    async tellWithdrawn(personId: string, purpose: "service" | "bulletins" = "service"): Promise<void> {
      const at = new Date("2026-11-24T12:00:00Z");
      await own?.transaction((tx) =>
        emit(tx, consentWithdrawn, { personId, purpose }, { at, trace: "consent" }),
      );
    },
    unknownOrganizationId: newId(),
    closedOrganizationId: newId(),
    memberships: [] as { personId: string; organizationId: string; role: "manager" | "broker" | "member" }[],
    manages(personId: string, organizationId: string) {
      profiles.memberships.push({ personId, organizationId, role: "manager" });
    },
  };
  const definition = defineService({
    name: "profiles",
    migrations: null,
    start: ({ db }) => ({
      routes(app) {
        own = db;
        mountEndpoint(app, authKeys, async () => ({ publicKey }));
        mountEndpoint(app, readPerson, async ({ params: { personId } }) => {
          if (personId === profiles.unknownPersonId)
            throw new DomainError("not-found", "person-unknown", "Nobody has this id.");
          const consented = personId !== profiles.invitedPersonId && !profiles.withdrawn.has(personId);
          return {
            person: {
              id: personId,
              name: null,
              districtCode: null,
              consented,
              operator: false,
              sex: null,
              language: null,
              prefersWoman: false,
            },
          };
        });
        mountEndpoint(app, readOrganization, async ({ params: { organizationId } }) => {
          if (organizationId === profiles.unknownOrganizationId)
            throw new DomainError("not-found", "organization-unknown", "No organization has this id.");
          const state =
            organizationId === profiles.closedOrganizationId ? ("closed" as const) : ("active" as const);
          return { organization: { ...plainOrganization, id: organizationId, state } };
        });
        mountEndpoint(app, listMemberships, async ({ params: { personId } }) => ({
          memberships: profiles.memberships
            .filter((membership) => membership.personId === personId)
            .map(({ organizationId, role }) => ({
              membershipId: newId(),
              organizationId,
              organizationName: plainOrganization.name,
              role,
              state: "active" as const,
              since: "2026-01-01",
              until: null,
              waitsFor: null,
            })),
        }));
      },
    }),
  });
  return { profiles, definition };
}

const plainOrganization = {
  name: "Asociación Alto Huallaga",
  kind: "association" as const,
  districtCode: "221001",
  crops: [],
  phone: null,
  verified: true,
  confirmedOn: "2026-11-01",
  entryFeeCentimos: null,
  requirements: [],
  services: [],
  legalName: null,
  ruc: null,
  description: null,
  genderGuideline: null,
  certificates: [],
  communalLand: false,
  members: null,
  womenShare: null,
  board: { seats: null, womenShare: null },
};
