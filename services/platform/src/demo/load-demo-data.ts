import { loadPools } from "@minka/brokering";
import { loadProviders } from "@minka/catalog";
import type { ServiceName } from "@minka/contracts/service-names";
import { limaDay } from "@minka/domain/lima-time";
import { connectDatabase, type Database } from "@minka/database/connect";
import { loadStandings } from "@minka/matching";
import { importState, loadOrganizations, loadPeople, loadPlots } from "@minka/profiles";
import { makeDemoData, type DemoSize } from "./make-demo-data.ts";

export type LoadDemoOptions = {
  readonly size: DemoSize;
  /** Each service's part is written with that service's role. */
  readonly databaseUrl: (service: ServiceName) => string;
  /** A line for whoever waits. */
  readonly progress: (line: string) => void;
  /** When the data is said to have come in. */
  readonly at?: Date;
};

/**
 * Fills an empty house through the services' own bulk loaders. It does nothing where people are registered
 * already, and takes up a load of the same data that broke off: organizations come last and mark its end.
 */
export async function loadDemoData(options: LoadDemoOptions): Promise<void> {
  const { size, databaseUrl, progress, at = new Date() } = options;
  const open: Database[] = [];
  const database = (service: ServiceName) => {
    const db = connectDatabase({ url: databaseUrl(service), name: `${service}-demo`, maxConnections: 1 });
    open.push(db);
    return db;
  };
  try {
    const profiles = database("profiles");
    const data = makeDemoData(size, limaDay(at));
    const state = await importState(profiles, {
      personId: data.people[0]?.id ?? "",
      organizationId: data.organizations.at(-1)?.id ?? "",
    });
    if (state === "complete" || state === "others") return;
    progress(`Loading demo data: ${data.people.length} people, ${data.providers.length} providers …`);
    await loadProviders(database("catalog"), data.providers, { at });
    await loadStandings(database("matching"), data.standings);
    await loadPeople(profiles, data.people, {
      at,
      onProgress: (loaded, total) => {
        if (total > 1_000) progress(`Loading demo data: ${loaded} of ${total} people`);
      },
    });
    await loadPlots(profiles, data.plots, { at });
    await loadPools(database("brokering"), data.pools, at);
    await loadOrganizations(profiles, data, { at });
  } finally {
    await Promise.all(open.map((db) => db.close()));
  }
}
