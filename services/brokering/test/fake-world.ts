import { randomUUID } from "node:crypto";
import { authKeys } from "@minka/contracts/auth";
import { listAudience } from "@minka/contracts/audiences";
import { findCandidates } from "@minka/contracts/catalog";
import { consentWithdrawn } from "@minka/contracts/events";
import { listMemberIds, listMemberships, type MembershipRole } from "@minka/contracts/memberships";
import { listProviderOffers, readOffer } from "@minka/contracts/offers";
import { readOrganization } from "@minka/contracts/organizations";
import type { TermsOf } from "@minka/contracts/offer-terms";
import { contactCards, readPerson } from "@minka/contracts/profiles";
import { listOwnProviders, readProviderContact } from "@minka/contracts/providers";
import { readTraits, type Traits } from "@minka/contracts/traits";
import type { Database } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { createFakeHarvest } from "./fake-harvest.ts";
import { createFakeLenders } from "./fake-lenders.ts";

type Person = Omit<Traits, "organizationIds"> & { name: string; phone: string };
type Organization = { id: string; name: string; kind: "cooperative" | "group"; districtCode: string };
type Membership = { membershipId: string; personId: string; organizationId: string; role: MembershipRole };
type Provider = { id: string; name: string; kinds: ("supplier" | "buyer" | "lender" | "agent")[] };

export const tocache = "221001";

type Goods = TermsOf<"input">;

