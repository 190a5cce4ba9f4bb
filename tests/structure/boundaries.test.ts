import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
let copy: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "minka-boundaries-"));
  for (const entry of [
    "package.json",
    "pnpm-workspace.yaml",
    "pnpm-lock.yaml",
    "turbo.json",
    "packages",
    "services",
    "tests",
    "scripts",
  ]) {
    const filter = (source: string) => !["node_modules", ".turbo"].includes(basename(source));
    await cp(join(root, entry), join(copy, entry), { recursive: true, filter });
  }
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => rm(copy, { recursive: true, force: true }));

async function check(): Promise<{ passed: boolean; output: string }> {
  const turbo = join(root, "node_modules/.bin/turbo");
  try {
    const { stdout, stderr } = await run(turbo, ["boundaries", "--no-color"], { cwd: copy });
    return { passed: true, output: stdout + stderr };
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return { passed: false, output: stdout + stderr };
  }
}

test("the check fails on a service that imports another, even when its manifest declares it", async () => {
  const manifest = join(copy, "services/matching/package.json");
  const source = join(copy, "services/matching/src/planted.ts");
  const before = await readFile(manifest, "utf8");
  expect((await check()).output).toContain("no issues found");

  await writeFile(source, `import { web } from "@minka/web";\nexport const planted = web;\n`);
  const undeclared = await check();
  expect(undeclared.passed).toBe(false);
  expect(undeclared.output).toContain("@minka/web");

  const declared = JSON.parse(before) as { dependencies: Record<string, string> };
  declared.dependencies["@minka/web"] = "workspace:*";
  await writeFile(manifest, JSON.stringify(declared));
  expect((await check()).passed).toBe(false);
});
