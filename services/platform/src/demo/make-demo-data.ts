import type { ProviderRow } from "@minka/catalog";
import type { StandingRow } from "@minka/matching";
import type { MembershipRow, OrganizationRow, PersonRow } from "@minka/profiles";
import { apportion } from "./apportion.ts";
import { makeAgents } from "./make-agents.ts";
import { makeCompanies } from "./make-companies.ts";
import { makeMemberships, makeOrganizations, makeProducers } from "./make-producers.ts";
import { cells } from "./programme.ts";
import { seededRandom } from "./random.ts";

/** `demo`: something to look at. `program`: as many households as the programmes served. */
export type DemoSize = "demo" | "program";

export type DemoData = {
  /** Producers first, then the people of agents and companies. */
  readonly people: readonly PersonRow[];
  readonly organizations: readonly OrganizationRow[];
  readonly memberships: readonly MembershipRow[];
  /** With their offers. */
  readonly providers: readonly ProviderRow[];
  /** What ranking would know of the providers had they worked through Minka before. */
  readonly standings: readonly StandingRow[];
};

const demoProducers = 300;

const sizes = {
  demo: { organizations: 12, agents: 40, companies: { suppliers: 12, lenders: 6, buyers: 10 } },
  program: { organizations: 120, agents: 130, companies: { suppliers: 26, lenders: 13, buyers: 21 } },
};

/** The same data for the same size, always: nothing here reads the time or another source of chance. */
export function makeDemoData(size: DemoSize): DemoData {
  const random = seededRandom(size === "demo" ? 1_001 : 2_002);
  // The few households of Amazonas would be three people: the small demo leaves them out.
  const shown = size === "demo" ? cells.filter(({ region }) => region !== "01") : cells;
  const households = shown.map((cell) => cell.households);
  const counts = size === "demo" ? apportion(demoProducers, households) : households;

  const producers = makeProducers(random, shown, counts);
  const organizations = makeOrganizations(random, shown, sizes[size].organizations);
  const memberships = makeMemberships(random, producers, organizations);
  const suppliers = [
    ...makeAgents(random, shown, sizes[size].agents),
    ...makeCompanies(random, sizes[size].companies),
  ];
  return {
    people: [...producers.map(({ person }) => person), ...suppliers.map(({ person }) => person)],
    organizations,
    memberships,
    providers: suppliers.map(({ provider }) => provider),
    standings: suppliers.map(({ standing }) => standing),
  };
}
