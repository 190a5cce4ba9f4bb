import { createHmac } from "node:crypto";
import { createServer } from "node:net";
import { brokering } from "@minka/brokering";
import { catalog } from "@minka/catalog";
import type { ServiceName } from "@minka/contracts/service-names";
import { systemClock } from "@minka/domain/clock";
import { startEmbeddedPostgres } from "@minka/embedded-postgres/embedded-postgres";
import { createLog } from "@minka/http/log";
import { matching } from "@minka/matching";
import { notifications } from "@minka/notifications";
import { profiles } from "@minka/profiles";
import { runServices, type RunningServices } from "@minka/service/run-services";
import { web } from "@minka/web";
import postgres from "postgres";
import { SettingsError } from "@minka/service/settings";
import type { PlatformConfig } from "./config.ts";
import { demoPhones } from "./demo/demo-phones.ts";
import { loadDemoData } from "./demo/load-demo-data.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { keptSecret } from "./secrets.ts";

export const allServices = [profiles, catalog, matching, brokering, notifications, web];

export type Platform = { readonly url: string; readonly services: RunningServices; stop(): Promise<void> };

/**
 * Every service in this process, on an embedded Postgres unless another is configured. Rejects, with everything stopped,
 * when `signal` is aborted before it is ready.
 */
export async function startPlatform(
  config: PlatformConfig,
  environment: Readonly<Record<string, string | undefined>>,
  progress: (line: string) => void,
  signal?: AbortSignal,
): Promise<Platform> {
  await refusePortInUse(config);
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).toReversed()) await step();
  };
  try {
    const log = createLog({ level: config.logLevel, service: "platform" });
    const owner = config.ownerDatabaseUrl ?? (await startOwnPostgres(config, progress, stops));
    if (config.ownerDatabaseUrl) await refuseBrokenDatabase(config.ownerDatabaseUrl);
    signal?.throwIfAborted();

    const databaseSecret = await keptSecret(config.dataDir, "database");
    const password = (service: ServiceName) =>
      createHmac("sha256", databaseSecret).update(service).digest("base64url");
    const databaseUrl = (service: ServiceName) => {
      const url = new URL(owner);
      url.username = service;
      url.password = password(service);
      return url.href;
    };
    await prepareDatabase(owner, allServices, password, signal).catch((error: unknown) => {
      throw config.ownerDatabaseUrl && !signal?.aborted ? unusable(config.ownerDatabaseUrl, error) : error;
    });
    signal?.throwIfAborted();
    if (config.seed !== "none") await loadDemoData({ size: config.seed, databaseUrl, progress });
    signal?.throwIfAborted();

    const services = await runServices({
      services: allServices,
      role: "all",
      databaseUrl,
      queue: config.redisUrl ? { redisUrl: config.redisUrl } : { postgresUrl: databaseUrl("notifications") },
      peers: {},
      serviceSecret: config.serviceSecret ?? (await keptSecret(config.dataDir, "services")),
      environment: {
        ...(config.seed === "demo" ? { SIMULATOR_PHONES: demoPhones() } : {}),
        // Links in messages lead here, unless there is a public name; a real gateway demands one of its own.
        PUBLIC_URL: `http://${config.host === "0.0.0.0" ? "127.0.0.1" : config.host}:${config.port}`,
        ...environment,
        DATA_DIR: config.dataDir,
      },
      clock: systemClock(config.clockOffsetMs),
      log,
      trustProxy: config.trustProxy,
      rateLimits: config.rateLimits,
    });
    stops.push(() => services.stop());
    const url = await services.app.listen({ host: config.host, port: config.port });
    return { url, services, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startOwnPostgres(
  config: PlatformConfig,
  progress: (line: string) => void,
  stops: (() => Promise<unknown>)[],
) {
  progress("Starting the database …");
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir });
  stops.push(() => server.stop());
  return server.ownerUrl;
}

/** Looks before anything else is started: the commonest mistake deserves the quickest answer. */
async function refusePortInUse({ host, port }: PlatformConfig): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const why =
        error.code === "EADDRINUSE"
          ? "is already in use (by Minka itself?); choose another with PORT=…"
          : `cannot be used (${error.code})`;
      reject(new SettingsError(`Port ${port} on ${host} ${why}`));
    });
    probe.listen({ host, port }, () => probe.close(() => resolve()));
  });
}

async function refuseBrokenDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
  } catch (error) {
    throw unusable(url, error);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** The address without its password, and what the driver said last: a role without rights is told as such. */
function unusable(url: string, error: unknown): SettingsError {
  const { hostname, port, pathname } = new URL(url);
  let told = error;
  while (told instanceof Error && told.cause !== undefined) told = told.cause;
  const why = told instanceof Error ? told.message || (told as NodeJS.ErrnoException).code : String(told);
  return new SettingsError(`The database at ${hostname}:${port || 5432}${pathname} cannot be used: ${why}`);
}
