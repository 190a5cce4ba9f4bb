import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keptSecret } from "../src/secrets.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "minka-secrets-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test("a secret is made once and kept, for its owner alone", async () => {
  const secret = await keptSecret(dataDir, "services");
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(await keptSecret(dataDir, "services")).toBe(secret);
  expect(await keptSecret(dataDir, "database")).not.toBe(secret);
  expect((await stat(join(dataDir, "secrets"))).mode & 0o777).toBe(0o700);
  expect((await stat(join(dataDir, "secrets/services"))).mode & 0o777).toBe(0o600);
  expect((await readdir(join(dataDir, "secrets"))).toSorted()).toEqual(["database", "services"]);
});

test("half a secret, as a kill may leave one aside, is not taken", async () => {
  await mkdir(join(dataDir, "secrets"));
  await writeFile(join(dataDir, "secrets/services"), "half");
  const secret = await keptSecret(dataDir, "services");
  expect(secret).toHaveLength(43);
  expect(await readFile(join(dataDir, "secrets/services"), "utf8")).toBe(secret);
});

test("one that is there and cannot be read is not replaced", async () => {
  await mkdir(join(dataDir, "secrets/services"), { recursive: true });
  await expect(keptSecret(dataDir, "services")).rejects.toThrow("EISDIR");
});
