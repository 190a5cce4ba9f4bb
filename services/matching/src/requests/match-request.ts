import { requestMatched } from "@minka/contracts/events";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { nextState } from "@minka/domain/lifecycle";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, lte, sql } from "drizzle-orm";
import { record, type Act } from "../acting.ts";
import { noWomanNear } from "../ranking/attended-by.ts";
import { searchFor, type Found } from "../ranking/find-candidates.ts";
import { weightsVersion } from "../ranking/weights.ts";
import { matches, requests, type RequestRow } from "../tables.ts";
import { lockRequest } from "./lock-request.ts";
import { requestLifecycle } from "./request-lifecycle.ts";
import { handOver } from "./search-on.ts";

/** Two evenings: whoever comes back from the plot late still finds the list open. */
const listHours = 48;
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
    .select()
    .from(requests)
    .where(eq(requests.id, sql.placeholder("id")))
    .prepare("request_to_match");

  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    async run(id, trace) {
      const [request] = await byId.execute({ id });
      if (!request || !isDue(request, clock())) return;
      let found: Found;
      try {
        found = await searchFor({ db, call }, request, { now: clock(), trace });
      } catch (error) {
        log.warn({ err: error, requestId: id, trace }, "no candidates yet; the search is tried again");
        await postpone(request);
        return;
      }
      await db.transaction(async (tx) => {
        const locked = await lockRequest(tx, id);
        const act: Act = { at: clock(), by: "timer", trace };
        if (!isDue(locked, act.at) || !isSameSearch(locked, request)) return;
        await tx.update(requests).set({ womanOnly: found.womanOnly }).where(eq(requests.id, id));
        if (found.emptyBecause) {
          // What happened to the first list says more than what the wider search did not find, unless a word of
          // theirs would open it to more people.
          const onlyMen = found.emptyBecause.code === noWomanNear;
          const because = onlyMen ? found.emptyBecause : (locked.reason ?? found.emptyBecause);
          return handOver(tx, act, { request: locked, role: "system", because });
        }
        const round = locked.roundsBefore + found.round;
        await tx.insert(matches).values(
          found.ranked.map(({ candidate, score, parts, reasons }, index) => ({
            id: newId(),
            requestId: id,
            round,
            rank: index + 1,
            state: "listed" as const,
            offerId: candidate.offerId,
            offerVersion: candidate.offerVersion,
            providerId: candidate.providerId,
            providerName: candidate.providerName,
            providerPersonId: candidate.providerPersonId,
            distanceKm: candidate.distanceKm,
            priceCentimos: candidate.priceCentimos,
            priceUnit: candidate.priceUnit,
            monthlyCapacity: candidate.monthlyCapacity,
            score,
            parts,
            weightsVersion,
            reasons,
            trace,
          })),
        );
        await tx
          .update(requests)
          .set({
            state: nextState(requestLifecycle, locked.state, "show-list", "system"),
            round,
            searchAttempts: 0,
            dueAt: null,
            listExpiresAt: new Date(act.at.getTime() + listHours * 3_600_000),
            reason: null,
          })
          .where(eq(requests.id, id));
        await record(tx, act, "request.show-list", `request:${id}`);
        await emit(tx, requestMatched, { requestId: id, round }, act);
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

/** Whether what was found is an answer to the search as it stands: somebody may have left
 * meanwhile, or they may have said who may come. */
function isSameSearch(now: RequestRow, then: RequestRow): boolean {
  return (
    now.searchRound === then.searchRound &&
    now.searchAttempts === then.searchAttempts &&
    now.womanOnly === then.womanOnly
  );
}

function isDue(request: RequestRow, now: Date): boolean {
  return request.state === "searching" && request.dueAt !== null && request.dueAt <= now;
}
