import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listReports as listContract, readReport as contract } from "@minka/contracts/outcome-reports";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { desc, eq, lt } from "@minka/database/query";
import { z } from "zod";
import { outcomeReports } from "./reports-tables.ts";

/** One report with its figures. `no-such-report` (404). */
export async function readReport(
  { read }: Pick<Database, "read">,
  reportId: string,
): Promise<HandlerAnswer<typeof contract>> {
  const [row] = await read.select().from(outcomeReports).where(eq(outcomeReports.id, reportId));
  if (!row) throw new DomainError("not-found", "no-such-report", "There is no such report.");
  const { id, at, title, from, until, figures } = row;
  return { report: { id, at: at.toISOString(), title, from, until, figures } };
}

/** The newest first. `cursor-wrong` (422). */
export async function listReports(
  { read }: Pick<Database, "read">,
  { cursor, limit }: HandlerInput<typeof listContract>["query"],
): Promise<HandlerAnswer<typeof listContract>> {
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success)
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.");
  const { id, at, title, from, until } = outcomeReports;
  const rows = await read
    .select({ id, at, title, from, until })
    .from(outcomeReports)
    .where(cursor === undefined ? undefined : lt(id, cursor))
    .orderBy(desc(id))
    .limit(limit + 1);
  const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
