import { ratingsPublished } from "@minka/contracts/ratings";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, asc, eq, isNull, lte, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { lockRequestOfEngagement } from "../requests/lock-request.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import type { EngagementRow, RequestRow } from "../tables.ts";
import { ratings } from "./ratings-tables.ts";

type Rated = { request: RequestRow; engagement: EngagementRow };

/** Each side may see what the other said, and so may everybody what is counted of the provider. */
export async function publishRatings(
  tx: Transaction,
  act: Act,
  { request, engagement }: Rated,
): Promise<void> {
  const engagementId = engagement.id;
  const published = await tx
    .update(ratings)
    .set({ publishedAt: act.at })
    .where(and(eq(ratings.engagementId, engagementId), isNull(ratings.publishedAt)))
    .returning({ by: ratings.by, score: ratings.score });
  if (published.length === 0) return;
  await record(tx, act, "rating.publish", `engagement:${engagementId}`);
  await emit(tx, ratingsPublished, { requestId: request.id, engagementId }, act);
  const ofProvider = published.find(({ by }) => by === "requester");
  if (ofProvider)
    await addToStanding(tx, engagement.providerId, { publishedRatings: 1, publishedSum: ofProvider.score });
}

/** The job `publish-ratings`: a week after the first side rated, what was said is shown. */
export function publishRatingsJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: ratings.engagementId, trace: ratings.trace })
    .from(ratings)
    .where(and(isNull(ratings.publishedAt), lte(ratings.publishAt, sql.placeholder("now"))))
    .orderBy(asc(ratings.publishAt))
    .limit(sql.placeholder("limit"))
    .prepare("ratings_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const rated = await lockRequestOfEngagement(tx, id);
        const [first] = await tx
          .select({ publishAt: ratings.publishAt })
          .from(ratings)
          .where(and(eq(ratings.engagementId, id), isNull(ratings.publishedAt)))
          .limit(1);
        if (first && first.publishAt <= act.at) await publishRatings(tx, act, rated);
      }),
  };
}
