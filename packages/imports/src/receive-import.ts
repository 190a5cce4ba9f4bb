import { actorLabel } from "@minka/contracts/actor";
import type { CommonTables } from "@minka/database/columns";
import { nudgeAfterCommit, type Database, type Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { ServiceName } from "@minka/contracts/service-names";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq, inArray } from "@minka/database/query";
import type { ImportRow, Imports } from "./import-tables.ts";
import { readTable } from "./read-table.ts";

/** Where a service keeps its imports, and how it works on them. */
export type ImportMeans = {
  readonly service: ServiceName;
  readonly db: Database;
  readonly clock: Clock;
  readonly imports: Imports;
  readonly tables: CommonTables;
};

type Context = Pick<CallContext, "actor" | "trace" | "claim">;
type Of = { readonly ownerId: string; readonly importId: string };

/** How long rows wait to be loaded before they are forgotten. */
const keptForMs = 7 * 24 * 60 * 60 * 1000;

/** Whose files are being read by this process at this moment, by kind. */
const underWay = new Set<string>();

/**
 * Takes a file in: reads it to rows and leaves the checking to `run-import`. The file itself is not kept, and
 * what is kept of it has been redacted. It takes the place of an earlier one that was not started. Throws `invalid` for a file that is no table, and `upload-under-way` (429)
 * while another of the same owner is being read.
 */
export async function receiveImport(
  { service, db, clock, imports, tables }: ImportMeans,
  context: Context,
  {
    kind,
    ownerId,
    bytes,
    maximumRows,
  }: { kind: string; ownerId: string; bytes: Uint8Array; maximumRows: number },
): Promise<{ importId: string }> {
  const whose = `${service}:${kind}:${ownerId}`;
  if (underWay.has(whose))
    throw new DomainError("too-many", "upload-under-way", "Another file is being read; send one at a time.");
  underWay.add(whose);
  const table = await readTable(bytes, { maximumRows }).finally(() => underWay.delete(whose));
  const at = clock();
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys: tables.idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const id = newId();
      await tx
        .update(imports)
        .set({ state: "cancelled", content: null, holder: null, endedAt: at })
        .where(
          and(
            eq(imports.ownerId, ownerId),
            eq(imports.kind, kind),
            inArray(imports.state, ["received", "checking", "checked"]),
          ),
        );
      await tx.insert(imports).values({
        id,
        kind,
        ownerId,
        state: "received",
        actor: actorLabel(context.actor),
        trace: context.trace,
        content: JSON.stringify(table),
        rows: table.rows.length,
        progress: 0,
        errors: [],
        errorCount: 0,
        warnings: [],
        warningCount: 0,
        dueAt: at,
        attempts: 0,
        createdAt: at,
        forgetAt: new Date(at.getTime() + keptForMs),
      });
      await note(tx, tables, context, { at, action: "import.receive", importId: id });
      nudgeAfterCommit(tx, { service, job: "run-import", id, trace: context.trace });
      return { importId: id };
    }),
  );
}

/** Begins the loading of a file that was checked and has no errors. Repeated, it changes nothing. */
export async function startImport(means: ImportMeans, context: Context, of: Of): Promise<ImportRow> {
  const { service, db, clock, imports, tables } = means;
  return db.transaction(async (tx) => {
    const row = await lockImport(tx, imports, of);
    if (row.state === "loading" || row.state === "done") return row;
    if (row.state !== "checked") throw wrongMoment("import-not-checked", row, ["checked"]);
    if (row.errorCount > 0)
      throw new DomainError("conflict", "import-has-errors", "Correct the file and send it again.");
    const at = clock();
    const [started] = await tx
      .update(imports)
      .set({ state: "loading", progress: 0, attempts: 0, dueAt: at, holder: null })
      .where(eq(imports.id, row.id))
      .returning();
    await note(tx, tables, context, { at, action: "import.start", importId: row.id });
    nudgeAfterCommit(tx, { service, job: "run-import", id: row.id, trace: context.trace });
    return started ?? row;
  });
}

/** Gives an import up, also while it loads: then nothing of it is written. */
export async function cancelImport(means: ImportMeans, context: Context, of: Of): Promise<ImportRow> {
  const { db, clock, imports, tables } = means;
  return db.transaction(async (tx) => {
    const row = await lockImport(tx, imports, of);
    if (row.state === "cancelled") return row;
    if (row.state === "done") throw wrongMoment("import-done", row, ["received", "checked", "loading"]);
    const at = clock();
    const [cancelled] = await tx
      .update(imports)
      .set({ state: "cancelled", content: null, holder: null, endedAt: at })
      .where(eq(imports.id, row.id))
      .returning();
    await note(tx, tables, context, { at, action: "import.cancel", importId: row.id });
    return cancelled ?? row;
  });
}

async function lockImport(tx: Transaction, imports: Imports, { ownerId, importId }: Of): Promise<ImportRow> {
  const [row] = await tx
    .select()
    .from(imports)
    .where(and(eq(imports.id, importId), eq(imports.ownerId, ownerId)))
    .for("update");
  if (!row) throw importUnknown();
  return row;
}

export function importUnknown(): DomainError {
  return new DomainError("not-found", "import-unknown", "There is no such import.");
}

function wrongMoment(code: string, row: ImportRow, allowed: readonly string[]): DomainError {
  return new DomainError("conflict", code, `This import is ${row.state}.`, {
    details: { state: row.state, allowed },
  });
}

async function note(
  tx: Transaction,
  { audit }: CommonTables,
  { actor, trace }: Context,
  { at, action, importId }: { at: Date; action: string; importId: string },
): Promise<void> {
  await tx
    .insert(audit)
    .values({ id: newId(), at, actor: actorLabel(actor), action, subject: importId, trace });
}

/** The states in which `run-import` has something to do. */
export const workingStates = ["received", "checking", "loading"] as const;
export const isWorking = (imports: Imports) => inArray(imports.state, [...workingStates]);
