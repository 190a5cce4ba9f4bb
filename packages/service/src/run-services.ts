import { authentication, serviceTokens } from "@minka/auth/authentication";
import { authKeys } from "@minka/contracts/auth";
import type { ServiceName } from "@minka/contracts/service-names";
import { connectDatabase, type Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { createApp, type App } from "@minka/http/app";
import { createCaller, fetchTransport, injectTransport, type Transport } from "@minka/http/caller";
import { serveHealth, type HealthPart } from "@minka/http/health";
import { serveMetrics } from "@minka/http/metrics";
import { limitRequests, type RateLimits } from "@minka/http/rate-limits";
import { languageProblem } from "@minka/language/languages/language-problem";
import { openNudgeQueue, type NudgeQueue, type QueueBackend } from "@minka/queue/queue";
import { within } from "@minka/queue/within";
import { startWorker, type RunningWorker } from "@minka/queue/worker";
import type { Logger } from "pino";
import type { ServiceDefinition, ServiceParts } from "./define-service.ts";
import { deliveriesJob } from "./deliveries-job.ts";
import { deskRoutes, isOwning } from "./desk-routes.ts";
import { forgetOld } from "./forget-old.ts";
import { SettingsError } from "./settings.ts";

const forgetEveryMs = 60 * 60 * 1000;

export type RunOptions = {
  services: readonly ServiceDefinition[];
  /** `api` answers requests, `worker` does jobs, `all` both. */
  role: "api" | "worker" | "all";
  databaseUrl: (service: ServiceName) => string;
  queue: QueueBackend;
  /** Addresses of the services that are not in this process. */
  peers: Partial<Record<ServiceName, string>>;
  serviceSecret: string;
  environment: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  log: Logger;
  trustProxy?: boolean;
  /** Without them nobody is limited: for tests and measurements, which call from one address. */
  rateLimits?: RateLimits;
  maxConnections?: number;
  /** null: only `settle` sweeps, for tests. */
  sweepEveryMs?: number | null;
};

export type RunningServices = {
  readonly app: App;
  readonly queue: NudgeQueue;
  /**
   * Resolves when nothing is due at the clock's present time, nothing is unhandled and nothing is queued.
   * It does the due work itself, so it is the only waiting that a test needs.
   */
  settle(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Runs services in this process, one or all of them: an HTTP app with their routes, a worker for each, and
 * the typed client between them (in process where it can be, over HTTP where it must).
 */
export async function runServices(options: RunOptions): Promise<RunningServices> {
  const { services, role, clock, log, environment } = options;
  // Read when the words were first needed: half of what an operator added would be worse than none.
  if (languageProblem !== null) throw new SettingsError(languageProblem);
  const app = createApp({
    log,
    trustProxy: options.trustProxy ?? false,
    commandSecret: options.serviceSecret,
  });
  const metrics = serveMetrics(app);
  const queue = await openNudgeQueue(options.queue, log);
  const here = new Set(services.map(({ name }) => name));
  const local = injectTransport(() => app);
  const transports = new Map<ServiceName, Transport>();
  const transport = (service: ServiceName): Transport => {
    if (here.has(service)) return local;
    const url = options.peers[service];
    if (!url) throw new Error(`The address of ${service} is not configured (${service.toUpperCase()}_URL)`);
    const known = transports.get(service) ?? fetchTransport(url);
    transports.set(service, known);
    return known;
  };

  const callFrom = (service: ServiceName) => createCaller(transport, serviceTokens(app, service));
  let publicKey: Promise<string> | undefined;
  const first = services[0]?.name ?? "web";
  await app.register(authentication, {
    serviceSecret: options.serviceSecret,
    personPublicKey: () =>
      (publicKey ??= callFrom(first)(authKeys, {}, { trace: "auth-keys" })
        .then(({ publicKey: pem }) => pem)
        .catch((error: unknown) => {
          publicKey = undefined;
          throw error;
        })),
  });

  if (options.rateLimits) await limitRequests(app, options.rateLimits);

  const afterAnswers = new Set<Promise<void>>();
  let begunAfterAnswers = 0;
  function afterAnswer(work: () => Promise<void>): void {
    begunAfterAnswers += 1;
    const done = work().finally(() => afterAnswers.delete(done));
    afterAnswers.add(done);
  }

  const databases: Database[] = [];
  const health: HealthPart[] = [{ name: "queue", check: () => queue.ping() }];
  const started: { name: ServiceName; parts: ServiceParts; db: Database }[] = [];
  for (const service of services) {
    const db = connectDatabase({
      url: options.databaseUrl(service.name),
      name: service.name,
      ...(options.maxConnections ? { maxConnections: options.maxConnections } : {}),
      onCommitted: (nudges) => queue.send(nudges),
    });
    databases.push(db);
    const childLog = log.child({ service: service.name });
    const parts = await service.start({
      db,
      clock,
      log: childLog,
      call: callFrom(service.name),
      afterAnswer,
      // Also where the process keeps its secret in a file: a service may key a hash with it.
      environment: { ...environment, SERVICE_SECRET: options.serviceSecret },
    });
    started.push({ name: service.name, parts, db });
    if (service.migrations) health.push({ name: `${service.name} database`, check: () => db.ping() });
    health.push(...(parts.health ?? []));
    metrics.show(parts.gauges ?? []);
    if (role !== "worker") {
      await app.register(async (scope) => parts.routes(scope as unknown as App));
      const { name, migrations } = service;
      if (migrations && isOwning(name)) deskRoutes(app, { service: name, db, clock, jobs: parts.jobs ?? {} });
    }
  }
  serveHealth(app, () => health);
  await app.ready();

  const workers: RunningWorker[] = [];
  const keepers: NodeJS.Timeout[] = [];
  if (role !== "api") {
    for (const { name, parts, db } of started) {
      const childLog = log.child({ service: name });
      const jobs = {
        ...(parts.handlers
          ? {
              "handle-delivery": deliveriesJob({
                service: name,
                db,
                clock,
                log: childLog,
                handlers: parts.handlers,
              }),
            }
          : {}),
        ...parts.jobs,
      };
      if (Object.keys(jobs).length === 0) continue;
      if (options.sweepEveryMs !== null)
        keepers.push(setInterval(() => void forget(name, db, parts, childLog), forgetEveryMs));
      workers.push(
        await startWorker({
          service: name,
          jobs,
          queue,
          log: childLog,
          ...(options.sweepEveryMs === undefined ? {} : { sweepEveryMs: options.sweepEveryMs }),
          onRun: (job, outcome, seconds) => metrics.countJob(name, job, outcome, seconds),
        }),
      );
    }
  }

  async function forget(
    name: ServiceName,
    db: Database,
    parts: Pick<ServiceParts, "forget">,
    serviceLog: Logger,
  ): Promise<void> {
    try {
      const rows = (await forgetOld(db, name, clock)) + ((await parts.forget?.()) ?? 0);
      if (rows > 0) serviceLog.info({ rows }, "forgot what has done its duty");
    } catch (error) {
      serviceLog.warn({ err: error }, "could not forget old rows; it is tried again in an hour");
    }
  }

  return {
    app,
    queue,
    async settle() {
      const runs = () => workers.reduce((sum, worker) => sum + worker.runs(), begunAfterAnswers);
      const busyHere = () =>
        afterAnswers.size > 0 || queue.isBusyHere() || workers.some((worker) => worker.busy() > 0);
      const aMoment = () => new Promise((resolve) => setTimeout(resolve, 1));
      for (;;) {
        // Nudges bring most of the work: looking for it meanwhile would only slow them down.
        while (busyHere()) await aMoment();
        const before = runs();
        let found = 0;
        for (const worker of workers) found += await worker.sweep();
        if (found > 0) continue;
        while (busyHere() || !(await queue.isIdle())) await aMoment();
        // What a nudge did during the sweep may have made something due where the sweep had looked already.
        if (runs() === before) return;
      }
    },
    async stop() {
      for (const keeper of keepers) clearInterval(keeper);
      // What runs may still call the services here, so the app closes after it. Each step is given its time, so
      // that a backend which no longer answers cannot hold up the end: its rows stay due.
      await within(1_800, Promise.all([...workers.map((worker) => worker.stop()), ...afterAnswers]));
      await within(500, Promise.resolve(app.close()));
      const closing = [
        queue.close(),
        ...started.map(async ({ parts }) => parts.close?.()),
        ...databases.map((database) => database.close()),
      ];
      if (!(await within(1_300, Promise.allSettled(closing)))) log.warn("something did not close in time");
    },
  };
}
