import { SettingsError } from "@minka/service/settings";
import { readConfig } from "../src/config.ts";
import { expect, test } from "vitest";

test("with nothing set it is the demo on this machine", () => {
  expect(readConfig({})).toMatchObject({
    host: "127.0.0.1",
    port: 3000,
    dataDir: ".data",
    seed: "demo",
    simulator: true,
    ownerDatabaseUrl: null,
    redisUrl: null,
    rateLimits: { perAddress: 1_200, perPerson: 300, redisUrl: null },
  });
});

test("a setting that is empty is a setting that is not there", () => {
  expect(readConfig({ PORT: "", DATABASE_URL: "", SEED: "" })).toEqual(readConfig({}));
});

test("with a real gateway nobody is made up", () => {
  expect(readConfig({ SMS_GATEWAY: "twilio" })).toMatchObject({ seed: "none", simulator: false });
  for (const SEED of ["demo", "program"]) {
    expect(() => readConfig({ SMS_GATEWAY: "twilio", SEED })).toThrow(/demo people must not be loaded/);
  }
});

test("the owner's address comes before the other", () => {
  const DATABASE_URL = "postgresql://a@localhost/minka";
  const OWNER_DATABASE_URL = "postgres://b@localhost/minka";
  expect(readConfig({ DATABASE_URL }).ownerDatabaseUrl).toBe(DATABASE_URL);
  expect(readConfig({ DATABASE_URL, OWNER_DATABASE_URL }).ownerDatabaseUrl).toBe(OWNER_DATABASE_URL);
});

test.each([
  ["DATABASE_URL", "postgres"],
  ["DATABASE_URL", "mysql://localhost/minka"],
  ["OWNER_DATABASE_URL", "http://localhost/minka"],
  ["REDIS_URL", "http://localhost"],
  ["PORT", "many"],
  ["PORT", "70000"],
  ["PORT", "-1"],
  ["LOG_LEVEL", "loud"],
  ["SEED", "everything"],
  ["SMS_GATEWAY", "pigeon"],
  ["CLOCK_OFFSET_MS", "1.5"],
  ["SERVICE_SECRET", "short"],
  ["TRUST_PROXY", "yes"],
  ["RATE_LIMIT_PER_ADDRESS", "-1"],
  ["RATE_LIMIT_PER_PERSON", "many"],
])("%s=%s is refused by name, in one line", (name, value) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(new RegExp(`^Wrong settings: ${name}: [^\\n]+$`));
});

test("all that is wrong is named at once", () => {
  expect(() => readConfig({ PORT: "many", SEED: "everything" })).toThrow(/PORT: .*; SEED: /);
});

test("a shifted clock is not for production", () => {
  expect(() => readConfig({ CLOCK_OFFSET_MS: "1000", NODE_ENV: "production" })).toThrow(/CLOCK_OFFSET_MS/);
  expect(readConfig({ CLOCK_OFFSET_MS: "1000" }).clockOffsetMs).toBe(1000);
});
