import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { findBinaries, makeReachable } from "@minka/embedded-postgres/binaries";
import { findServerUser, makePassable } from "@minka/embedded-postgres/server-user";
import { expect, onTestFinished, test } from "vitest";

const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)(
  "programs in a folder private to root are copied to where the server's user can run them",
  async () => {
    const quiet = (): void => undefined;
    const [privateDir, dataDir] = [await makeFolder("private"), await makeFolder("data")];
    const user = findServerUser(join(dataDir, "postgres"), quiet);
    makePassable(dataDir, user, quiet);
    const { postgres } = await findBinaries(dataDir, user);
    await symlink(dirname(dirname(postgres)), join(privateDir, "programs"));
    const hidden = {
      initdb: join(privateDir, "programs/bin/initdb"),
      postgres: join(privateDir, "programs/bin/postgres"),
    };
    await expect(versionOf(hidden.postgres, user)).rejects.toThrow("EACCES");

    const reachable = await makeReachable(hidden, dataDir, user);
    expect(reachable.postgres.startsWith(dataDir)).toBe(true);
    expect(await versionOf(reachable.postgres, user)).toContain("PostgreSQL) 18");
    expect(await makeReachable(hidden, dataDir, user)).toEqual(reachable);
  },
);

test("programs that can be run where they are stay there", async () => {
  const dataDir = await makeFolder("data");
  const programs = await findBinaries(dataDir, undefined);
  expect(await makeReachable(programs, dataDir, undefined)).toBe(programs);
});

async function makeFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `minka-${name}-`));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function versionOf(program: string, user: { uid: number; gid: number } | undefined): Promise<string> {
  const { stdout } = await promisify(execFile)(program, ["--version"], { ...user, cwd: "/" });
  return stdout;
}
