import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectDatabase, type Database } from "@minka/database/connect";
import { createLog } from "@minka/http/log";
import { startProxy, type Proxy } from "@minka/test-kit/proxy";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openJournal, type Journal } from "../src/intake/journal.ts";
import { receiveMessage } from "../src/intake/receive-message.ts";
import { inboundMessages } from "../src/tables.ts";
import { otherPhone, phone, runMessaging, type MessagingRun } from "./messaging-run.ts";

// The driver waits for up to twenty seconds before it tries a database again that was away.
vi.setConfig({ testTimeout: 60_000 });

let run: MessagingRun;
let proxy: Proxy;
let dir: string;
const open: { db: Database; journal: Journal }[] = [];

beforeAll(async () => {
  run = await runMessaging();
});
beforeEach(async () => {
  const { hostname: host, port } = new URL(run.database.url("notifications"));
  proxy = await startProxy({ host, port: Number(port) });
  dir = await mkdtemp(join(tmpdir(), "minka-journal-"));
  await run.db.read.delete(inboundMessages);
});
afterEach(async () => {
  await proxy.restore();
  for (const { db, journal } of open.splice(0)) {
    await journal.close();
    await db.close();
  }
  await proxy.close();
  await rm(dir, { recursive: true, force: true });
});
afterAll(() => run.stop());

/** What one process of the host has: a way to the database of its own, and the folder that all share. */
function openProcess(folder = dir): Journal {
  const url = new URL(run.database.url("notifications"));
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  const db = connectDatabase({ url: url.href, name: "journal", maxConnections: 4 });
  const log = createLog({ level: "silent", service: "test" });
  const journal = openJournal({ db, log, environment: { SMS_JOURNAL_DIR: folder } });
  open.push({ db, journal });
  return journal;
}

const gateway = { name: "sim", repeatsWithNewIds: false };
async function receive(journal: Journal, externalId: string, text = externalId, from = phone) {
  const started = performance.now();
  const kept = await receiveMessage(
    { clock: run.clock, journal },
    { gateway, externalId, phone: from, text, trace: "test" },
  );
  return { ...kept, ms: performance.now() - started };
}
const stored = async (from = phone) =>
  (await run.db.read.select().from(inboundMessages).orderBy(inboundMessages.sequence))
    .filter((message) => message.phone === from)
    .map(({ body }) => body);
async function filesOnDisk(folder = dir): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
}

describe.each(["refused", "black-holed"] as const)("with the database %s", (how) => {
  const takeAway = async () => (how === "refused" ? proxy.cut() : proxy.hang());

  test("a message is acknowledged within five seconds, the next ones at once, and all are stored in order", async () => {
    const journal = openProcess();
    await receive(journal, "before");
    await takeAway();
    const first = await receive(journal, "first");
    expect(first).toMatchObject({ journaled: true, sameText: true });
    expect(first.ms).toBeLessThan(5_000);
    const second = await receive(journal, "second");
    expect(second.journaled).toBe(true);
    expect(second.ms).toBeLessThan(1_000);
    await receive(journal, "elsewhere", "elsewhere", otherPhone);
    expect(await journal.depth()).toMatchObject({ messages: 3 });

    await proxy.restore();
    await expect.poll(() => journal.drain().then(() => stored())).toHaveLength(3);
    expect(await stored()).toEqual(["before", "first", "second"]);
    expect(await stored(otherPhone)).toEqual(["elsewhere"]);
    await expect.poll(() => filesOnDisk()).toEqual([]);
    const after = await receive(journal, "after");
    expect(after.journaled).toBe(false);
    const [row] = await run.db.sql<{ id: string }[]>`
      select id from notifications.inbound_messages where external_id = 'first'`;
    expect(row?.id).toBe(first.id);
  });
});

test("a message that the database took without being able to say so is stored once", async () => {
  const journal = openProcess();
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "test", maxConnections: 1 });
  try {
    await receive(journal, "before");
    // The insert waits for the row, and goes through after its two seconds are over.
    let late: Awaited<ReturnType<typeof receive>> | undefined;
    await owner.sql.begin(async (sql) => {
      await sql`select 1 from notifications.conversations where phone = ${phone} for update`;
      late = await receive(journal, "late");
    });
    expect(late?.journaled).toBe(true);
    await expect.poll(async () => (await stored()).length).toBe(2);
    await journal.drain();
    await receive(journal, "late");
    expect(await stored()).toEqual(["before", "late"]);
    expect(await filesOnDisk()).toEqual([]);
  } finally {
    await owner.close();
  }
});

