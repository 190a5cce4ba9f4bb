import type { Actor } from "@minka/contracts/actor";
import type { Answer } from "@minka/contracts/endpoint";
import type { listAsks as contract } from "@minka/contracts/matching";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { and, asc, eq, getTableColumns, gt, sql } from "drizzle-orm";
import { engagementView } from "../requests/request-views.ts";
import { engagements, matches, requests } from "../tables.ts";

/** More than anybody can serve at a time. */
const most = 100;

/** What is asked of the actor as a provider and still open, the most urgent first; and what they agreed to, by day. */
export async function listAsks(
  { db, clock }: { db: Database; clock: Clock },
  actor: Actor,
): Promise<Answer<typeof contract>> {
  if (actor.kind !== "person") throw new DomainError("forbidden", "not-allowed", "Only a person is asked.");
  const work = { need: requests.need, districtCode: requests.districtCode };
  const [asked, agreed] = await Promise.all([
    db.read
      .select({
        ...work,
        matchId: matches.id,
        requestId: matches.requestId,
        distanceKm: sql<number | null>`round(${matches.distanceKm})::float8`,
        priceCentimos: matches.priceCentimos,
        priceUnit: matches.priceUnit,
        askExpiresAt: matches.askExpiresAt,
      })
      .from(matches)
      .innerJoin(requests, eq(requests.id, matches.requestId))
      .where(
        and(
          eq(matches.providerPersonId, actor.personId),
          eq(matches.state, "asked"),
          gt(matches.askExpiresAt, clock()),
        ),
      )
      .orderBy(asc(matches.askExpiresAt), asc(matches.id))
      .limit(most),
    db.read
      .select({ ...getTableColumns(engagements), ...work, placeName: requests.placeName })
      .from(engagements)
      .innerJoin(requests, eq(requests.id, engagements.requestId))
      .where(and(eq(engagements.providerPersonId, actor.personId), eq(engagements.state, "agreed")))
      .orderBy(asc(engagements.visitOn), asc(engagements.id))
      .limit(most),
  ]);
  return {
    asks: asked.flatMap(({ askExpiresAt, ...ask }) =>
      askExpiresAt ? [{ ...ask, askExpiresAt: askExpiresAt.toISOString() }] : [],
    ),
    engagements: agreed.map(({ need, districtCode, placeName, ...row }) => ({
      ...engagementView(row),
      requestId: row.requestId,
      need,
      districtCode,
      placeName,
    })),
  };
}
