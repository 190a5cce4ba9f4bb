import { generateKeyPairSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { jobCatalog } from "@minka/contracts/jobs";
import { serviceNames } from "@minka/contracts/service-names";
import { allServices } from "@minka/platform";
import { runForTest } from "@minka/test-kit/run-for-test";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environmentOf, filledIn, readCompose, readExample, settingsAskedFor } from "../support/compose.ts";

const root = join(import.meta.dirname, "../..");
const compose = await readCompose();
const watching = await readCompose("compose.monitoring.yaml");
const example = await readExample();

function containersOf(service: string) {
  return Object.values(compose.services).filter(({ environment }) => environment?.["SERVICE"] === service);
}

test("every setting that a container asks for is explained in the example, and no other", () => {
  const asked = settingsAskedFor(compose).all.union(settingsAskedFor(watching).all);
  expect([...asked].toSorted()).toEqual(Object.keys(example).toSorted());
});

test("compose refuses to start while a secret is empty", () => {
  const { needed } = settingsAskedFor(compose);
  expect([...needed].filter((name) => /PASSWORD|SECRET/.test(name))).toHaveLength(serviceNames.length + 2);
  for (const container of serviceNames.flatMap(containersOf)) {
    expect(() => environmentOf(container, example)).toThrow(/is needed/);
  }
});

test("only the proxy is reached from outside", () => {
  const open = Object.entries(compose.services).filter(([, { ports }]) => ports);
  expect(open.map(([name]) => name)).toEqual(["proxy"]);
  expect(open[0]?.[1].ports).toEqual(["80:80", "443:443", "443:443/udp"]);
  // Notifications alone calls a gateway.
  const inside = serviceNames.filter((name) => name !== "notifications");
  for (const name of ["postgres", "queue", "matching-worker", ...inside]) {
    expect(compose.services[name]?.networks, name).toEqual(["inside"]);
  }
  const watchers = Object.values(watching.services).flatMap(({ ports = [] }) => ports);
  expect(watchers).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
});

test("the owner's password is known to the database and to what prepares it", () => {
  const knowing = Object.entries(compose.services).filter(([, { environment = {} }]) =>
    JSON.stringify(environment).includes("OWNER_DATABASE_PASSWORD"),
  );
  expect(knowing.map(([name]) => name).toSorted()).toEqual(["postgres", "prepare"]);
});

describe.each(serviceNames)("%s", (service) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test("has a container that answers and, if it has jobs, one that does them", () => {
    const roles = containersOf(service).map(({ environment }) => environment?.["ROLE"] ?? "all");
    expect(roles.some((role) => role !== "worker")).toBe(true);
    expect(roles.some((role) => role !== "api")).toBe(jobCatalog[service].length > 0);
    // The name under which the others call it.
    expect(compose.services[service]?.environment?.["ROLE"]).not.toBe("worker");
  });

  test("uses its own database role, waits until that is prepared, and starts again when it ends", () => {
    for (const container of containersOf(service)) {
      const { DATABASE_URL = "" } = environmentOf(container, filledIn(compose, example));
      expect(new URL(DATABASE_URL).username).toBe(service);
      expect(container.depends_on).toMatchObject({
        prepare: { condition: "service_completed_successfully" },
      });
      expect(container.restart).toBe("unless-stopped");
    }
  });

  test("is given every setting that its configuration reads", async () => {
    const files = [`services/${service}/src/config.ts`, "packages/service/src/run-alone.ts"];
    const texts = await Promise.all(files.map((file) => readFile(join(root, file), "utf8").catch(() => "")));
    const read = texts.join("\n").matchAll(/^\s+([A-Z][A-Z0-9_]{3,}): |\["([A-Z][A-Z0-9_]{3,})"\]/gm);
    const names = [...read].map(([, key, member]) => key ?? member ?? "");
    expect(names).toEqual(expect.arrayContaining(["DATABASE_URL", "SERVICE_SECRET"]));
    // The image says where to listen, ROLE is "all" unless said, and a shifted clock is for rehearsals.
    const given = new Set(["HOST", "PORT", "ROLE", "CLOCK_OFFSET_MS"]);
    for (const container of containersOf(service)) {
      for (const name of Object.keys(container.environment ?? {})) given.add(name);
      expect(names.filter((name) => !given.has(name))).toEqual([]);
    }
  });

  test.each(["twilio", "simulator"])("accepts the example's settings with %s", async (gateway) => {
    const definition = allServices.find(({ name }) => name === service);
    if (!definition) throw new Error(`no ${service}`);
    const settings = filledIn(compose, example, {
      SMS_GATEWAY: gateway,
      TOKEN_PRIVATE_KEY: newKeyInOneLine(),
      OPERATOR_PHONES: "+51987000001,+51987000002",
      MINKA_SMS_NUMBER: "+51987000000",
      SIMULATOR_PHONES: "+51987000001 Rosa, técnica; +51987000002 Elmer",
    });
    for (const container of containersOf(service)) {
      const run = await runForTest([definition], {
        database,
        environment: environmentOf(container, settings),
      });
      const { statusCode } = await run.app.inject({ url: "/health/live" });
      expect(statusCode).toBe(200);
      await run.stop();
    }
  });
});

/** As it stands in an environment file. */
function newKeyInOneLine(): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString().replaceAll("\n", "\\n");
}
