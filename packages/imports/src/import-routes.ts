import type { Actor } from "@minka/contracts/actor";
import type { ImportEndpoints, ImportStatus } from "@minka/contracts/imports";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { sayImportFinding } from "@minka/language/import-messages";
import { and, desc, eq, lt } from "@minka/database/query";
import type { Import } from "./definition.ts";
import type { ImportRow } from "./import-tables.ts";
import {
  cancelImport,
  importUnknown,
  receiveImport,
  startImport,
  type ImportMeans,
} from "./receive-import.ts";

type Options = ImportMeans & {
  readonly definition: Import;
  /** Name of the path's parameter that says whose rows they are; null for Minka's own. */
  readonly owner: string | null;
  /** Throws unless this actor may bring rows in for this owner. Asks others where it must: no transaction is open. */
  readonly authorize: (actor: Actor, ownerId: string, trace: string) => Promise<void>;
};

/** Stands for the owner of rows that are nobody's in particular. */
const ownedByMinka = "00000000-0000-4000-8000-000000000000";

/** Serves one kind of import. */
export function importRoutes(app: App, endpoints: ImportEndpoints, options: Options): void {
  const { db, imports, definition, owner, authorize } = options;
  const { kind, maximumRows } = definition;
  const ownerOf = (params: Record<string, string>) => (owner === null ? ownedByMinka : (params[owner] ?? ""));
  const which = (params: Record<string, string>) => ({
    ownerId: ownerOf(params),
    importId: params["importId"] ?? "",
  });
  const readOne = async ({ ownerId, importId }: { ownerId: string; importId: string }) => {
    const [row] = await db.read
      .select()
      .from(imports)
      .where(and(eq(imports.id, importId), eq(imports.ownerId, ownerId), eq(imports.kind, kind)));
    if (!row) throw importUnknown();
    return row;
  };

  mountEndpoint(app, endpoints.upload, async ({ params, body }, context) => {
    const ownerId = ownerOf(params);
    await authorize(context.actor, ownerId, context.trace);
    return receiveImport(options, context, { kind, ownerId, bytes: body, maximumRows });
  });
  mountEndpoint(app, endpoints.list, async ({ params, query }, { actor, trace }) => {
    const ownerId = ownerOf(params);
    await authorize(actor, ownerId, trace);
    const before = query.cursor === undefined ? undefined : lt(imports.id, query.cursor);
    const rows = await db.read
      .select()
      .from(imports)
      .where(and(eq(imports.ownerId, ownerId), eq(imports.kind, kind), before))
      .orderBy(desc(imports.id))
      .limit(query.limit + 1);
    const items = rows.slice(0, query.limit);
    return {
      items: items.map(statusOf),
      next: rows.length > items.length ? (items.at(-1)?.id ?? null) : null,
    };
  });
  mountEndpoint(app, endpoints.read, async ({ params }, { actor, trace }) => {
    await authorize(actor, ownerOf(params), trace);
    return { import: statusOf(await readOne(which(params))) };
  });
  mountEndpoint(app, endpoints.findings, async ({ params, query }, { actor, trace }) => {
    await authorize(actor, ownerOf(params), trace);
    const row = await readOne(which(params));
    const all = query.severity === "error" ? row.errors : row.warnings;
    const from = Number(query.cursor ?? 0);
    const items = all.slice(from, from + query.limit).map(({ parameters, ...finding }) => ({
      ...finding,
      message: sayImportFinding(finding.code, parameters),
    }));
    return { items, next: from + items.length < all.length ? String(from + items.length) : null };
  });
  mountEndpoint(app, endpoints.start, async ({ params }, context) => {
    await authorize(context.actor, ownerOf(params), context.trace);
    await readOne(which(params));
    return { import: statusOf(await startImport(options, context, which(params))) };
  });
  mountEndpoint(app, endpoints.cancel, async ({ params }, context) => {
    await authorize(context.actor, ownerOf(params), context.trace);
    await readOne(which(params));
    return { import: statusOf(await cancelImport(options, context, which(params))) };
  });
}

function statusOf(row: ImportRow): ImportStatus {
  return {
    importId: row.id,
    kind: row.kind,
    state: row.state,
    rows: row.rows,
    progress: row.progress,
    errors: row.errorCount,
    warnings: row.warningCount,
    result: row.result,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
