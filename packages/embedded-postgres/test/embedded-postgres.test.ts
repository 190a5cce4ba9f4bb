import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, watch, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "@minka/embedded-postgres/embedded-postgres";
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from "@minka/embedded-postgres/embedded-postgres";
import { Client } from "pg";
import postgres from "postgres";
import { afterEach, expect, test } from "vitest";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

test("data, port and password outlive a stop, for both drivers", async () => {
  const dataDir = await makeDataDir();
  const first = await start({ dataDir });
  await query(first.ownerUrl, "create table notes as select 'cacao' as text");
  await query(
    first.ownerUrl,
    "create role reader login password 'p@ss/w:rd'; grant select on notes to reader",
  );
  await first.stop();
  await first.stop();
  await expect(query(first.ownerUrl, "select 1")).rejects.toThrow("ECONNREFUSED");

  const second = await start({ dataDir });
  expect(second.ownerUrl).toBe(first.ownerUrl);
  const sql = postgres(second.url("reader", "p@ss/w:rd"), { max: 1 });
  cleanups.push(() => sql.end());
  expect(await sql`select text from notes`).toEqual([{ text: "cacao" }]);
  expect(await query(second.url("reader", "p@ss/w:rd"), "select text from notes")).toEqual([
    { text: "cacao" },
  ]);
  await expect(query(second.url("reader", "wrong"), "select 1")).rejects.toThrow("password authentication");
});

test("the log holds nothing of what was asked or written, also where that is refused", async () => {
  const dataDir = await makeDataDir();
  const server = await start({ dataDir });
  await query(server.ownerUrl, "create table notes (text text unique, number int)");
  await query(server.ownerUrl, "insert into notes values ('quebradahonda', 1)");
  const sql = postgres(server.ownerUrl, { max: 1 });
  cleanups.push(() => sql.end());
  const word = "quebradahonda";
  // A value that is a duplicate, one that is no number, a statement that is none, and one that takes its time.
  await expect(sql`insert into notes values (${word}, 2)`).rejects.toThrow("duplicate key");
  await expect(query(server.ownerUrl, `select '${word}'::int`)).rejects.toThrow(word);
  await expect(query(server.ownerUrl, `selec '${word}'`)).rejects.toThrow("syntax");
  await expect(sql`select ${word}::text, 1 / (${0}::int)`).rejects.toThrow("division");
  await server.stop();
  const log = await readFile(join(dataDir, "postgres/server.log"), "utf8");
  expect(log).toMatch(/LOG:/);
  expect(log).not.toContain(word);
});

test("a stop with a transaction open takes less than three seconds", async () => {
  const server = await start({ dataDir: await makeDataDir() });
  const client = new Client(server.ownerUrl);
  client.on("error", () => undefined);
  await client.connect();
  await client.query("begin; create table halfway (id int)");
  const began = performance.now();
  await server.stop();
  expect(performance.now() - began).toBeLessThan(3000);
});

test("a private data directory works, and the other files in it stay as they are", async () => {
  const dataDir = await makeDataDir();
  await chmod(dataDir, 0o700);
  await writeFile(join(dataDir, "token-key"), "secret", { mode: 0o600 });
  await mkdir(join(dataDir, "journal"), { mode: 0o700 });
  const server = await start({ dataDir });
  expect(await query(server.ownerUrl, "select current_database() as name")).toEqual([{ name: "minka" }]);
  expect(await readFile(join(dataDir, "token-key"), "utf8")).toBe("secret");
  expect((await stat(join(dataDir, "token-key"))).mode & 0o777).toBe(0o600);
  expect((await stat(join(dataDir, "journal"))).mode & 0o777).toBe(0o700);
  expect((await stat(dataDir)).mode & 0o066).toBe(0);
  expect((await stat(join(dataDir, "postgres/owner-password"))).mode & 0o777).toBe(0o600);
});

test("a folder that holds something else is refused and left alone", async () => {
  const dataDir = await makeDataDir();
  await mkdir(join(dataDir, "postgres"));
  await writeFile(join(dataDir, "postgres/letter.txt"), "hello");
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ code: "unusable-data-dir" });
  expect(await readdir(join(dataDir, "postgres"))).toEqual(["letter.txt"]);
});

