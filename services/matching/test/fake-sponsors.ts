import { listMemberships } from "@minka/contracts/memberships";
import { readOrganization } from "@minka/contracts/organizations";
import { listOwnProviders, readProvider } from "@minka/contracts/providers";
import { readTraits, type Traits } from "@minka/contracts/traits";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";

/** What profiles and catalog know of sponsors and of whom they pay for: nothing but what a test puts here. */
export function createFakeSponsors() {
  const traits = new Map<string, Omit<Traits, "personId">>();
  /** Buyers by their id, with who manages them. */
  const buyers = new Map<string, { name: string; managers: readonly string[] }>();
  /** Organizations by their id, with who manages them. */
  const organizations = new Map<string, { name: string; managers: readonly string[] }>();
  const asked: string[][] = [];
  return {
    traits,
    buyers,
    organizations,
    /** Of whom traits were read, call by call. */
    asked,
    profilesRoutes(app: App): void {
      mountEndpoint(app, readTraits, async ({ body: { personIds } }) => {
        asked.push(personIds);
        return {
          traits: personIds.flatMap((personId) => {
            const known = traits.get(personId);
            return known ? [{ personId, ...known }] : [];
          }),
        };
      });
      mountEndpoint(app, listMemberships, async ({ params: { personId } }) => ({
        memberships: [...organizations]
          .filter(([, { managers }]) => managers.includes(personId))
          .map(([organizationId, { name }]) => ({
            membershipId: organizationId,
            organizationId,
            organizationName: name,
            role: "manager" as const,
            state: "active" as const,
            since: "2025-01-01",
            until: null,
            waitsFor: null,
          })),
      }));
      mountEndpoint(app, readOrganization, async ({ params: { organizationId } }) => {
        const known = organizations.get(organizationId);
        if (!known) throw new DomainError("not-found", "organization-unknown", "Unknown.");
        return { organization: organizationOf(organizationId, known.name) };
      });
    },
    catalogRoutes(app: App): void {
      mountEndpoint(app, listOwnProviders, async ({ params: { personId } }) => ({
        providers: [...buyers]
          .filter(([, { managers }]) => managers.includes(personId))
          .map(([id, { name }]) => ({
            id,
            name,
            kinds: ["buyer" as const],
            state: "verified" as const,
            as: "manager" as const,
          })),
      }));
      mountEndpoint(app, readProvider, async ({ params: { providerId } }) => {
        const known = buyers.get(providerId);
        if (!known) throw new DomainError("not-found", "provider-unknown", "Unknown.");
        return { provider: buyerOf(providerId, known.name) };
      });
    },
  };
}

function buyerOf(id: string, name: string) {
  return {
    id,
    name,
    form: "company" as const,
    kinds: ["buyer" as const],
    legalName: null,
    ruc: null,
    organizationId: null,
    lenderRegister: null,
    districtCode: "221001",
    coverage: ["22"],
    phone: null,
    website: null,
    description: null,
    agent: null,
    certificates: [],
    verifiedOn: "2026-01-01",
    confirmedOn: "2026-11-01",
  };
}

function organizationOf(id: string, name: string) {
  return {
    id,
    name,
    kind: "cooperative" as const,
    districtCode: "221001",
    crops: [],
    phone: null,
    verified: true,
    confirmedOn: "2026-11-01",
    entryFeeCentimos: null,
    requirements: [],
    services: [],
    state: "active" as const,
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
}
