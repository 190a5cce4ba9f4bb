import { DomainError } from "@minka/domain/errors";
import { z } from "zod";

/** The id after which a list goes on. `cursor-wrong` (422) for anything else. */
export function cursorOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined || z.uuid().safeParse(cursor).success) return cursor;
  throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.");
}
