import { join } from "node:path";
import type { Database } from "@minka/database/connect";
import type { Environment } from "@minka/service/settings";
import type { Logger } from "pino";
import { z } from "zod";
import { openJournalFolder, type JournalFolder } from "./journal-folder.ts";
import { storeMessage, type KeptMessage, type Stored } from "./store-message.ts";

/** Where messages go while the database does not take them, and how they get into it afterwards. */
export type Journal = {
  /**
   * Keeps a message in the database or, while that cannot be, in the journal; a phone's messages in the order in
   * which they came. `straight` is for one that has come this moment. Throws when neither takes it.
   */
  keep(message: KeptMessage, options: { straight: boolean }): Promise<Kept>;
  /** Puts into the database what waits, of whichever process; ends when nothing does or the database is away. */
  drain(): Promise<void>;
  /** Drains by itself from now on. */
  start(): void;
  /** The process is about to end: what waits for the database goes to the journal. */
  hurry(): void;
  close(): Promise<void>;
  /** Throws when no message can be kept: the database is away, and the journal takes nothing. */
  check(): Promise<void>;
  readonly depth: JournalFolder["depth"];
};

export type Kept = { readonly id: string; readonly sameText: boolean; readonly journaled: boolean };

/** The database has this long for a message: the gateway waits. The driver alone would wait for ever. */
const storeWithinMs = 2_000;
/** What is under way when the process is about to end has this long. */
const hurryMs = 150;
const soonestMs = 250;
const latestMs = 5_000;
const tidyEveryMs = 60 * 60_000;
/** Phones that are drained at once by one process. */
const lanes = 4;

/** `SMS_JOURNAL_DIR`, or a folder beside Minka's other data. */
function journalDir(environment: Environment): string {
  return environment["SMS_JOURNAL_DIR"] || join(environment["DATA_DIR"] || ".data", "journal");
}

type Options = { readonly db: Database; readonly log: Logger; readonly environment: Environment };

