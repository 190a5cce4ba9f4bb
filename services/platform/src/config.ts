import { readSettings, refuseShiftedClock, SettingsError, type Environment } from "@minka/service/settings";
import { isRehearsal, smsGatewayList } from "@minka/service/sms-gateways";
import { rateLimitSettings, type RateLimits } from "@minka/http/rate-limits";
import { z } from "zod";

const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");

const databaseAddress = z.url({
  protocol: /^postgres(ql)?$/,
  error: "an address such as postgres://owner:password@localhost:5432/minka",
});

const environmentSchema = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATA_DIR: z.string().default(".data"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  SEED: z.enum(["none", "demo", "program"]).optional(),
  SMS_GATEWAY: smsGatewayList,
  DATABASE_URL: databaseAddress.optional(),
  OWNER_DATABASE_URL: databaseAddress.optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "an address such as redis://localhost:6379" }).optional(),
  SERVICE_SECRET: z.string().min(32).optional(),
  CLOCK_OFFSET_MS: z.coerce.number().int().default(0),
  TRUST_PROXY: flag,
  ...rateLimitSettings,
  NODE_ENV: z.string().optional(),
});

export type PlatformConfig = {
  host: string;
  port: number;
  dataDir: string;
  logLevel: string;
  seed: "none" | "demo" | "program";
  simulator: boolean;
  /** A database of one's own instead of the embedded one; needs the owner's URL. */
  ownerDatabaseUrl: string | null;
  redisUrl: string | null;
  serviceSecret: string | null;
  clockOffsetMs: number;
  trustProxy: boolean;
  rateLimits: RateLimits;
};

/** Reads the environment once. Throws SettingsError naming every setting that is wrong. */
export function readConfig(environment: Environment): PlatformConfig {
  const settings = readSettings(environmentSchema, environment);
  const simulator = isRehearsal(settings.SMS_GATEWAY);
  const seed = settings.SEED ?? (simulator ? "demo" : "none");
  if (!simulator && seed !== "none")
    throw new SettingsError(
      "SEED: demo people must not be loaded where a real SMS gateway could write to them",
    );
  refuseShiftedClock(settings);
  return {
    host: settings.HOST,
    port: settings.PORT,
    dataDir: settings.DATA_DIR,
    logLevel: settings.LOG_LEVEL,
    seed,
    simulator,
    ownerDatabaseUrl: settings.OWNER_DATABASE_URL ?? settings.DATABASE_URL ?? null,
    redisUrl: settings.REDIS_URL ?? null,
    serviceSecret: settings.SERVICE_SECRET ?? null,
    clockOffsetMs: settings.CLOCK_OFFSET_MS,
    trustProxy: settings.TRUST_PROXY,
    rateLimits: {
      perAddress: settings.RATE_LIMIT_PER_ADDRESS,
      perPerson: settings.RATE_LIMIT_PER_PERSON,
      redisUrl: settings.REDIS_URL ?? null,
    },
  };
}
