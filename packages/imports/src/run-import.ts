import { summarizeError } from "@minka/http/log";
import { newId } from "@minka/database/new-id";
import type { Job } from "@minka/queue/worker";
import { and, eq, isNotNull, lte, or, sql } from "@minka/database/query";
import type { Logger } from "pino";
import type { Import, ImportScope } from "./definition.ts";
import type { Findings } from "./findings.ts";
import type { ImportRow } from "./import-tables.ts";
import type { Table } from "./table.ts";
import { isWorking, type ImportMeans } from "./receive-import.ts";

/** A holder that says nothing for so long is taken to be dead. Longer than any one statement. */
const leaseMs = 60_000;
const progressEveryMs = 300;
const maximumAttempts = 5;

/** Another took the import over, or it was cancelled: what this run did is undone by its transaction. */
class ImportLost extends Error {}

/**
 * The job that checks what was received and loads what was started. An import has one holder at a time, by a
 * lease that its progress renews. Loading is one transaction that ends by showing that the lease still holds,
 * so a run that was killed, overtaken or cancelled leaves nothing, and the next begins again.
 */
export function importJob(
  means: ImportMeans & { readonly log: Logger },
  definitions: readonly Import[],
): Job {
  const { db, clock, imports, log } = means;
  return {
    due(limit) {
      const now = clock();
      return db.read
        .select({ id: imports.id, trace: imports.trace })
        .from(imports)
        .where(
          or(
            and(isWorking(imports), lte(imports.dueAt, now)),
            and(isNotNull(imports.content), lte(imports.forgetAt, now)),
          ),
        )
        .orderBy(imports.dueAt)
        .limit(limit);
    },
    async run(id) {
      const taken = await take(means, id);
      if (!taken) return forget(means, id);
      const definition = definitions.find(({ kind }) => kind === taken.kind);
      // A file that kills the process leaves no error, only attempts.
      if (taken.attempts > maximumAttempts) return postpone(means, taken, "no attempt came to an end");
      try {
        if (!definition) throw new Error(`There is no import of ${taken.kind}`);
        await (taken.state === "loading" ? load : check)(means, taken, definition);
      } catch (error) {
        if (error instanceof ImportLost) return;
        log.error({ err: error, import: id, attempts: taken.attempts }, "import failed; it is tried again");
        await postpone(means, taken, summarizeError(error));
      }
    },
  };
}

type Taken = ImportRow & { content: string; holder: string };

async function take({ db, clock, imports }: ImportMeans, id: string): Promise<Taken | undefined> {
  const now = clock();
  const [row] = await db.read
    .update(imports)
    .set({
      holder: newId(),
      dueAt: new Date(now.getTime() + leaseMs),
      attempts: sql`${imports.attempts} + 1`,
      progress: 0,
      state: sql`case when ${imports.state} = 'received' then 'checking' else ${imports.state} end`,
    })
    .where(and(eq(imports.id, id), isWorking(imports), lte(imports.dueAt, now), isNotNull(imports.content)))
    .returning();
  return row?.content && row.holder ? { ...row, content: row.content, holder: row.holder } : undefined;
}

const mine = ({ imports }: ImportMeans, { id, holder, state }: Taken) =>
  and(eq(imports.id, id), eq(imports.holder, holder), eq(imports.state, state));

/** Written beside the transaction that loads, for the person who watches; it also renews the lease. */
function tellProgress(means: ImportMeans, taken: Taken): (done: number) => Promise<void> {
  const { db, clock, imports } = means;
  let told = performance.now();
  return async (done) => {
    if (performance.now() - told < progressEveryMs) return;
    told = performance.now();
    const kept = await db.read
      .update(imports)
      .set({ progress: done, dueAt: new Date(clock().getTime() + leaseMs) })
      .where(mine(means, taken))
      .returning({ id: imports.id });
    if (kept.length === 0) throw new ImportLost();
  };
}

function scopeOf({ id, ownerId, actor, trace }: Taken, at: Date): ImportScope {
  return { importId: id, ownerId, actor, trace, at };
}

async function check(means: ImportMeans, taken: Taken, definition: Import): Promise<void> {
  const { db, clock, imports } = means;
  const table = JSON.parse(taken.content) as Table;
  const at = clock();
  const progress = tellProgress(means, taken);
  const checked = await definition.check(table, { queries: db.read, scope: scopeOf(taken, at), progress });
  const { readable, goodRows } = checked;
  await db.read
    .update(imports)
    .set({
      ...findingsOf(checked),
      state: readable ? "checked" : "refused",
      progress: goodRows,
      checkedAt: at,
      holder: null,
      ...(readable ? {} : { content: null, endedAt: at }),
    })
    .where(mine(means, taken));
}

async function load(means: ImportMeans, taken: Taken, definition: Import): Promise<void> {
  const { db, clock, imports } = means;
  const table = JSON.parse(taken.content) as Table;
  const at = clock();
  const scope = scopeOf(taken, at);
  const progress = tellProgress(means, taken);
  await db.transaction(async (tx) => {
    // Two files for one owner at once would each miss the other's rows.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`import:${taken.ownerId}`}, 0))`);
    // The database may have changed since the dry run.
    const checked = await definition.check(table, { queries: tx, scope, progress: async () => {} });
    const good = checked.readable && checked.errorCount === 0;
    const result = good ? await checked.load(tx, progress) : null;
    const kept = await tx
      .update(imports)
      .set({
        ...findingsOf(checked),
        state: good ? "done" : "checked",
        progress: checked.goodRows,
        holder: null,
        ...(good ? { content: null, result, endedAt: at } : { checkedAt: at }),
      })
      .where(mine(means, taken))
      .returning({ id: imports.id });
    if (kept.length === 0) throw new ImportLost();
  });
}

const findingsOf = ({ errors, errorCount, warnings, warningCount }: Findings) => ({
  errors,
  errorCount,
  warnings,
  warningCount,
});

async function postpone(means: ImportMeans, taken: Taken, error: string): Promise<void> {
  const { db, clock, imports } = means;
  const now = clock();
  const over = taken.attempts >= maximumAttempts;
  await db.read
    .update(imports)
    .set(
      over
        ? { state: "failed", content: null, holder: null, endedAt: now, lastError: error.slice(0, 500) }
        : {
            holder: null,
            lastError: error.slice(0, 500),
            dueAt: new Date(now.getTime() + 1000 * 2 ** taken.attempts),
          },
    )
    .where(mine(means, taken));
}

/** Rows that nobody started are not kept for ever. */
async function forget({ db, clock, imports }: ImportMeans, id: string): Promise<void> {
  const now = clock();
  await db.read
    .update(imports)
    .set({ content: null, state: "cancelled", holder: null, endedAt: now })
    .where(and(eq(imports.id, id), isNotNull(imports.content), lte(imports.forgetAt, now)));
}
