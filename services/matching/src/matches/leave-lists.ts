import type { Database, Transaction } from "@minka/database/connect";
import type { Role } from "@minka/domain/lifecycle";
import { nextState } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { and, eq, inArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { lockRequest, matchesOf } from "../requests/lock-request.ts";
import { openStates } from "../requests/request-lifecycle.ts";
import { searchOn } from "../requests/search-on.ts";
import { matches, requests, type MatchRow, type RequestRow } from "../tables.ts";
import { matchLifecycle } from "./match-lifecycle.ts";

/** Who is no longer to be asked: one provider, or all for which a person answers. */
export type Leaver = { readonly as: "providerId" | "providerPersonId"; readonly id: string };

const leavable = matchLifecycle.leave.from;

/** Requests for which they may still be asked, or are being asked. One that is done can be contested. */
export async function requestsListing({ read }: Database, leaver: Leaver): Promise<string[]> {
  const rows = await read
    .selectDistinct({ requestId: matches.requestId })
    .from(matches)
    .innerJoin(requests, eq(requests.id, matches.requestId))
    .where(
      and(
        eq(matches[leaver.as], leaver.id),
        inArray(matches.state, [...leavable, "asked", "quoted"]),
        inArray(requests.state, [...openStates, "done"]),
      ),
    );
  return rows.map(({ requestId }) => requestId);
}

/** Takes them off a request's lists, for good. A list on which nobody is left is searched on. */
export async function leaveList(
  tx: Transaction,
  act: Act,
  { requestId, leaver, role }: { requestId: string; leaver: Leaver; role: Role },
): Promise<{ request: RequestRow; all: MatchRow[] }> {
  const request = await lockRequest(tx, requestId);
  const before = await matchesOf(tx, requestId);
  const theirs = before.filter((match) => match[leaver.as] === leaver.id && leavable.includes(match.state));
  for (const match of theirs) {
    await tx
      .update(matches)
      .set({ state: nextState(matchLifecycle, match.state, "leave", role) })
      .where(eq(matches.id, match.id));
    await record(tx, act, "match.leave", `match:${match.id}`);
  }
  const all = before.filter((match) => !theirs.includes(match));
  if (request.state === "listed" && !all.some(({ state }) => state === "listed")) {
    const because = { code: "all-asked", parameters: {} };
    await searchOn(tx, act, { request, role, because });
  }
  return { request, all };
}
