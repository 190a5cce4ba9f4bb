import { randomUUID } from "node:crypto";
import { authKeys } from "@minka/contracts/auth";
import { listMemberships, type MembershipRole } from "@minka/contracts/memberships";
import { readOrganization } from "@minka/contracts/organizations";
import { contactCards, readPerson } from "@minka/contracts/profiles";
import { listOwnProviders } from "@minka/contracts/providers";
import { readTraits, type Traits } from "@minka/contracts/traits";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";

type Person = Omit<Traits, "organizationIds"> & { name: string; phone: string };
type Organization = { id: string; name: string; kind: "cooperative" | "group"; districtCode: string };
type Membership = { membershipId: string; personId: string; organizationId: string; role: MembershipRole };
type Provider = { id: string; name: string; kinds: ("supplier" | "buyer" | "lender" | "agent")[] };

export const tocache = "221001";

/** Who there is, as profiles and catalog would tell it; a test makes them and may change them. */
export function createFakeWorld(publicKey: string) {
  const people = new Map<string, Person>();
  const organizations = new Map<string, Organization>();
  const memberships: Membership[] = [];
  const providers = new Map<string, Provider>();
  const staff: { personId: string; providerId: string }[] = [];

  const world = {
    people,
    organizations,
    memberships,
    providers,
    staff,
    person(over: Partial<Person> = {}): string {
      const personId = randomUUID();
      const number = String(900_000_000 + people.size).padStart(9, "0");
      people.set(personId, {
        personId,
        name: `Persona ${people.size + 1}`,
        phone: `+51${number}`,
        sex: null,
        sizeClass: null,
        districtCode: tocache,
        ...over,
      });
      return personId;
    },
    join(personId: string, organizationId: string, role: MembershipRole = "member"): void {
      memberships.push({ membershipId: randomUUID(), personId, organizationId, role });
    },
    /** A cooperative with a manager, a broker and so many members. */
    cooperative(members = 0, over: Partial<Organization> = {}) {
      const id = randomUUID();
      organizations.set(id, {
        id,
        name: "Cooperativa Cacao Alto",
        kind: "cooperative",
        districtCode: tocache,
        ...over,
      });
      const named = (role: MembershipRole) => {
        const personId = world.person();
        world.join(personId, id, role);
        return personId;
      };
      const [manager, broker] = [named("manager"), named("broker")];
      return { id, manager, broker, members: Array.from({ length: members }, () => named("member")) };
    },
    provider(kinds: Provider["kinds"], name = "Agroinsumos Tocache") {
      const id = randomUUID();
      providers.set(id, { id, name, kinds });
      const owner = world.person();
      staff.push({ personId: owner, providerId: id });
      return { id, owner };
    },
  };

  const profiles = defineService({
    name: "profiles",
    migrations: null,
    start: () => ({
      routes(app) {
        profilesRoutes(app);
      },
    }),
  });

  function profilesRoutes(app: App): void {
    mountEndpoint(app, authKeys, async () => ({ publicKey }));
    mountEndpoint(app, listMemberships, async ({ params: { personId } }) => ({
      memberships: memberships
        .filter((each) => each.personId === personId)
        .map(({ membershipId, organizationId, role }) => ({
          membershipId,
          organizationId,
          organizationName: organizations.get(organizationId)?.name ?? "",
          role,
          state: "active" as const,
          since: "2024-01-15",
          until: null,
        })),
    }));
    mountEndpoint(app, readOrganization, async ({ params: { organizationId } }) => {
      const found = organizations.get(organizationId);
      if (!found)
        throw new DomainError("not-found", "no-such-organization", "There is no such organization.");
      return readOrganization.answer.parse({
        organization: {
          ...found,
          crops: ["cacao"],
          phone: null,
          verified: true,
          confirmedOn: "2026-11-01",
          entryFeeCentimos: null,
          requirements: [],
          services: [],
          state: "active",
          legalName: null,
          ruc: null,
          description: null,
          genderGuideline: null,
          certificates: [],
          communalLand: false,
          members: null,
          womenShare: null,
          board: { seats: null, womenShare: null },
        },
      });
    });
    mountEndpoint(app, readPerson, async ({ params: { personId } }) => {
      const found = people.get(personId);
      if (!found) throw new DomainError("not-found", "person-unknown", "Nobody has this id.");
      const { name, districtCode, sex } = found;
      return readPerson.answer.parse({
        person: {
          id: personId,
          name,
          districtCode,
          consented: true,
          operator: false,
          sex,
          language: null,
          prefersWoman: false,
        },
      });
    });
    mountEndpoint(app, contactCards, async ({ body: { personIds } }) => ({
      contacts: personIds.flatMap((personId) => {
        const found = people.get(personId);
        return found
          ? [
              contactCards.answer.shape.contacts.element.parse({
                personId,
                name: found.name,
                phone: found.phone,
                shared: false,
                withdrawn: false,
                language: null,
              }),
            ]
          : [];
      }),
    }));
    mountEndpoint(app, readTraits, async ({ body: { personIds } }) => ({
      traits: personIds.flatMap((personId) => {
        const found = people.get(personId);
        if (!found) return [];
        const { sex, sizeClass, districtCode } = found;
        const organizationIds = memberships
          .filter((each) => each.personId === personId)
          .map((each) => each.organizationId);
        return [{ personId, sex, sizeClass, districtCode, organizationIds }];
      }),
    }));
  }

  const catalog = defineService({
    name: "catalog",
    migrations: null,
    start: () => ({
      routes(app) {
        mountEndpoint(app, listOwnProviders, async ({ params: { personId } }) => ({
          providers: staff
            .filter((each) => each.personId === personId)
            .flatMap(({ providerId }) => {
              const found = providers.get(providerId);
              return found ? [{ ...found, state: "verified" as const, as: "manager" as const }] : [];
            }),
        }));
      },
    }),
  });
  return { world, profiles, catalog };
}
export type FakeWorld = ReturnType<typeof createFakeWorld>["world"];