export function openJournal({ db, log, environment }: Options): Journal {
  const folder = openJournalFolder(journalDir(environment));
  /** What is being kept for each phone: the next message waits for it, so that none overtakes another. */
  const turns = new Map<string, Promise<unknown>>();
  const underWay = new Set<() => void>();
  /** The database did not take a message; until it takes one, they go straight to the journal. */
  let away = false;
  let ended = false;

  /** Its error after two seconds at the latest; what was asked of the driver may still happen later. */
  function before<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(new NoAnswer());
      const timer = setTimeout(giveUp, storeWithinMs);
      underWay.add(giveUp);
      work.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        underWay.delete(giveUp);
      });
    });
  }

  /** Null while the database is away. Whether it took the message all the same is seen when it is stored again. */
  async function store(message: KeptMessage, straight: boolean): Promise<Stored | null> {
    try {
      const stored = await before(storeMessage(db, message, { straight }));
      away = false;
      if (stored.conversation !== null) {
        const { trace } = message;
        db.nudge({ service: "notifications", job: "advance-conversation", id: stored.conversation, trace });
      }
      return stored;
    } catch (error) {
      const reason = codeOf(error);
      if (isAboutTheMessage(reason)) throw new NotStorable(reason);
      if (!away && !ended) log.warn({ reason }, "the database takes no messages: they go to the journal");
      away = true;
      return null;
    }
  }

  async function keepNow(message: KeptMessage, straight: boolean): Promise<Kept> {
    if (!away && !folder.holds(message.phone)) {
      try {
        const stored = await store(message, straight);
        if (stored) return { id: stored.id, sameText: stored.sameText, journaled: false };
      } catch (error) {
        if (!(error instanceof NotStorable)) throw error;
        await setAside(message, error);
        return { id: message.id, sameText: true, journaled: true };
      }
    }
    const written = await folder.append(message);
    timer.wake();
    return { ...written, journaled: true };
  }

  async function drainAll(): Promise<void> {
    if (away) await before(db.ping());
    const phones = (await folder.phones()).map((phone) => ({ phone, turn: Math.random() }));
    // Processes that share the folder begin at different phones.
    const waiting = phones.toSorted((a, b) => a.turn - b.turn).values();
    const lane = async () => {
      for (const { phone } of waiting) await drainPhone(phone);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    if (away) log.info("the database takes messages again");
    away = false;
  }

  async function drainPhone(phone: string): Promise<void> {
    for (;;) {
      const entries = await folder.entries(phone);
      for (const entry of entries) {
        if (ended) return;
        await drainEntry(phone, entry);
      }
      if (entries.length > 0) continue;
      await folder.close(phone);
      return;
    }
  }

  async function drainEntry(phone: string, entry: string): Promise<void> {
    let message: KeptMessage | null = null;
    try {
      message = await folder.read(phone, entry);
      if (message && !(await store(message, false))) throw new Error("the database is away");
    } catch (error) {
      if (!isHopeless(error)) throw error;
      await setAside(message ?? { entry }, error);
    }
    await folder.remove(phone, entry);
  }

  /** Gives up a message that would be refused again however often it is tried, and says which. */
  async function setAside(message: KeptMessage | { entry: string }, error: Error): Promise<void> {
    const reason = codeOf(error);
    const which =
      "entry" in message
        ? { entry: message.entry }
        : { gateway: message.gateway.name, externalId: message.externalId };
    await folder.setAside(which, reason);
    log.error({ ...which, reason }, "a message cannot be stored; it is noted in the journal as set aside");
  }

  let draining: Promise<boolean> | undefined;
  /** Whether everything is in the database. */
  function drain(): Promise<boolean> {
    draining ??= drainAll()
      .then(
        () => true,
        () => false,
      )
      .finally(() => (draining = undefined));
    return draining;
  }
  const timer = restlessTimer(drain);
  let tidying: NodeJS.Timeout | undefined;

  return {
    depth: () => folder.depth(),
    async drain() {
      await drain();
    },
    keep(message, { straight }) {
      const former = turns.get(message.phone);
      const turn = former
        ? former.then(
            () => keepNow(message, straight),
            () => keepNow(message, straight),
          )
        : keepNow(message, straight);
      turns.set(message.phone, turn);
      const over = () => {
        if (turns.get(message.phone) === turn) turns.delete(message.phone);
      };
      turn.then(over, over);
      return turn;
    },
    start() {
      const tidy = () => void folder.tidy().catch(() => {});
      tidy();
      tidying = setInterval(tidy, tidyEveryMs).unref();
      timer.start();
    },
    hurry() {
      setTimeout(() => {
        for (const giveUp of underWay) giveUp();
      }, hurryMs).unref();
    },
    async close() {
      ended = true;
      timer.stop();
      clearInterval(tidying);
      for (const giveUp of underWay) giveUp();
      await Promise.allSettled([draining, ...turns.values()]);
    },
    async check() {
      if (away) await folder.checkRoom();
    },
  };
}

/**
 * Does something again and again, soon after `wake`, ever more seldom while it fails, and otherwise every few
 * seconds: another process may have left something to do. No two processes keep the same beat.
 */
function restlessTimer(work: () => Promise<boolean>): { start(): void; wake(): void; stop(): void } {
  let running = false;
  let waitMs = soonestMs;
  let next: { at: number; timer: NodeJS.Timeout } | undefined;

  function schedule(ms: number): void {
    const at = performance.now() + ms * (0.5 + Math.random() / 2);
    if (!running || (next && next.at <= at)) return;
    clearTimeout(next?.timer);
    next = { at, timer: setTimeout(() => void run(), at - performance.now()).unref() };
  }

  async function run(): Promise<void> {
    next = undefined;
    const done = await work();
    waitMs = done ? soonestMs : Math.min(waitMs * 2, latestMs);
    schedule(done ? latestMs : waitMs);
  }

  return {
    start() {
      running = true;
      schedule(soonestMs);
    },
    wake: () => schedule(waitMs),
    stop() {
      running = false;
      clearTimeout(next?.timer);
    },
  };
}

/** The database's own refusal of what the message holds, which it would refuse again. */
class NotStorable extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`not storable (${code})`);
    this.code = code;
  }
}

/** SQLSTATE classes 22 (data exception) and 23 (integrity constraint); all others are about the database. */
function isAboutTheMessage(code: string): boolean {
  return /^2[23]\w{3}$/.test(code);
}

function isHopeless(error: unknown): error is Error {
  return error instanceof NotStorable || error instanceof SyntaxError || error instanceof z.ZodError;
}

/** Nothing was said by the time at which the gateway has to be told something. */
class NoAnswer extends Error {
  readonly code = "no answer in time";
}

/** All that may be logged of an error: what it says may quote what somebody wrote. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error ? String(error.code) : error.name;
}
