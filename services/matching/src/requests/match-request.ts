import type { Reason } from "@minka/contracts/common";
import { hot, type Transaction } from "@minka/database/connect";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, asc, eq, lte, sql } from "@minka/database/query";
import { blockedBy } from "../blocks/blocked-by.ts";
import { noWomanNear } from "../ranking/attended-by.ts";
import { searchFor, type Found } from "../ranking/find-candidates.ts";
import { findSponsors, openSponsorships, type Sponsors } from "../sponsorships/find-sponsors.ts";
import { requests, type RequestRow } from "../tables.ts";
import { keepSearches, putList } from "./put-list.ts";
import { handOver } from "./search-on.ts";

const backoff = { firstSeconds: 5, longestSeconds: 600 };

/**
 * The job `match-request`: turns a searching request into a list, or hands it to a person. Candidates are
 * read before the transaction, which then re-checks that the request still waits for this very search.
 * While catalog does not answer, the request stays due, later each time.
 */
export function matchRequestJob({ db, clock, call, log }: ServiceKit): Job {
  const due = db.read
    .select({ id: requests.id, trace: requests.trace })
    .from(requests)
    .where(and(eq(requests.state, "searching"), lte(requests.dueAt, sql.placeholder("now"))))
    .orderBy(asc(requests.dueAt))
    .limit(sql.placeholder("limit"))
    .prepare("requests_due");
  const byId = db.read
    .select({ request: requests, blocked: blockedBy })
    .from(requests)
    .where(eq(requests.id, sql.placeholder("id")))
    .prepare("request_to_match");
  const sponsorshipsOn = openSponsorships(db);

  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    async run(id, trace) {
      const [[row], open] = await Promise.all([byId.execute({ id }), sponsorshipsOn(clock())]);
      if (!row || !isDue(row.request, clock())) return;
      const request = { ...row.request, blocked: row.blocked };
      let found: Found;
      let sponsors: Sponsors | null;
      try {
        const asked = { now: clock(), trace };
        [found, sponsors] = await Promise.all([
          searchFor({ db, call }, request, asked),
          findSponsors({ db, call }, request, open, trace),
        ]);
      } catch (error) {
        log.warn({ err: error, requestId: id, trace }, "no candidates yet; the search is tried again");
        await postpone(request);
        return;
      }
      await db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        if (!(await lockSameSearch(tx, request, act.at))) return;
        if (!found.emptyBecause) return putList(tx, act, { request, found, sponsors });
        await keepSearches(tx, act, { request, found });
        await tx.update(requests).set({ womanOnly: found.womanOnly }).where(eq(requests.id, id));
        const because = whyHandedOver(request, found.emptyBecause, found.womanOnly);
        await handOver(tx, act, { request, role: "system", because });
      });
    },
  };

  async function postpone(request: RequestRow): Promise<void> {
    const seconds = Math.min(
      backoff.firstSeconds * 2 ** Math.min(request.searchAttempts, 10),
      backoff.longestSeconds,
    );
    await db.read
      .update(requests)
      .set({
        dueAt: new Date(clock().getTime() + seconds * 1000),
        searchAttempts: sql`${requests.searchAttempts} + 1`,
      })
      .where(
        and(
          eq(requests.id, request.id),
          eq(requests.state, "searching"),
          eq(requests.searchRound, request.searchRound),
          eq(requests.searchAttempts, request.searchAttempts),
        ),
      );
  }
}

/**
 * What happened to the first list says more than what a further search did not find, unless a word of theirs would
 * open it to more people: then that is asked before a person looks.
 */
function whyHandedOver({ reason }: RequestRow, empty: Reason, womanOnly: boolean): Reason {
  if (empty.code === noWomanNear) return empty;
  if (womanOnly && reason?.code === "all-asked") return { code: noWomanNear, parameters: {} };
  return reason ?? empty;
}

/**
 * Locks the request if what was found is an answer to its search as it stands, and then it is as it was read:
 * somebody may have left meanwhile, or they may have said who may come.
 */
async function lockSameSearch(tx: Transaction, then: RequestRow, now: Date): Promise<boolean> {
  const locked = await hot(tx)`
    select id from matching.requests
    where id = ${then.id} and state = 'searching' and due_at <= ${now.toISOString()}
      and round = ${then.round} and rounds_before = ${then.roundsBefore}
      and search_round = ${then.searchRound} and search_attempts = ${then.searchAttempts}
      and woman_only is not distinct from ${then.womanOnly}::boolean
    for update`;
  return locked.length === 1;
}

function isDue(request: RequestRow, now: Date): boolean {
  return request.state === "searching" && request.dueAt !== null && request.dueAt <= now;
}
