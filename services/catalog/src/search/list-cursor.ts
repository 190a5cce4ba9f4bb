import { createHash } from "node:crypto";
import { DomainError } from "@minka/domain/errors";
import { z } from "zod";

/** Where a page ended: in which phase of the list, and the last listing of it. */
export type ListPosition = { readonly phase: number; readonly key: number | string; readonly number: number };

const integer = z.int().min(-2_147_483_648).max(2_147_483_647);
/** No zero byte, which Postgres takes in no text. */
const name = z
  .string()
  .max(80)
  .refine((text) => !text.includes("\u0000"));
const written = z.tuple([z.string(), z.int().min(0), z.union([integer, name]), integer]);

/** A cursor goes on with the search that gave it and with no other: a position in one order is none in another. */
export function searchMark(search: Readonly<Record<string, unknown>>): string {
  const asked = Object.entries(search)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(asked)).digest("base64url").slice(0, 12);
}

export function writeCursor(mark: string, { phase, key, number }: ListPosition): string {
  return Buffer.from(JSON.stringify([mark, phase, key, number])).toString("base64url");
}

/** Throws `cursor-wrong` for what this search has not given. */
export function readCursor(cursor: string, mark: string): ListPosition {
  const read = written.safeParse(parsed(cursor));
  if (!read.success || read.data[0] !== mark) throw cursorWrong();
  const [, phase, key, number] = read.data;
  return { phase, key, number };
}

export function cursorWrong(): DomainError {
  return new DomainError("invalid", "cursor-wrong", "This cursor was not given by this search.");
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null;
  }
}
