import type { ServiceName } from "@minka/contracts/service-names";
import { systemClock } from "@minka/domain/clock";
import { createLog } from "@minka/http/log";
import { rateLimitSettings } from "@minka/http/rate-limits";
import { z } from "zod";
import type { ServiceDefinition } from "./define-service.ts";
import { runServices } from "./run-services.ts";
import { runUntilStopped } from "./run-until-stopped.ts";
import { describeStartFailure, readSettings, refuseShiftedClock } from "./settings.ts";

const environmentSchema = z.object({
  HOST: z.string().default("0.0.0.0"),
  PORT: z.coerce.number().int().default(3000),
  ROLE: z.enum(["api", "worker", "all"]).default("all"),
  /** With this service's own role. A service without data needs it only for a queue on Postgres. */
  DATABASE_URL: z.url(),
  REDIS_URL: z.url().optional(),
  SERVICE_SECRET: z.string().min(32),
  LOG_LEVEL: z.string().default("info"),
  CLOCK_OFFSET_MS: z.coerce.number().int().default(0),
  TRUST_PROXY: z.enum(["true", "false"]).default("false"),
  ...rateLimitSettings,
  NODE_ENV: z.string().optional(),
  PROFILES_URL: z.url().optional(),
  CATALOG_URL: z.url().optional(),
  MATCHING_URL: z.url().optional(),
  BROKERING_URL: z.url().optional(),
  NOTIFICATIONS_URL: z.url().optional(),
  WEB_URL: z.url().optional(),
});

/** Runs one service as a process of its own, configured by its environment. */
export async function runAlone(service: ServiceDefinition): Promise<void> {
  await runUntilStopped(
    async () => {
      const settings = readSettings(environmentSchema, process.env);
      refuseShiftedClock(settings);
      const peers: Partial<Record<ServiceName, string>> = {};
      for (const name of ["profiles", "catalog", "matching", "brokering", "notifications", "web"] as const) {
        const url = settings[`${name.toUpperCase() as Uppercase<typeof name>}_URL`];
        if (url) peers[name] = url;
      }
      const log = createLog({ level: settings.LOG_LEVEL, service: service.name });
      const running = await runServices({
        services: [service],
        role: settings.ROLE,
        databaseUrl: () => settings.DATABASE_URL,
        queue: settings.REDIS_URL ? { redisUrl: settings.REDIS_URL } : { postgresUrl: settings.DATABASE_URL },
        peers,
        serviceSecret: settings.SERVICE_SECRET,
        environment: process.env,
        clock: systemClock(settings.CLOCK_OFFSET_MS),
        log,
        trustProxy: settings.TRUST_PROXY === "true",
        rateLimits: {
          perAddress: settings.RATE_LIMIT_PER_ADDRESS,
          perPerson: settings.RATE_LIMIT_PER_PERSON,
          redisUrl: settings.REDIS_URL ?? null,
        },
      });
      await running.app.listen({ host: settings.HOST, port: settings.PORT });
      log.info({ port: settings.PORT, role: settings.ROLE }, "ready");
      return running.stop;
    },
    (error) => `${service.name} did not start. ${describeStartFailure(error)}`,
  );
}
