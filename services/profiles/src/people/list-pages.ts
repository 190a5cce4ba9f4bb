import { DomainError } from "@minka/domain/errors";
import { lt, type Column, type SQL } from "@minka/database/query";
import { z } from "zod";

/** Ids say when they were made, so a page of the latest ends where the next begins: at an id. */
export function olderThan(column: Column, cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  if (!z.uuid().safeParse(cursor).success) {
    throw new DomainError("invalid", "cursor-wrong", "This cursor was not given by this list.");
  }
  return lt(column, cursor);
}

/** Of rows in order of falling id, one more than the page holds. */
export function pageOf<Row extends { id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  return { items: shown.map(show), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}
