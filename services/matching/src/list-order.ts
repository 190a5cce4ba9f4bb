import { DomainError } from "@minka/domain/errors";
import { addDays, limaInstant, type LimaDay } from "@minka/domain/lima-time";
import { and, asc, desc, gt, gte, lt, type SQL } from "@minka/database/query";
import type { PgColumn } from "@minka/database/table";
import { z } from "zod";

type Order = "newest" | "oldest";

/** Ids grow with time: what of a list comes after a page's last id. `cursor-wrong` (422). */
export function afterCursor(id: PgColumn, cursor: string | undefined, order: Order): SQL | undefined {
  if (cursor === undefined) return undefined;
  if (!z.uuid().safeParse(cursor).success)
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.");
  return order === "newest" ? lt(id, cursor) : gt(id, cursor);
}

export const sorted = (id: PgColumn, order: Order): SQL => (order === "newest" ? desc(id) : asc(id));

/** Of days in Lima, both included. */
export function within(
  at: PgColumn,
  { from, until }: { from: LimaDay | undefined; until: LimaDay | undefined },
): SQL | undefined {
  return and(
    from === undefined ? undefined : gte(at, limaInstant(from, 0)),
    until === undefined ? undefined : lt(at, limaInstant(addDays(until, 1), 0)),
  );
}
