import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, testPassword } from "@minka/test-kit/test-database";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  freePort,
  startPlatformProcess,
  startReadyPlatform,
  type PlatformProcess,
} from "../support/platform-process.ts";
import { remotePhone } from "../support/remote-phone.ts";
import { until } from "../support/until.ts";
import { postgresProcesses } from "./postgres-processes.ts";

const root = join(import.meta.dirname, "../..");
let dataDir: string;
let running: PlatformProcess[];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "minka-process-"));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((platform) => platform.stop()));
  await rm(dataDir, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}): Promise<PlatformProcess> {
  const platform = await startReadyPlatform({
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    SEED: "none",
    ...environment,
  });
  running.push(platform);
  return platform;
}

/** What a start that must fail says: it ends with an error and one line that tells why. */
async function refusal(environment: Record<string, string>): Promise<string> {
  const started = await startPlatformProcess({ DATA_DIR: dataDir, SEED: "none", ...environment });
  if (started.ready) {
    running.push(started.platform);
    throw new Error("it started");
  }
  expect(started.code).toBe(1);
  const lines = started.stderr.trim().split("\n");
  expect(
    lines.slice(0, -1).every((line) => line.endsWith(" …")),
    started.stderr,
  ).toBe(true);
  return lines.at(-1) ?? "";
}

async function readiness({ url }: PlatformProcess): Promise<number> {
  return (await fetch(`${url}/health/ready`)).status;
}

async function expectAllStopped(stopping: Promise<{ code: number | null; ms: number }>): Promise<void> {
  const { code, ms } = await stopping;
  expect(ms).toBeLessThan(5_000);
  expect(code).toBe(0);
  expect(postgresProcesses(dataDir)).toEqual([]);
}

describe("starting and stopping", () => {
  test("a private folder with other files in it becomes a platform that is ready when it says so", async () => {
    await chmod(dataDir, 0o700);
    await writeFile(join(dataDir, "notes.txt"), "mine", { mode: 0o600 });
    const platform = await start({ SEED: "demo" });
    expect(await readiness(platform)).toBe(200);
    expect((await fetch(`${platform.url}/simulator`)).status).toBe(200);
    expect(await readFile(join(dataDir, "notes.txt"), "utf8")).toBe("mine");
    expect((await stat(join(dataDir, "secrets"))).mode & 0o077).toBe(0);
    expect((await stat(join(dataDir, "secrets/services"))).mode & 0o077).toBe(0);
    // Others may pass through when the database needs it, and neither list nor read.
    expect((await stat(dataDir)).mode & 0o066).toBe(0);
    await expectAllStopped(platform.stop());
  });

  test("Ctrl-C and SIGTERM stop everything within five seconds, and again it starts quickly", async () => {
    const first = await start();
    // A connection that its client keeps open must not hold up the end.
    await (await fetch(`${first.url}/health/live`)).text();
    await expectAllStopped(first.stop("SIGINT"));
    const began = performance.now();
    const second = await start();
    const ms = performance.now() - began;
    process.stderr.write(`second start: ${Math.round(ms)} ms\n`);
    expect(ms).toBeLessThan(15_000);
    await expectAllStopped(second.stop("SIGTERM"));
  });

  test("SIGTERM in the middle of a start leaves nothing behind", async () => {
    const child = spawn(process.execPath, [join(root, "services/platform/src/main.ts")], {
      cwd: root,
      env: { PATH: process.env["PATH"], DATA_DIR: dataDir, PORT: String(await freePort()), SEED: "none" },
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    await until(async () => (postgresProcesses(dataDir).length > 0 ? true : undefined), {
      what: "PostgreSQL",
    });
    const asked = performance.now();
    child.kill("SIGTERM");
    await ended;
    expect(performance.now() - asked).toBeLessThan(5_000);
    expect(postgresProcesses(dataDir)).toEqual([]);
  });

  test("after SIGKILL the next start takes over what is there, and keeps the data", async () => {
    const killed = await start();
    const phone = "+51900900901";
    const writer = remotePhone(phone, () => killed.url);
    await writer.writes("hola");
    const answer = await writer.hears();
    await killed.kill();
    expect(postgresProcesses(dataDir)).not.toEqual([]);
    const next = await start();
    const history = await fetch(`${next.url}/simulator/messages?phone=${encodeURIComponent(phone)}`);
    const { messages } = (await history.json()) as { messages: { text: string }[] };
    expect(messages.map(({ text }) => text)).toEqual(["hola", answer]);
    await expectAllStopped(next.stop());
  });
});

describe("a start that cannot be", () => {
  test("on the folder of another that runs says so, and leaves that one alone", async () => {
    const platform = await start();
    const [elsewhere, samePort] = await Promise.all([
      refusal({ PORT: String(await freePort()) }),
      refusal({ PORT: new URL(platform.url).port }),
    ]);
    expect(elsewhere).toMatch(/^Minka did not start\. .*another running process uses /);
    expect(samePort).toMatch(/^Minka did not start\. Port \d+ on 127\.0\.0\.1 is already in use/);
    expect(await readiness(platform)).toBe(200);
  });

  test("on a port that something else uses says so", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    try {
      expect(await refusal({ PORT: String(port) })).toMatch(/^Minka did not start\. Port \d+ .* in use/);
    } finally {
      server.close();
    }
  });

  test.each([
    [
      { DATABASE_URL: "postgres://owner:secret-word@127.0.0.1:1/minka" },
      /at 127\.0\.0\.1:1\/minka cannot be used: .*ECONNREFUSED/,
    ],
    [
      { OWNER_DATABASE_URL: "postgres://owner:secret-word@no-such-host.invalid/minka" },
      /at no-such-host\.invalid:5432\/minka cannot be used: /,
    ],
    [
      { DATABASE_URL: "secret-word", LOG_LEVEL: "loud" },
      /Wrong settings: LOG_LEVEL: .*; DATABASE_URL: an address such as /,
    ],
    [{ SEED: "demo", SMS_GATEWAY: "twilio" }, /SEED: demo people must not be loaded/],
  ])("with %j says so in one line, without any password", async (settings, line) => {
    const said = await refusal({ PORT: "0", ...settings });
    expect(said).toMatch(/^Minka did not start\. /);
    expect(said).toMatch(line);
    expect(said).not.toContain("secret-word");
    expect(postgresProcesses(dataDir)).toEqual([]);
  });

  test("on a database whose role may not prepare it says so", async () => {
    const database = await createTestDatabase();
    try {
      const said = await refusal({ PORT: "0", DATABASE_URL: database.url("catalog") });
      expect(said).toMatch(/^Minka did not start\. The database at .* cannot be used: permission denied/);
      expect(said).not.toContain(testPassword);
    } finally {
      await database.drop();
    }
  });

  test("with words of the operator's that cannot be used names the file and the key", async () => {
    await mkdir(join(dataDir, "words/texts"), { recursive: true });
    await writeFile(join(dataDir, "words/texts/es.json"), '{ "rated": { "text": "Bien, {who}" } }');
    expect(await refusal({ PORT: "0", LANGUAGE_DIR: join(dataDir, "words") })).toBe(
      "Minka did not start. LANGUAGE_DIR: texts/es.json: rated: unknown parameter {who}; it may use none",
    );
  });

  test("with a file in the place of the folder says so", async () => {
    const file = join(dataDir, "taken");
    await writeFile(file, "");
    expect(await refusal({ PORT: "0", DATA_DIR: file })).toMatch(/^Minka did not start\. .*EEXIST|ENOTDIR/);
  });
});
