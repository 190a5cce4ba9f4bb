import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProxy, type Proxy } from "@minka/test-kit/proxy";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startIntakeProcess, type IntakeProcess } from "../support/intake-process.ts";
import { until } from "../support/until.ts";

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const phone = "+51987000001";
let database: TestDatabase;
let proxy: Proxy;
let journal: string;
let owner: postgres.Sql;
let processes: IntakeProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const { hostname: host, port } = new URL(database.ownerUrl);
  proxy = await startProxy({ host, port: Number(port) });
  journal = await mkdtemp(join(tmpdir(), "minka-journal-"));
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => {} });
});
afterEach(async () => {
  await proxy.restore();
  await Promise.all(processes.splice(0).map((each) => each.stop()));
});
afterAll(async () => {
  await owner.end();
  await proxy.close();
  await database.drop();
  await rm(journal, { recursive: true, force: true });
});

async function start(count: number): Promise<IntakeProcess[]> {
  const url = new URL(database.url("notifications"));
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  const environment = { DATABASE_URL: url.href, SMS_JOURNAL_DIR: journal };
  const started = await Promise.all(Array.from({ length: count }, () => startIntakeProcess(environment)));
  processes.push(...started);
  return started;
}

const bodies = async (from = phone) =>
  (
    await owner<{ body: string }[]>`
      select body from notifications.inbound_messages where phone = ${from} order by sequence`
  ).map(({ body }) => body);

const filesOnDisk = async () =>
  (await readdir(journal, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());

test("the same message handed over a hundred times at once to four processes is kept once", async () => {
  const four = await start(4);
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const one = four[index % four.length];
      if (!one) throw new Error("no process");
      return one.write({ from: phone, text: "quiero abono", key: "one-and-the-same-id" });
    }),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 202));
  expect(await bodies()).toEqual(["quiero abono"]);
});

test("the same message handed over a hundred times while the database is away is kept once", async () => {
  const from = "+51987000002";
  const four = await start(4);
  await proxy.cut();
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const one = four[index % four.length];
      if (!one) throw new Error("no process");
      return one.write({ from, text: "quiero abono", key: "one-and-the-same-id-again" });
    }),
  );
  expect(answers.every(({ status }) => status === 202)).toBe(true);
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(5_000);
  await proxy.restore();
  await until(async () => ((await filesOnDisk()).length === 0 ? true : undefined), {
    what: "the journal is drained",
    withinMs: 60_000,
  });
  expect(await bodies(from)).toEqual(["quiero abono"]);
});

test("what a killed process had on disk is brought in by the next one, in order", async () => {
  const from = "+51987000003";
  const [first, second] = await start(2);
  if (!first || !second) throw new Error("no processes");
  proxy.hang();
  for (const [index, one] of [first, second, first].entries()) {
    const answer = await one.write({ from, text: `mensaje ${index}`, key: `a-message-number-${index}` });
    expect(answer.status).toBe(202);
    expect(answer.ms).toBeLessThan(5_000);
  }
  const metrics = await (await fetch(`${first.url}/metrics`)).text();
  expect(metrics).toContain("minka_sms_journal_messages 3");
  expect(metrics).toMatch(/minka_sms_journal_oldest_seconds [0-9.e-]+/);
  const health = (await (await fetch(`${first.url}/health/ready`)).json()) as { parts: object };
  expect(health.parts).toMatchObject({
    "notifications database": expect.stringContaining("down"),
    "sms journal": "up",
  });
  await Promise.all([first.kill(), second.kill()]);
  processes = [];
  expect(await filesOnDisk()).toHaveLength(3);
  await proxy.restore();
  await start(1);
  await until(async () => ((await bodies(from)).length === 3 ? true : undefined), {
    what: "the messages are stored",
    withinMs: 60_000,
  });
  expect(await bodies(from)).toEqual(["mensaje 0", "mensaje 1", "mensaje 2"]);
  await until(async () => ((await filesOnDisk()).length === 0 ? true : undefined), {
    what: "the journal is empty",
  });
});

test("SIGTERM while the database hangs and messages come in loses none that was acknowledged", async () => {
  const [one] = await start(1);
  if (!one) throw new Error("no process");
  const numbers = (batch: number) =>
    Array.from({ length: 12 }, (_, index) => `+5198700${batch}0${String(index).padStart(2, "0")}`);
  const write = (from: string) => one.write({ from, text: "hola", key: `written-at-the-end-${from}` });
  proxy.hang();
  const early = numbers(1).map(write);
  await Promise.race(early);
  const late = numbers(2).map(write);
  await Promise.race(late);
  await one.stop();
  processes = [];
  const answers = await Promise.allSettled([...early, ...late]);
  const acknowledged = [...numbers(1), ...numbers(2)].filter((_, index) => {
    const answer = answers[index];
    return answer?.status === "fulfilled" && answer.value.status === 202;
  });
  expect(acknowledged.length).toBeGreaterThan(12);
  await proxy.restore();
  await start(1);
  await until(
    async () => {
      const kept = await Promise.all(acknowledged.map(async (from) => (await bodies(from)).length));
      return kept.every((count) => count === 1) ? true : undefined;
    },
    { what: "what was acknowledged is stored", withinMs: 60_000 },
  );
  await until(async () => ((await filesOnDisk()).length === 0 ? true : undefined), {
    what: "the journal is empty",
  });
});