/** Who there is, as profiles and catalog would tell it; a test makes them and may change them. */
export function createFakeWorld(publicKey: string) {
  const people = new Map<string, Person>();
  const organizations = new Map<string, Organization>();
  const memberships: Membership[] = [];
  const providers = new Map<string, Provider>();
  const staff: { personId: string; providerId: string }[] = [];
  /** Inputs that are sold by everybody's tiers. */
  const goods = new Map<string, { providerId: string; terms: Goods }>();

  const lenders = createFakeLenders();
  const harvest = createFakeHarvest();
  const world = {
    lenders,
    harvest,
    people,
    organizations,
    memberships,
    providers,
    staff,
    /** Offers an input; any other is not found. */
    sell(providerId: string, terms: Pick<Goods, "product" | "pack" | "tiers"> & Partial<Goods>): string {
      const offerId = randomUUID();
      goods.set(offerId, {
        providerId,
        terms: {
          kind: "input",
          title: "Urea en sacos",
          crops: [],
          delivery: { districtCodes: [], days: 3 },
          organicApproved: false,
          ...terms,
        },
      });
      return offerId;
    },
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

  let own: Database | undefined;
  const without = new Set<string>();
  /** A person takes back that Minka serves them, and profiles tells it. */
  async function withdrawConsent(personId: string): Promise<void> {
    without.add(personId);
    await own?.transaction((tx) =>
      emit(
        tx,
        consentWithdrawn,
        { personId, purpose: "service" },
        { at: new Date("2026-11-24T12:00:00Z"), trace: "consent" },
      ),
    );
  }
  const profiles = defineService({
    name: "profiles",
    migrations: null,
    start: ({ db }) => {
      own = db;
      return { routes: profilesRoutes };
    },
  });

  function profilesRoutes(app: App): void {
    lenders.mountPeople(app, people);
    harvest.mountFarms(app, people);
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
          waitsFor: null,
        })),
    }));
    mountEndpoint(app, readOrganization, async ({ params: { organizationId } }) => {
      const found = organizations.get(organizationId);
      if (!found)
        throw new DomainError("not-found", "no-such-organization", "There is no such organization.");
      return readOrganization.answer.parse({
        organization: {
          ...found,
          kind: found.kind === "group" ? "informal_group" : found.kind,
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
          consented: !without.has(personId),
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
                shared: [...people.values()].filter(({ phone }) => phone === found.phone).length > 1,
                withdrawn: without.has(personId),
                districtCode: found.districtCode,
                language: null,
              }),
            ]
          : [];
      }),
    }));
    mountEndpoint(
      app,
      listMemberIds,
      async ({ params: { organizationId }, query: { role, after, limit } }) => {
        const personIds = memberships
          .filter(
            (each) => each.organizationId === organizationId && (role === undefined || each.role === role),
          )
          .map(({ personId }) => personId)
          .filter((personId) => after === undefined || personId > after)
          .toSorted()
          .slice(0, limit);
        return { personIds, next: personIds.length < limit ? null : (personIds.at(-1) ?? null) };
      },
    );
    mountEndpoint(app, listAudience, async ({ body: { districts, after, limit } }) => {
      const found = [...people.values()]
        .filter(({ districtCode }) => districtCode !== null && districts.includes(districtCode))
        .filter(({ personId }) => after === null || personId > after)
        .toSorted((a, b) => (a.personId < b.personId ? -1 : 1))
        .slice(0, limit)
        .map(({ personId, phone }) => ({ personId, phone }));
      return { people: found, next: found.length < limit ? null : (found.at(-1)?.personId ?? null) };
    });
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
        mountEndpoint(app, readProviderContact, async ({ params: { providerId } }) => {
          const found = providers.get(providerId);
          const contact = staff.find((each) => each.providerId === providerId);
          if (!found || !contact)
            throw new DomainError("not-found", "provider-unknown", "There is no such provider.");
          return { providerId, name: found.name, kinds: found.kinds, personId: contact.personId };
        });
        lenders.mountTerms(app);
        const contactOf = (providerId: string) => {
          const contact = staff.find((each) => each.providerId === providerId);
          const found = providers.get(providerId);
          return contact && found ? { personId: contact.personId, name: found.name } : undefined;
        };
        mountEndpoint(app, findCandidates, async ({ body: { need, requester } }) =>
          findCandidates.answer.parse({
            candidates:
              need.kind === "credit"
                ? lenders.candidates(requester.sex, contactOf)
                : [...goods].flatMap(([offerId, { providerId, terms }]) =>
                    terms.product === need.product
                      ? [
                          {
                            offerId,
                            offerVersion: 1,
                            providerId,
                            providerName: providers.get(providerId)?.name,
                            providerPersonId: staff.find((each) => each.providerId === providerId)?.personId,
                            distanceKm: null,
                            priceCentimos: terms.tiers[0]?.priceCentimos ?? null,
                            priceUnit: "saco",
                            monthlyCapacity: null,
                            fits: { topic: true, crop: true },
                            confirmedOn: "2026-11-01",
                          },
                        ]
                      : [],
                  ),
            emptyBecause: null,
          }),
        );
        mountEndpoint(app, listProviderOffers, async ({ params: { providerId } }) =>
          listProviderOffers.answer.parse({
            items: [...goods].flatMap(([id, { terms, ...offered }]) =>
              offered.providerId === providerId
                ? [
                    {
                      id,
                      version: 1,
                      provider: providers.get(providerId),
                      terms: { ...terms, pricePerUnitCentimos: { from: 0, to: 0 } },
                      coverage: ["22"],
                      confirmedOn: "2026-11-01",
                    },
                  ]
                : [],
            ),
            next: null,
          }),
        );
        mountEndpoint(app, readOffer, async ({ params: { offerId } }) => {
          const wanted = harvest.offer(offerId, (id) => providers.get(id));
          if (wanted) return readOffer.answer.parse({ offer: wanted });
          const found = goods.get(offerId);
          if (!found) throw new DomainError("not-found", "offer-unknown", "There is no such offer.");
          const provider = providers.get(found.providerId);
          return readOffer.answer.parse({
            offer: {
              id: offerId,
              version: 1,
              provider,
              terms: { ...found.terms, pricePerUnitCentimos: { from: 0, to: 0 } },
              coverage: ["22"],
              confirmedOn: "2026-11-01",
            },
          });
        });
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
  return { world, withdrawConsent, profiles, catalog, matching: lenders.matching };
}