test("a second live start is refused and does not disturb the first", async () => {
  const dataDir = await makeDataDir();
  const { ownerUrl } = await hold(dataDir);
  const second = startEmbeddedPostgres({ dataDir });
  await expect(second).rejects.toMatchObject({ code: "data-dir-in-use" });
  expect(await query(ownerUrl, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("of two first starts at once exactly one gets the data directory", async () => {
  const dataDir = await makeDataDir();
  const results = await Promise.allSettled([start({ dataDir }), start({ dataDir })]);
  const won = results.filter((result) => result.status === "fulfilled");
  const lost = results.filter((result) => result.status === "rejected");
  expect(won).toHaveLength(1);
  expect(lost).toMatchObject([{ reason: { code: "data-dir-in-use" } }]);
  expect(await query(won[0]?.value.ownerUrl ?? "", "select 1 as one")).toEqual([{ one: 1 }]);
});

test("the server that a killed process left behind is taken over, with its data", async () => {
  const dataDir = await makeDataDir();
  const { holder, ownerUrl } = await hold(dataDir);
  await query(ownerUrl, "create table notes as select 'cafe' as text");
  const before = await postmasterPid(dataDir);
  await kill(holder);
  const server = await start({ dataDir, durable: true });
  expect(await postmasterPid(dataDir)).toBe(before);
  expect(await query(server.ownerUrl, "select text from notes")).toEqual([{ text: "cafe" }]);
  await server.stop();
  await expect(query(ownerUrl, "select 1")).rejects.toThrow("ECONNREFUSED");
});

test("when both are killed the next start recovers what was committed", async () => {
  const dataDir = await makeDataDir();
  const { holder, ownerUrl } = await hold(dataDir);
  await query(ownerUrl, "create table notes as select 'cafe' as text");
  process.kill(await postmasterPid(dataDir), "SIGKILL");
  await kill(holder);
  const server = await start({ dataDir });
  expect(await query(server.ownerUrl, "select text from notes")).toEqual([{ text: "cafe" }]);
});

test("a server that dies while its process lives comes back at the same address", async () => {
  const dataDir = await makeDataDir();
  let back: (() => void) | undefined;
  const log = (line: string): void => {
    if (line.startsWith("PostgreSQL started")) back?.();
  };
  const server = await start({ dataDir, log, durable: true });
  await query(server.ownerUrl, "create table notes as select 'cafe' as text");
  const revived = new Promise<void>((resolve) => (back = resolve));
  process.kill(await postmasterPid(dataDir), "SIGKILL");
  await revived;
  expect(await query(server.ownerUrl, "select text from notes")).toEqual([{ text: "cafe" }]);
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ code: "data-dir-in-use" });
});

test("a process killed while it creates the cluster leaves nothing in the way", async () => {
  const dataDir = await makeDataDir();
  const changes = watch(dataDir, { recursive: true });
  const holder = spawnHolder(dataDir);
  for await (const { filename } of changes) if (filename?.includes("/cluster/")) break;
  await kill(holder);
  expect(await readdir(dataDir)).not.toContain("postgres");
  const server = await start({ dataDir });
  expect(await query(server.ownerUrl, "select 1 as one")).toEqual([{ one: 1 }]);
  expect((await readdir(dataDir)).filter((name) => name.startsWith("postgres.new-"))).toEqual([]);
});

test("a lock file that names some other process of the same user does not stop the start", async () => {
  const dataDir = await makeDataDir();
  const first = await start({ dataDir });
  await first.stop();
  const dir = join(dataDir, "postgres");
  const { uid, gid } = await stat(dir);
  const bystander = spawn("sleep", ["60"], process.getuid?.() === 0 ? { uid, gid } : {});
  cleanups.push(() => kill(bystander));
  await writeFile(join(dir, "postmaster.pid"), `${bystander.pid}\n${dir}\n1\n${first.port}\n\n127.0.0.1\n`);
  const second = await start({ dataDir });
  expect(await query(second.ownerUrl, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a port that somebody else took is replaced when remembered and refused when asked for", async () => {
  const dataDir = await makeDataDir();
  const first = await start({ dataDir });
  await first.stop();
  const squatter = createServer().listen(first.port, "127.0.0.1");
  await once(squatter, "listening");
  cleanups.push(() => new Promise((resolve) => squatter.close(resolve)));
  const refused = startEmbeddedPostgres({ dataDir, port: first.port });
  await expect(refused).rejects.toMatchObject({ code: "port-in-use" });
  const second = await start({ dataDir });
  expect(second.port).not.toBe(first.port);
  expect(await query(second.ownerUrl, "select 1 as one")).toEqual([{ one: 1 }]);
});

async function makeDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "minka-postgres-"));
  cleanups.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  return dataDir;
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ durable: false, ...options });
  cleanups.push(() => server.stop());
  return server;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

function spawnHolder(dataDir: string): ChildProcess {
  const script = fileURLToPath(new URL("./hold-server.ts", import.meta.url));
  const holder = spawn(process.execPath, [script, dataDir], { stdio: ["ignore", "pipe", "inherit"] });
  cleanups.push(() => kill(holder));
  return holder;
}

async function hold(dataDir: string): Promise<{ holder: ChildProcess; ownerUrl: string }> {
  const holder = spawnHolder(dataDir);
  // Whatever the test does to the holder, its server must not outlive the test.
  cleanups.push(async () => {
    await kill(holder);
    const left = await startEmbeddedPostgres({ dataDir }).catch(() => undefined);
    await left?.stop();
  });
  if (holder.stdout === null) throw new Error("the holder has no output");
  const [ownerUrl] = await once(createInterface(holder.stdout), "line");
  return { holder, ownerUrl: String(ownerUrl) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

async function postmasterPid(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8");
  return Number(text.split("\n")[0]);
}
