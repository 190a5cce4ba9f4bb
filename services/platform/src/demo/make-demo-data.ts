import type { LoadedPool } from "@minka/brokering";
import type { ProviderRow } from "@minka/catalog";
import type { StandingRow } from "@minka/matching";
import type { LimaDay } from "@minka/domain/lima-time";
import type { BoardSeatRow, MembershipRow, OrganizationRow, PersonRow, PlotRow } from "@minka/profiles";
import { withSuppliers } from "./agent-details.ts";
import { apportion } from "@minka/domain/apportion";
import { makeAgents } from "./make-agents.ts";
import { makeCompanies } from "./make-companies.ts";
import { makePlots, withWords } from "./make-holdings.ts";
import { makeMemberships } from "./make-memberships.ts";
import { makeOrganizations } from "./make-organizations.ts";
import { makePools } from "./make-pools.ts";
import { makeProducers } from "./make-producers.ts";
import { cells } from "./programme.ts";
import { seededRandom } from "./random.ts";

/** `demo`: something to look at. `program`: as many households as the programmes served. */
export type DemoSize = "demo" | "program";

export type DemoData = {
  /** Producers first, then the people of agents and companies. */
  readonly people: readonly PersonRow[];
  /** Of some producers, with their last season. */
  readonly plots: readonly PlotRow[];
  readonly organizations: readonly OrganizationRow[];
  readonly memberships: readonly MembershipRow[];
  readonly boardSeats: readonly BoardSeatRow[];
  /** With their offers. */
  readonly providers: readonly ProviderRow[];
  /** What ranking would know of the providers had they worked through Minka before. */
  readonly standings: readonly StandingRow[];
  /** Joint purchases that are open: of the small demo alone. */
  readonly pools: readonly LoadedPool[];
};

const demoProducers = 300;

const sizes = {
  demo: { organizations: 12, agents: 40, companies: { suppliers: 12, lenders: 6, buyers: 10 } },
  program: { organizations: 120, agents: 130, companies: { suppliers: 26, lenders: 13, buyers: 21 } },
};

/** Of the data when nobody says another. */
const someDay = "2026-11-21";

/**
 * The same data for the same size and day, always: nothing here reads the time or another source of chance.
 * Trainings and delivery windows lie around `today`.
 */
export function makeDemoData(size: DemoSize, today: LimaDay = someDay): DemoData {
  const random = seededRandom(size === "demo" ? 1_001 : 2_002);
  // The few households of Amazonas would be three people: the small demo leaves them out.
  const shown = size === "demo" ? cells.filter(({ region }) => region !== "01") : cells;
  const households = shown.map((cell) => cell.households);
  const counts = size === "demo" ? apportion(demoProducers, households) : households;

  const producers = makeProducers(random, shown, counts);
  const organizations = makeOrganizations(random, shown, sizes[size].organizations, today);
  const { memberships, boardSeats } = makeMemberships(random, producers, organizations);
  const suppliers = [
    ...makeAgents(random, shown, sizes[size].agents),
    ...makeCompanies(random, sizes[size].companies, today),
  ];
  // A stream of their own, so that nothing above changes with them.
  const holdings = seededRandom(size === "demo" ? 3_003 : 4_004);
  const providers = withSuppliers(suppliers.map(({ provider }) => provider));
  return {
    people: [
      ...producers.map(({ person }) => withWords(holdings, person)),
      ...suppliers.map(({ person }) => person),
    ],
    plots: makePlots(holdings, producers),
    organizations,
    memberships,
    boardSeats,
    providers,
    standings: suppliers.map(({ standing }) => standing),
    pools:
      size === "demo" ? makePools(seededRandom(5_005), { organizations, memberships, providers, today }) : [],
  };
}
