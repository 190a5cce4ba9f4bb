import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listWeights as listContract, replaceWeights as contract } from "@minka/contracts/weights";
import type { Database } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context, type Means } from "@minka/service/act";
import { desc, lt, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { weightSets, type WeightSetRow } from "./ranking-tables.ts";
import { currentWeights, forgetWeights } from "./weight-sets.ts";

/**
 * An operator changes what decides on ranks: a new version, in force in this process at once and in the others within
 * seconds. Lists that stand keep theirs. `weights-changed` (409) when another version came in between.
 */
export async function replaceWeights(
  { db, clock }: Means,
  context: Context,
  { body: { basedOn, weights, travelFactors, note } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  await currentWeights(db, clock());
  const answer = await db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      // One after the other: the second is told of the first.
      await tx.execute(sql`lock table ${weightSets} in share row exclusive mode`);
      const [last] = await tx.select().from(weightSets).orderBy(desc(weightSets.version)).limit(1);
      if (!last || last.version !== basedOn)
        throw new DomainError("conflict", "weights-changed", "Somebody else has changed the weights.", {
          details: { version: last?.version ?? null },
        });
      const version = last.version + 1;
      await tx.insert(weightSets).values({
        version,
        at: act.at,
        by: act.by,
        weights,
        travelFactors: travelFactors ?? last.travelFactors,
        note,
      });
      await record(tx, act, "weights.replace", `weights:${version}`);
      return { version };
    }),
  );
  forgetWeights(db);
  return answer;
}

/** All versions, the newest first. `cursor-wrong` (422). */
export async function listWeights(
  db: Database,
  now: Date,
  { cursor, limit }: HandlerInput<typeof listContract>["query"],
): Promise<HandlerAnswer<typeof listContract>> {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor))
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.");
  await currentWeights(db, now);
  const rows = await db.read
    .select()
    .from(weightSets)
    .where(cursor === undefined ? undefined : lt(weightSets.version, Number(cursor)))
    .orderBy(desc(weightSets.version))
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  return {
    items: items.map(weightsView),
    next: rows.length > limit ? String(items.at(-1)?.version) : null,
  };
}

export function weightsView({ at, travelFactors, ...set }: WeightSetRow) {
  return { ...set, travelFactors: { ...travelFactors }, at: at.toISOString() };
}
