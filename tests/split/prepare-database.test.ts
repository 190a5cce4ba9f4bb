import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { serviceNames } from "@minka/contracts/service-names";
import { createTestDatabase, testPassword, type TestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { freePort } from "../support/free-port.ts";

const root = join(import.meta.dirname, "../..");
let database: TestDatabase;
/** An empty one beside it. */
let emptyUrl: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const url = new URL(database.ownerUrl);
  url.pathname = `${url.pathname}_empty`;
  emptyUrl = url.href;
  await connected(database.ownerUrl, (sql) => sql`create database ${sql(url.pathname.slice(1))}`);
});
afterAll(async () => {
  await connected(
    database.ownerUrl,
    (sql) => sql`drop database ${sql(new URL(emptyUrl).pathname.slice(1))} with (force)`,
  );
  await database.drop();
});

async function connected<Result>(url: string, work: (sql: postgres.Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

function as(role: string): string {
  const url = new URL(emptyUrl);
  url.username = role;
  url.password = testPassword;
  return url.href;
}

/** Roles belong to the whole server: other passwords would lock the other tests out. */
const passwords = Object.fromEntries(
  [...serviceNames, "monitoring"].map((name) => [`${name.toUpperCase()}_DATABASE_PASSWORD`, testPassword]),
);

function prepare(environment: Record<string, string>) {
  const child = spawn(process.execPath, ["services/platform/src/prepare-database-main.ts"], {
    cwd: root,
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  return { child, said: text(child.stderr), code: new Promise((resolve) => child.once("exit", resolve)) };
}

test("an empty database becomes ready for every service, and a second time changes nothing", async () => {
  for (let time = 0; time < 2; time += 1) {
    const { said, code } = prepare({ OWNER_DATABASE_URL: emptyUrl, ...passwords });
    expect([await code, await said]).toEqual([0, "The database is ready.\n"]);
  }
  for (const [service, table] of [
    ["profiles", "people"],
    ["notifications", "outbound_messages"],
  ] as const) {
    const [row] = await connected(
      as(service),
      (sql) => sql`select count(*)::int as count from ${sql(service)}.${sql(table)}`,
    );
    expect(row).toEqual({ count: 0 });
  }
});

test("whoever watches the database can count what waits, and read no phone and no text", async () => {
  const file = parse(await readFile(join(root, "infra/prometheus/counts.yml"), "utf8")) as {
    collectors: {
      metrics: { metric_name: string; values: string[]; query_ref: string }[];
      queries: { query_name: string; query: string }[];
    }[];
  };
  const [collector] = file.collectors;
  if (!collector) throw new Error("nothing is counted");
  await connected(
    emptyUrl,
    (sql) => sql`
      insert into events.deliveries (id, event, emitter, subscriber, payload, trace, occurred_at, due_at, attempts)
      select uuidv7(), 'request.matched', 'matching', 'notifications', '{}', 'a-trace', now(), now(), attempts
      from unnest(${[0, 10]}::integer[]) as attempts`,
  );
  const counted: Record<string, number> = { unhandled: 2, parked: 1 };
  for (const { query_name, query } of collector.queries) {
    const [row] = await connected(as("monitoring"), (sql) => sql.unsafe(query));
    const columns = collector.metrics
      .filter(({ query_ref }) => query_ref === query_name)
      .flatMap(({ values }) => values);
    expect(row).toEqual(Object.fromEntries(columns.map((column) => [column, counted[column] ?? 0])));
  }
  const metrics = collector.metrics.map(({ metric_name }) => metric_name);
  const alerts = await readFile(join(root, "infra/prometheus/alerts.yml"), "utf8");
  const inAlerts = [...alerts.matchAll(/\bminka_(?:deliveries|messages|oldest)\w+/g)].map(([name]) => name);
  expect(metrics).toEqual(expect.arrayContaining(inAlerts));

  for (const statement of [
    "select phone from notifications.outbound_messages",
    "select body from notifications.inbound_messages",
    "select payload from events.deliveries",
    "select * from profiles.people",
  ]) {
    await expect(connected(as("monitoring"), (sql) => sql.unsafe(statement))).rejects.toThrow(
      /permission denied/,
    );
  }
});

test("waits for a database that is not up yet", async () => {
  const port = await freePort();
  const url = new URL(emptyUrl);
  const target = { host: url.hostname, port: Number(url.port) };
  url.port = String(port);
  url.hostname = "127.0.0.1";
  const { child, said, code } = prepare({ OWNER_DATABASE_URL: url.href, ...passwords });
  let server: Server | undefined;
  child.stderr.once("data", () => {
    server = createServer((socket) => {
      const onward = connect(target);
      socket.pipe(onward).pipe(socket);
      socket.on("error", () => onward.destroy());
      onward.on("error", () => socket.destroy());
    }).listen(port, "127.0.0.1");
  });
  expect(await code).toBe(0);
  expect(await said).toMatch(/^Waiting for the database at 127\.0\.0\.1:\d+\/.+\nThe database is ready\.\n$/);
  expect(server?.address()).toMatchObject({ port });
  server?.close();
});

test.each([
  [{}, /OWNER_DATABASE_URL.*PROFILES_DATABASE_PASSWORD.*WEB_DATABASE_PASSWORD/],
  [{ ...passwords, OWNER_DATABASE_URL: "postgres://nobody:wrong@HOST/minka" }, /cannot be used: /],
  [
    { ...passwords, OWNER_DATABASE_URL: "postgres://a@HOST/b", SEED: "demo", SMS_GATEWAY: "twilio" },
    /SEED: demo people/,
  ],
])("says in one line what is wrong: %#", async (environment: Record<string, string>, why) => {
  const { host } = new URL(emptyUrl);
  const given = Object.entries(environment).map(([name, value]) => [name, value.replace("HOST", host)]);
  const { said, code } = prepare(Object.fromEntries(given) as Record<string, string>);
  expect(await code).toBe(1);
  expect(await said).toMatch(/^The database was not prepared\. [^\n]+\n$/);
  expect(await said).toMatch(why);
});
