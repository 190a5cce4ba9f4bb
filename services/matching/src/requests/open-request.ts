import type { openRequest as contract } from "@minka/contracts/matching";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { nudgeAfterCommit } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { findDistrict } from "@minka/geography/districts";
import { and, desc, eq, gt, inArray, sql } from "drizzle-orm";
import { actOf, record, type Context, type Means } from "../acting.ts";
import { idempotencyKeys, requests } from "../tables.ts";
import { openStates } from "./request-lifecycle.ts";

/** On a bad line people send the same SMS again: within this, the same need is the same request. */
const repeatMinutes = 10;

/**
 * Opens a request and leaves the search to the job `match-request`.
 *
 * The very same need of the same person in the same district, opened within ten minutes and still open,
 * is not opened again: its id is returned, and nothing is written. Another quantity, product or district
 * is another need.
 *
 * A person opens for themself (`not-yours`), a service for whoever wrote to it. `unknown-district` (422).
 */
export async function openRequest(
  { db, clock }: Means,
  context: Context,
  { body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { personId, need, districtCode, channel } = body;
  if (context.actor.kind !== "service") {
    const own = context.actor.kind === "person" && context.actor.personId === personId;
    if (!own) throw new DomainError("forbidden", "not-yours", "A person asks for themself.");
  }
  if (!findDistrict(districtCode)) {
    throw new DomainError("invalid", "unknown-district", "No district has this code.", {
      errors: [{ path: "body.districtCode", message: "is not the INEI code of a district" }],
    });
  }
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const now = clock();
      // Two copies of one SMS at the same moment must see each other: one person opens at a time.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${personId}, 0))`);
      const [same] = await tx
        .select({ id: requests.id })
        .from(requests)
        .where(
          and(
            eq(requests.personId, personId),
            eq(requests.districtCode, districtCode),
            inArray(requests.state, [...openStates]),
            gt(requests.openedAt, new Date(now.getTime() - repeatMinutes * 60_000)),
            sql`${requests.need} = ${JSON.stringify(need)}::jsonb`,
          ),
        )
        .orderBy(desc(requests.id))
        .limit(1);
      if (same) return { requestId: same.id };
      const requestId = newId();
      await tx.insert(requests).values({
        id: requestId,
        personId,
        kind: need.kind,
        need,
        districtCode,
        channel,
        state: "searching",
        openedAt: now,
        round: 0,
        searchRound: 1,
        dueAt: now,
        searchAttempts: 0,
        trace: context.trace,
      });
      await record(tx, actOf(context, now), "request.open", `request:${requestId}`);
      nudgeAfterCommit(tx, {
        service: "matching",
        job: "match-request",
        id: requestId,
        trace: context.trace,
      });
      return { requestId };
    }),
  );
}
