import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { allEndpoints } from "@minka/contracts/all-endpoints";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePorts } from "../support/free-port.ts";
import { hasRedisServer, startRedisServer } from "../support/redis-server.ts";

const root = join(import.meta.dirname, "../..");
type Addresses = { url: string; processes: { service: string; role: string; url: string }[] };

describe.skipIf(!hasRedisServer())("./scripts/start-split", () => {
  let database: TestDatabase;
  let redis: Awaited<ReturnType<typeof startRedisServer>>;
  let dataDir: string;
  let script: ChildProcess;
  let addresses: Addresses;

  beforeAll(async () => {
    [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
    dataDir = await mkdtemp(join(tmpdir(), "minka-start-split-"));
    script = spawn(process.execPath, [join(root, "scripts/start-split.ts")], {
      env: {
        PATH: process.env["PATH"],
        OWNER_DATABASE_URL: database.ownerUrl,
        REDIS_URL: redis.url,
        BASE_PORT: String(await freePorts(9)),
        DATA_DIR: dataDir,
        LOG_LEVEL: "error",
        // Roles belong to the whole server: another password would lock the other tests out.
        ...passwordsOf(database),
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (!script.stdout) throw new Error("no output");
    const ended = once(script, "exit").then(() => Promise.reject(new Error("it ended")));
    ended.catch(() => {});
    const [line] = (await Promise.race([once(createInterface(script.stdout), "line"), ended])) as [string];
    addresses = JSON.parse(line) as Addresses;
  }, 240_000);
  afterAll(async () => {
    try {
      if (script.exitCode === null) {
        const gone = once(script, "exit");
        script.kill("SIGTERM");
        await gone;
      }
    } finally {
      await redis.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  test("says where each process answers", () => {
    expect(addresses.processes.map(({ service, role }) => `${service} ${role}`)).toEqual([
      "profiles all",
      "catalog all",
      "matching api",
      "matching worker",
      "brokering all",
      "notifications api",
      "notifications worker",
      "web api",
    ]);
  });

  test("brings every endpoint to its service at one address", async () => {
    const unanswered: string[] = [];
    for (const { method, path } of allEndpoints) {
      const address = new URL(
        path.replaceAll(/:\w+/g, "0190b1f4-0000-7000-8000-000000000000"),
        addresses.url,
      );
      const response = await fetch(address, { method });
      // A service that is asked for what is not its own says so.
      if ((await response.text()).includes("no-such-route") || response.status >= 500) unanswered.push(path);
    }
    expect(unanswered).toEqual([]);
    const pages = await fetch(addresses.url, { headers: { accept: "text/html" } });
    expect([pages.status, pages.headers.get("content-type")]).toEqual([
      200,
      expect.stringContaining("text/html"),
    ]);
    for (const path of ["/metrics", "/%6Detrics", "/health/ready", "/%"]) {
      expect((await fetch(new URL(path, addresses.url))).status, path).toBe(404);
    }
  });

  test("lets someone at this machine play a phone", async () => {
    const written = await fetch(new URL("/simulator/messages", addresses.url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ from: "+51900900021", text: "hola" }),
    });
    expect(written.status).toBe(202);
    const page = await fetch(new URL("/simulator?a=%2B51900900021", addresses.url), {
      headers: { accept: "text/html" },
    });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("hola")]);
  });

  test("stops everything within five seconds", async () => {
    const began = performance.now();
    const gone = once(script, "exit");
    script.kill("SIGTERM");
    expect(await gone).toEqual([0, null]);
    expect(performance.now() - began).toBeLessThan(5_000);
    for (const { url } of addresses.processes) await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  });
});

function passwordsOf(database: TestDatabase): Record<string, string> {
  const names = ["profiles", "catalog", "matching", "brokering", "notifications", "web"] as const;
  return Object.fromEntries(
    names.map((name) => [`${name.toUpperCase()}_DATABASE_PASSWORD`, new URL(database.url(name)).password]),
  );
}
