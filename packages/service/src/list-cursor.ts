import { DomainError } from "@minka/domain/errors";

/** Where a page ends of a list that is ordered by time, and by id within one moment. */
export type Position = { readonly at: Date; readonly id: string };

export function writeCursor({ at, id }: Position): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString("base64url");
}

/** `cursor-wrong` (422). */
export function readCursor(cursor: string): Position {
  const [at, id] = Buffer.from(cursor, "base64url").toString().split(" ");
  const moment = new Date(at ?? "");
  if (!id || !/^[\da-f-]{36}$/.test(id) || Number.isNaN(moment.getTime())) {
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that this list gave.");
  }
  return { at: moment, id };
}
