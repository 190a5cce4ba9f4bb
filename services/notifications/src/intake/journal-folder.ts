import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { access, mkdir, open, readdir, readFile, rename, rm, rmdir, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { KeptMessage } from "./store-message.ts";

/**
 * Messages on disk that the database could not take. Each phone that has some has a folder, and the folder is
 * there exactly as long: whoever wants to know whether a phone's messages wait looks for it. A file is there whole
 * and for good or not at all. Processes that share the folder need no agreement: a message is stored once however
 * many of them try, and each goes through a phone's files in their order, so none overtakes another.
 */
export type JournalFolder = {
  /** Whether messages of the phone wait, whichever process wrote them down. */
  holds(phone: string): boolean;
  /** Returns when the message would survive a power cut; the id is the earlier one of a message that waits already. */
  append(message: KeptMessage): Promise<{ id: string; sameText: boolean }>;
  /** Folders of phones, in no order. */
  phones(): Promise<string[]>;
  /** A phone's files, oldest first. */
  entries(phone: string): Promise<string[]>;
  /** Null when it is gone; throws when it is no message. */
  read(phone: string, entry: string): Promise<KeptMessage | null>;
  remove(phone: string, entry: string): Promise<void>;
  /**
   * Notes that a message could not be stored, for a person to look at: which one and why, and nothing that it says.
   * Forgotten after 30 days.
   */
  setAside(
    message: { gateway: string; externalId: string } | { entry: string },
    reason: string,
  ): Promise<void>;
  /** Removes the folder of a phone, if nothing has come into it meanwhile. */
  close(phone: string): Promise<void>;
  depth(): Promise<{ messages: number; oldestSeconds: number; setAside: number }>;
  /** Throws when nothing could be written now. */
  checkRoom(): Promise<void>;
  /** Removes what killed processes left half-written: nobody was told that it is kept; and old notes. */
  tidy(): Promise<void>;
};

const kept = z.object({
  id: z.string(),
  gateway: z.object({ name: z.string(), repeatsWithNewIds: z.boolean() }),
  externalId: z.string(),
  phone: z.string(),
  body: z.string().nullable(),
  safety: z.boolean(),
  segments: z.int().default(1),
  receivedAt: z.coerce.date(),
  writtenAfter: z.coerce.date(),
  stampedAt: z.coerce.date().nullable().default(null),
  trace: z.string(),
});

const ownerOnly = 0o700;
/** Less than this free, and the next message may not fit. */
const leastRoomBytes = 64 * 1024;
const abandonedMs = 10 * 60_000;
const asideMs = 30 * 24 * 60 * 60_000;
/** How often a folder may vanish under a writer, because what was in it has been stored. */
const mostTries = 20;

export function openJournalFolder(dir: string): JournalFolder {
  const phonesDir = join(dir, "phones");
  const writingDir = join(dir, "writing");
  const asideDir = join(dir, "set-aside");
  const syncPhones = sharedSync(phonesDir);
  let prepared: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    for (const each of [dir, phonesDir, writingDir]) await mkdir(each, { recursive: true, mode: ownerOnly });
    for (const each of [dirname(dir), dir]) await syncFolder(each);
  }

  function ready(): Promise<void> {
    prepared ??= prepare().catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  }

  const folderOf = (key: string) => join(phonesDir, key);
  const list = async (folder: string) => (await readdir(folder).catch(ifGone<string[]>([]))).toSorted();
  const read = async (key: string, entry: string) => {
    const text = await readFile(join(folderOf(key), entry), "utf8").catch(ifGone(null));
    return text === null ? null : kept.parse(JSON.parse(text));
  };

  async function append(message: KeptMessage): Promise<{ id: string; sameText: boolean }> {
    await ready();
    const key = keyOf(message.phone);
    const draft = join(writingDir, randomUUID());
    const suffix = `-${hash(`${message.gateway.name} ${message.externalId}`)}.json`;
    try {
      await writeDurably(draft, JSON.stringify(message));
      for (let tries = 1; ; tries += 1) {
        await mkdir(folderOf(key), { recursive: true, mode: ownerOnly });
        const names = await list(folderOf(key));
        const known = names.find((name) => name.endsWith(suffix));
        const before = known && (await read(key, known));
        if (before) return { id: before.id, sameText: before.body === message.body };
        const number = Number.parseInt(names.at(-1) ?? "0", 10) + 1;
        const name = `${String(number).padStart(8, "0")}${suffix}`;
        const moved = await rename(draft, join(folderOf(key), name)).then(() => true, ifGone(false));
        if (moved) break;
        if (tries === mostTries) throw new Error("the phone's folder keeps vanishing");
      }
      // Gone at once means stored at once.
      await syncFolder(folderOf(key)).catch(ifGone(undefined));
      await syncPhones();
      return { id: message.id, sameText: true };
    } catch (error) {
      // An empty folder would say that something waits.
      await rmdir(folderOf(key)).catch(() => {});
      prepared = undefined;
      throw error;
    } finally {
      await rm(draft, { force: true }).catch(() => {});
    }
  }

  return {
    append,
    read,
    holds: (phone) => existsSync(folderOf(keyOf(phone))),
    phones: () => list(phonesDir),
    entries: (key) => list(folderOf(key)),
    remove: (key, entry) => rm(join(folderOf(key), entry), { force: true }),
    async setAside(message, reason) {
      await ready();
      await mkdir(asideDir, { recursive: true, mode: ownerOnly });
      const note = JSON.stringify({ ...message, reason });
      const draft = join(writingDir, randomUUID());
      await writeDurably(draft, note);
      // Handed over again it is the same note.
      await rename(draft, join(asideDir, `${hash(note)}.json`));
      await syncFolder(asideDir);
    },
    async close(key) {
      const removed = await rmdir(folderOf(key)).then(
        () => true,
        () => false,
      );
      // What has been stored must not come back with the power.
      if (removed) await syncPhones();
    },
    async depth() {
      let messages = 0;
      let oldestMs = 0;
      for (const key of await list(phonesDir)) {
        const names = await list(folderOf(key));
        messages += names.length;
        const first = names[0] && (await stat(join(folderOf(key), names[0])).catch(ifGone(null)));
        // By the clock that files are dated with.
        if (first) oldestMs = Math.max(oldestMs, Date.now() - first.mtimeMs);
      }
      return { messages, oldestSeconds: oldestMs / 1000, setAside: (await list(asideDir)).length };
    },
    async checkRoom() {
      await ready();
      await access(writingDir, 2);
      const { bavail, bsize } = await statfs(writingDir);
      if (bavail * bsize < leastRoomBytes) throw new Error("no room left for messages");
    },
    async tidy() {
      for (const [folder, keptMs] of [
        [writingDir, abandonedMs],
        [asideDir, asideMs],
      ] as const) {
        for (const name of await list(folder)) {
          const { mtimeMs } = await stat(join(folder, name)).catch(ifGone({ mtimeMs: 0 }));
          if (Date.now() - mtimeMs > keptMs) await rm(join(folder, name), { force: true });
        }
      }
    },
  };
}

/** A name that does not show the number to whoever lists files or reads an error. */
function keyOf(phone: string): string {
  return hash(phone);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** One sync for all who ask while another runs: theirs must begin after they asked. */
function sharedSync(path: string): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  function start(): Promise<void> {
    const sync = syncFolder(path).finally(() => {
      if (running === sync) running = undefined;
    });
    running = sync;
    return sync;
  }
  return () => {
    if (!running) return start();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
}

/** Another process may have been quicker. */
function ifGone<Instead>(instead: Instead): (error: unknown) => Instead {
  return (error) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return instead;
    throw error;
  };
}
