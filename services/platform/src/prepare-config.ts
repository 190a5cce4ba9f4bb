import type { ServiceName } from "@minka/contracts/service-names";
import { z } from "zod";
import { readSettings, SettingsError, type Environment } from "@minka/service/settings";
import { isRehearsal, smsGatewayList } from "@minka/service/sms-gateways";

// They travel in addresses, where other characters would mean something else.
const password = z
  .string("is needed")
  .regex(/^[\w-]{12,}$/, "at least 12 characters, of letters, digits, - and _");

const environmentSchema = z.object({
  OWNER_DATABASE_URL: z.url("the address of the database, with its owner's name and password"),
  PROFILES_DATABASE_PASSWORD: password,
  CATALOG_DATABASE_PASSWORD: password,
  MATCHING_DATABASE_PASSWORD: password,
  BROKERING_DATABASE_PASSWORD: password,
  NOTIFICATIONS_DATABASE_PASSWORD: password,
  WEB_DATABASE_PASSWORD: password,
  MONITORING_DATABASE_PASSWORD: password.optional(),
  SEED: z.enum(["none", "demo", "program"]).default("none"),
  SMS_GATEWAY: smsGatewayList,
});

export type PrepareConfig = {
  readonly ownerUrl: string;
  readonly password: (service: ServiceName) => string;
  /** Null: nobody watches the database. */
  readonly monitoringPassword: string | null;
  readonly seed: "none" | "demo" | "program";
};

/** Reads the environment once. Throws SettingsError naming every setting that is wrong. */
export function readPrepareConfig(environment: Environment): PrepareConfig {
  const settings = readSettings(environmentSchema, environment);
  if (settings.SEED !== "none" && !isRehearsal(settings.SMS_GATEWAY)) {
    throw new SettingsError(
      "SEED: demo people must not be loaded where a real SMS gateway could write to them",
    );
  }
  const passwords: Record<ServiceName, string> = {
    profiles: settings.PROFILES_DATABASE_PASSWORD,
    catalog: settings.CATALOG_DATABASE_PASSWORD,
    matching: settings.MATCHING_DATABASE_PASSWORD,
    brokering: settings.BROKERING_DATABASE_PASSWORD,
    notifications: settings.NOTIFICATIONS_DATABASE_PASSWORD,
    web: settings.WEB_DATABASE_PASSWORD,
  };
  return {
    ownerUrl: settings.OWNER_DATABASE_URL,
    password: (service) => passwords[service],
    monitoringPassword: settings.MONITORING_DATABASE_PASSWORD ?? null,
    seed: settings.SEED,
  };
}
