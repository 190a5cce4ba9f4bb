import { DomainError } from "@minka/domain/errors";
import type { EngagementRow } from "../tables.ts";

/** How long after it was done either side may still say that something is wrong. */
const days = 30;

/** `too-long-ago` (409) for what was done more than a month ago. */
export function refuseIfLongAgo({ state, closedAt }: EngagementRow, now: Date): void {
  if (state !== "done" || closedAt === null) return;
  if (now.getTime() <= closedAt.getTime() + days * 24 * 60 * 60 * 1000) return;
  throw new DomainError("conflict", "too-long-ago", `This was done more than ${days} days ago.`);
}
