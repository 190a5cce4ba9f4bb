import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort, startReadyPlatform, type PlatformProcess } from "../support/platform-process.ts";
import { remotePhone } from "../support/remote-phone.ts";
import { until } from "../support/until.ts";
import { postgresProcesses, signalPostgres } from "./postgres-processes.ts";

// One platform for all, in the order in which they stand; the last one ends it.
let dataDir: string;
let platform: PlatformProcess;
let logged = "";
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "minka-process-"));
  platform = await startReadyPlatform({
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    SEED: "demo",
    LOG_LEVEL: "debug",
  });
  platform.child.stdout?.on("data", (chunk: Buffer) => (logged += chunk.toString()));
});
afterAll(async () => {
  signalPostgres(dataDir, "SIGCONT");
  await platform.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function ready(): Promise<{ status: number; parts: Record<string, string> }> {
  const response = await fetch(`${platform.url}/health/ready`);
  const { parts } = (await response.json()) as { parts: Record<string, string> };
  return { status: response.status, parts };
}

async function untilReady(): Promise<void> {
  await until(async () => ((await ready()).status === 200 ? true : undefined), { what: "ready again" });
}

test("the request id of an SMS is in the log of everything that follows from it", async () => {
  const phone = remotePhone("+51900900904", () => platform.url);
  const write = (text: string, trace: string) =>
    fetch(`${platform.url}/simulator/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-request-id": trace },
      body: JSON.stringify({ from: phone.number, text }),
    });
  await write("nesecito un tecnico pa la monilia en mi cacao, tocache", "first-sms-1");
  expect(await phone.hears()).toContain("SI o NO");
  await write("SI", "second-sms-2");
  expect(await phone.hears()).toContain("\n1 ");

  const jobsOf = (trace: string) =>
    logged
      .split("\n")
      .filter((line) => line.startsWith("{") && line.endsWith("}"))
      .map((line) => JSON.parse(line) as { msg: string; trace?: string; job?: string })
      .filter((line) => line.trace === trace && line.msg === "job run")
      .map(({ job }) => job);
  const expected = ["advance-conversation", "match-request", "handle-delivery", "send-message"];
  await until(
    async () => (expected.every((job) => jobsOf("second-sms-2").includes(job)) ? true : undefined),
    { what: `a line for each of ${expected.join()}`, withinMs: 5_000 },
  );
  expect(jobsOf("first-sms-1")).toEqual(expect.arrayContaining(["advance-conversation", "send-message"]));
  expect(logged).not.toContain("monilia");
  expect(logged).not.toContain(phone.number);
});

test("a database that was killed comes back by itself, with the data", async () => {
  const phone = remotePhone("+51900900903", () => platform.url);
  await phone.writes("hola");
  await phone.hears();
  for (const pid of postgresProcesses(dataDir)) process.kill(pid, "SIGKILL");
  await untilReady();
  expect(await phone.received()).toHaveLength(1);
  // Another phone: the kill may have met the first one's conversation while it was held, and that lasts half a minute.
  const other = remotePhone("+51900900905", () => platform.url);
  await other.writes("hola");
  expect(await other.hears()).not.toBe("");
});

test("a database that has stopped is named as down, and as up when it goes on", async () => {
  signalPostgres(dataDir, "SIGSTOP");
  const down = await ready();
  expect(down.status).toBe(503);
  for (const name of ["queue", "matching database", "notifications database"]) {
    expect(down.parts[name]).toMatch(/^down: /);
  }
  expect((await fetch(`${platform.url}/health/live`)).status).toBe(200);
  signalPostgres(dataDir, "SIGCONT");
  await untilReady();
  const phone = remotePhone("+51900900902", () => platform.url);
  await phone.writes("hola");
  expect(await phone.hears()).not.toBe("");
});

test("a database that has stopped does not hold up the end, and is gone once it can move", async () => {
  signalPostgres(dataDir, "SIGSTOP");
  expect((await ready()).status).toBe(503);
  const { ms } = await platform.stop();
  expect(ms).toBeLessThan(5_000);
  signalPostgres(dataDir, "SIGCONT");
  await until(async () => (postgresProcesses(dataDir).length === 0 ? true : undefined), { what: "the end" });
});