test("of two processes, one without the database and one with it, a phone's messages keep their order", async () => {
  const cutOff = openProcess();
  await proxy.cut();
  await receive(cutOff, "first");
  const url = run.database.url("notifications");
  const db = connectDatabase({ url, name: "journal", maxConnections: 2 });
  const log = createLog({ level: "silent", service: "test" });
  const well = openJournal({ db, log, environment: { SMS_JOURNAL_DIR: dir } });
  open.push({ db, journal: well });
  expect(await receive(well, "second")).toMatchObject({ journaled: true });
  expect(await receive(well, "other", "other", otherPhone)).toMatchObject({ journaled: false });
  await receive(cutOff, "third");
  await well.drain();
  expect(await stored()).toEqual(["first", "second", "third"]);
  expect(await receive(well, "fourth")).toMatchObject({ journaled: false });
});

test("three processes that drain one folder at once store each message once and in order", async () => {
  const journals = [openProcess(), openProcess(), openProcess()];
  await proxy.cut();
  const phones = Array.from({ length: 8 }, (_, index) => `+5191234500${index}`);
  const texts = ["1", "2", "3", "4", "5"];
  for (const [index, text] of texts.entries()) {
    const journal = journals[index % journals.length];
    if (!journal) throw new Error("no journal");
    await Promise.all(phones.map((from) => receive(journal, `${from} ${text}`, text, from)));
  }
  await proxy.restore();
  await expect
    .poll(
      async () => {
        await Promise.all(journals.map((journal) => journal.drain()));
        return filesOnDisk();
      },
      { timeout: 25_000 },
    )
    .toEqual([]);
  for (const from of phones) expect(await stored(from)).toEqual(texts);
});

test("what waits on disk is its owner's alone, names no number, and holds nothing that must not be written", async () => {
  const journal = openProcess();
  await proxy.cut();
  await receive(journal, "1", "mi esposo me pega todas las noches");
  await receive(journal, "2", "vi a unos narcos, quiero abono");
  const files = await filesOnDisk();
  expect(files).toHaveLength(2);
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  expect(texts.join("\n")).toContain("quiero abono");
  expect(texts.join("\n")).not.toMatch(/pega|esposo|narcos/);
  expect(files.join("\n")).not.toContain(phone.slice(1));
  for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600);
  for (const { parentPath, name } of (await readdir(dir, { recursive: true, withFileTypes: true })).filter(
    (each) => each.isDirectory(),
  )) {
    expect((await stat(join(parentPath, name))).mode & 0o777).toBe(0o700);
  }
  await proxy.restore();
  await expect.poll(() => journal.drain().then(() => stored())).toHaveLength(2);
  const [violence] = await run.db.sql`
    select body, safety from notifications.inbound_messages where external_id = '1'`;
  expect(violence).toEqual({ body: null, safety: true });
});

test("a message counts from when it came, not from when the database was back", async () => {
  const journal = openProcess();
  await proxy.cut();
  const came = run.clock();
  await receive(journal, "1");
  run.clock.advance({ hours: 3 });
  await proxy.restore();
  await expect.poll(() => journal.drain().then(() => stored())).toHaveLength(1);
  const [row] = await run.db.read.select().from(inboundMessages);
  expect(row?.receivedAt).toEqual(came);
});

test("a gateway that repeats a message while the database is away has it kept once", async () => {
  const journal = openProcess();
  await proxy.cut();
  const first = await receive(journal, "1", "hola");
  expect(await receive(journal, "1", "hola")).toMatchObject({ id: first.id, sameText: true });
  expect(await receive(journal, "1", "otra cosa")).toMatchObject({ id: first.id, sameText: false });
  expect(await filesOnDisk()).toHaveLength(1);
});

