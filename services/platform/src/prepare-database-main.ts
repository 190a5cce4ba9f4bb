import type { ServiceName } from "@minka/contracts/service-names";
import { loadDemoData } from "./demo/load-demo-data.ts";
import { readPrepareConfig } from "./prepare-config.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { prepareMonitoring } from "./prepare-monitoring.ts";
import { allServices } from "./start-platform.ts";
import { waitForDatabase } from "./wait-for-database.ts";

/** Run once, as the owner, before services start as processes of their own. On a ready database: no change. */

const patienceMs = 60_000;
const progress = (line: string) => process.stderr.write(`${line}\n`);

try {
  const { ownerUrl, password, monitoringPassword, seed } = readPrepareConfig(process.env);
  await waitForDatabase(ownerUrl, { patienceMs, progress });
  await prepareDatabase(ownerUrl, allServices, password);
  if (monitoringPassword) await prepareMonitoring(ownerUrl, monitoringPassword);
  if (seed !== "none") {
    const databaseUrl = (service: ServiceName) => {
      const url = new URL(ownerUrl);
      url.username = service;
      url.password = password(service);
      return url.href;
    };
    await loadDemoData({ size: seed, databaseUrl, progress });
  }
  progress("The database is ready.");
} catch (error) {
  progress(`The database was not prepared. ${firstLine(error)}`);
  process.exitCode = 1;
}

/** The database's own words: the query that they are wrapped in says less and is longer. */
function firstLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return firstLine(error.cause);
  return (error.message || String(error)).split("\n")[0] ?? "";
}
