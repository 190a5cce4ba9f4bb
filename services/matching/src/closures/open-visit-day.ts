import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import { dayOfPlainYes, visitDay } from "../engagements/visit-day.ts";
import type { MatchRow, RequestRow } from "../tables.ts";
import { firstOpenDay } from "./closed-until.ts";

type Visit = { request: RequestRow; match: Pick<MatchRow, "byPhone" | "forMonth"> };

/**
 * The day that was said, or the first on which one gets there from the day of a plain yes on; for a place of a later
 * month, a day of that month. `visit-day-out-of-range` (422), `place-closed` (409) with the first day that is open.
 */
export async function openVisitDay(
  tx: Transaction,
  { request, match }: Visit,
  said: LimaDay | null | undefined,
  now: Date,
): Promise<LimaDay> {
  const today = limaDay(now);
  const earliest = match.forMonth && `${match.forMonth}-01` > today ? `${match.forMonth}-01` : today;
  const proposed = dayOfPlainYes(request.need, now);
  const asked = said ?? (proposed < earliest ? earliest : proposed);
  // Advice by phone gets through whatever the road.
  const open = match.byPhone ? asked : await firstOpenDay(tx, request, asked);
  // A plain yes is never too late for a road that is closed for long.
  if (!said) return open;
  visitDay(said, now);
  if (said < earliest)
    throw new DomainError("invalid", "visit-day-out-of-range", "Its places are of a later month.", {
      errors: [{ path: "body.visitOn", message: `must be from ${earliest} on` }],
    });
  if (open > said)
    throw new DomainError("conflict", "place-closed", "Nobody gets there on that day.", {
      details: { openOn: open },
    });
  return said;
}