/** A disk of a megabyte where one may be mounted; elsewhere a place where nothing can be written while it is full. */
async function smallDisk() {
  const disk = join(dir, "disk");
  await mkdir(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], { stdio: "ignore" });
  } catch {
    const aside = join(dir, "aside");
    return {
      disk,
      fill: () => rename(disk, aside).then(() => writeFile(disk, "")),
      free: () => rm(disk).then(() => rename(aside, disk)),
      remove: async () => {},
    };
  }
  const filler = join(disk, "filler");
  return {
    disk,
    fill: () => expect(writeFile(filler, Buffer.alloc(1024 * 1024))).rejects.toThrow("ENOSPC"),
    free: () => rm(filler),
    remove: async () => void execFileSync("umount", [disk]),
  };
}

test("with the journal's disk full a message is refused, and nothing is lost when the gateway repeats it", async () => {
  const { disk, fill, free, remove } = await smallDisk();
  try {
    const journal = openProcess(join(disk, "journal"));
    await proxy.cut();
    await receive(journal, "1");
    await fill();
    await expect(receive(journal, "2")).rejects.toMatchObject({ category: "unavailable" });
    await expect(receive(journal, "3", "3", otherPhone)).rejects.toMatchObject({ category: "unavailable" });
    await expect(journal.check()).rejects.toThrow();
    await free();
    await journal.check();
    await receive(journal, "2");
    await receive(journal, "3", "3", otherPhone);
    await proxy.restore();
    await expect.poll(() => journal.drain().then(() => stored())).toEqual(["1", "2"]);
    expect(await stored(otherPhone)).toEqual(["3"]);
  } finally {
    await remove();
  }
});

test("with the disk full and the database there, messages come in as ever", async () => {
  const journal = openProcess("/dev/null/journal");
  expect(await receive(journal, "1")).toMatchObject({ journaled: false });
  await journal.check();
});

test("a file that is no message is set aside and holds up nobody", async () => {
  const journal = openProcess();
  await proxy.cut();
  await receive(journal, "1");
  await receive(journal, "2");
  const [first] = (await filesOnDisk()).toSorted();
  await writeFile(first ?? "", '{"id":');
  await proxy.restore();
  await expect.poll(() => journal.drain().then(() => stored())).toEqual(["2"]);
  expect(await journal.depth()).toMatchObject({ messages: 0, setAside: 1 });
});

describe("a message that the database would refuse however often it is tried", () => {
  let owner: Database;
  beforeAll(async () => {
    owner = connectDatabase({ url: run.database.ownerUrl, name: "test", maxConnections: 1 });
    await owner.sql`
      alter table notifications.inbound_messages add constraint refuse_one check (external_id <> 'refused')`;
  });
  afterAll(async () => {
    await owner.sql`alter table notifications.inbound_messages drop constraint refuse_one`;
    await owner.close();
  });
  const notes = async () => Promise.all((await filesOnDisk()).map((path) => readFile(path, "utf8")));
  const note = JSON.stringify({ gateway: gateway.name, externalId: "refused", reason: "23514" });

  test("is set aside and acknowledged at once, and what is kept of it says nothing of who wrote what", async () => {
    const journal = openProcess();
    await receive(journal, "refused", "mi secreto");
    await receive(journal, "refused", "mi secreto");
    await receive(journal, "next");
    expect(await stored()).toEqual(["next"]);
    expect(await journal.depth()).toMatchObject({ messages: 0, setAside: 1 });
    expect(await notes()).toEqual([note]);
  });

  test("is set aside also when it has waited in the journal, and forgotten there after 30 days", async () => {
    const journal = openProcess();
    await proxy.cut();
    await receive(journal, "refused", "mi secreto");
    await receive(journal, "next");
    await proxy.restore();
    await expect.poll(() => journal.drain().then(() => stored())).toEqual(["next"]);
    expect(await notes()).toEqual([note]);
    const [path = ""] = await filesOnDisk();
    const days = (count: number) => new Date(Date.now() - count * 24 * 60 * 60_000);
    await utimes(path, days(29), days(29));
    const older = join(path, "..", "older.json");
    await writeFile(older, note);
    await utimes(older, days(31), days(31));
    openProcess().start();
    await expect.poll(() => filesOnDisk()).toEqual([path]);
  });
});

test("a process that is told to end puts what waits for the database on disk", async () => {
  const journal = openProcess();
  await receive(journal, "1");
  proxy.hang();
  const waiting = receive(journal, "2");
  journal.hurry();
  const kept = await waiting;
  expect(kept.journaled).toBe(true);
  expect(kept.ms).toBeLessThan(1_500);
  expect(await filesOnDisk()).toHaveLength(1);
});
