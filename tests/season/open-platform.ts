import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signPersonToken, signServiceToken } from "@minka/auth/authentication";
import { catalog, loadProviders } from "@minka/catalog";
import type { Answer, CallInput, Endpoint } from "@minka/contracts/endpoint";
import type { EventDefinition } from "@minka/contracts/event";
import type { ServiceName } from "@minka/contracts/service-names";
import { connectDatabase, type Database } from "@minka/database/connect";
import { startEmbeddedPostgres } from "@minka/embedded-postgres/embedded-postgres";
import type { App } from "@minka/http/app";
import { createCaller, type Caller, type Transport } from "@minka/http/caller";
import { createLog } from "@minka/http/log";
import { loadStandings, matching } from "@minka/matching";
import { allServices } from "@minka/platform";
import { prepareDatabase } from "@minka/platform/prepare-database";
import { loadOrganizations, loadPeople, loadPlots, profiles } from "@minka/profiles";
import { defineService, on } from "@minka/service/define-service";
import { runServices } from "@minka/service/run-services";
import type { Population } from "./population.ts";

const password = "season-password";
const contracts = new URL("../../packages/contracts/src/", import.meta.url);

/** What would have been told by SMS. */
export type Heard = { readonly name: string; readonly payload: Readonly<Record<string, unknown>> };

export type SeasonPlatform = Awaited<ReturnType<typeof openPlatform>>;

/**
 * Profiles, catalog and matching in this process, with a clock that stands still until it is set. In the place of
 * notifications somebody listens: what would be sent is heard instead.
 */
export async function openPlatform(population: Population, begins: Date) {
  let now = begins;
  const clock = () => now;
  const heard: Heard[] = [];
  const dataDir = await mkdtemp(join(tmpdir(), "minka-season-"));
  // What is lost with the machine is of no use afterwards: nothing has to reach the disk at once.
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false });
  const url = (service: ServiceName) => postgres.url(service, password);
  const leave = async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await prepareDatabase(postgres.ownerUrl, allServices, () => password);
    await load(url, population, begins);
  } catch (error) {
    await leave();
    throw error;
  }
  const { privateKey } = generateKeyPairSync("ed25519");
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const listener = await newsListener(heard);
  const running = await runServices({
    services: [profiles, catalog, matching, listener],
    role: "all",
    databaseUrl: url,
    queue: { postgresUrl: url("notifications") },
    peers: {},
    serviceSecret: "a-secret-for-a-season-and-for-nothing-else",
    environment: {
      DATA_DIR: dataDir,
      TOKEN_PRIVATE_KEY: key,
      // Whether offers still hold is asked by SMS, which is left out.
      OFFER_ASK_AFTER_DAYS: "3000",
      OFFER_SINK_AFTER_DAYS: "3100",
      OFFER_HIDE_AFTER_DAYS: "3200",
    },
    clock,
    log: createLog({ level: process.env["SEASON_LOG_LEVEL"] ?? "error", service: "season" }),
    maxConnections: 5,
    sweepEveryMs: null,
  });
  const caller = (token: () => string): Caller => createCaller(() => patient(running.app), token);
  const bySms = caller(() => signServiceToken(running.app, "notifications"));
  const asOperator = (id: string) => caller(() => signPersonToken(running.app, key, { id, operator: true }));
  let calls = 0;
  const counted =
    (call: Caller) =>
    <E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Answer<E>> => {
      calls += 1;
      return call(endpoint, input, { trace: `season-${calls}` });
    };
  return {
    clock,
    heard,
    /** As notifications, which passes on what people write. */
    say: counted(bySms),
    operator: (id: string) => counted(asOperator(id)),
    calls: () => calls,
    setClock(to: Date): void {
      now = to;
    },
    settle: () => running.settle(),
    async stop(): Promise<void> {
      await running.stop();
      await leave();
    },
  };
}
export type Say = SeasonPlatform["say"];

/** Without a time limit: a count over a whole season may take longer than a caller in production would wait. */
const patient =
  (app: App): Transport =>
  async ({ method, path, headers, body }) => {
    const payload = body === undefined ? {} : { payload: body };
    const response = await app.inject({ method: method as "GET", url: path, headers, ...payload });
    const { "content-type": contentType, "content-disposition": disposition } = response.headers;
    return {
      status: response.statusCode,
      body: response.rawPayload,
      contentType,
      disposition: disposition?.toString(),
    };
  };

async function load(url: (service: ServiceName) => string, population: Population, at: Date): Promise<void> {
  const open: Database[] = [];
  const database = (service: ServiceName) => {
    const db = connectDatabase({ url: url(service), name: `${service}-season`, maxConnections: 1 });
    open.push(db);
    return db;
  };
  try {
    await loadProviders(database("catalog"), population.providers, { at });
    await loadStandings(database("matching"), population.standings);
    const people = database("profiles");
    await loadPeople(people, population.people, { at });
    await loadPlots(people, population.plots, { at });
    await loadOrganizations(people, population, { at });
  } finally {
    await Promise.all(open.map((db) => db.close()));
  }
}

const isEvent = (value: unknown): value is EventDefinition =>
  typeof value === "object" && value !== null && "emitter" in value && "subscribers" in value;

/** Stands where notifications would, hears every event that is meant for it, and does nothing else. */
async function newsListener(heard: Heard[]) {
  const events = new Map<string, EventDefinition>();
  for (const file of await readdir(contracts)) {
    if (!file.endsWith(".ts")) continue;
    const module: object = await import(new URL(file, contracts).href);
    for (const value of Object.values(module))
      if (isEvent(value) && value.subscribers.includes("notifications")) events.set(value.name, value);
  }
  return defineService({
    name: "notifications",
    migrations: null,
    start: () => ({
      routes: () => {},
      handlers: [...events.values()].map((event) =>
        on(event, async ({ payload, once }) => {
          await once(async () => {});
          heard.push({ name: event.name, payload: payload as Heard["payload"] });
        }),
      ),
    }),
  });
}
