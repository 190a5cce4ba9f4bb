import type { weightsByKind } from "@minka/contracts/weights";
import type { Database } from "@minka/database/connect";
import { desc } from "@minka/database/query";
import type { z } from "zod";
import { firstVersion, firstWeights } from "./first-weights.ts";
import { weightSets, type WeightSetRow } from "./ranking-tables.ts";

/** All that turns parts into a rank; kept by its version, so that an old rank can be explained. */
export type WeightSet = {
  readonly version: number;
  readonly weights: z.output<typeof weightsByKind>;
  readonly travelFactors: Readonly<Record<string, number>>;
};

/** For so long a process ranks by what it has read: a change is everywhere within it. */
const cachedMs = 5_000;
const cache = new WeakMap<Database, { set: WeightSetRow; until: number }>();

/** The weights in force. The first time, an installation keeps those that it begins with. */
export async function currentWeights(db: Database, now: Date): Promise<WeightSetRow> {
  const kept = cache.get(db);
  // Against a clock that was put back as well.
  if (kept && now.getTime() < kept.until && now.getTime() >= kept.until - cachedMs) return kept.set;
  const set = (await readLast(db)) ?? (await keepFirst(db, now));
  cache.set(db, { set, until: now.getTime() + cachedMs });
  return set;
}

/** What was just replaced in this process is read anew. */
export function forgetWeights(db: Database): void {
  cache.delete(db);
}

async function readLast({ read }: Database): Promise<WeightSetRow | undefined> {
  const [last] = await read.select().from(weightSets).orderBy(desc(weightSets.version)).limit(1);
  return last;
}

async function keepFirst(db: Database, at: Date): Promise<WeightSetRow> {
  const first = {
    version: firstVersion,
    at,
    by: "system",
    weights: firstWeights,
    travelFactors: {},
    note: "The weights that Minka begins with",
  };
  await db.read.insert(weightSets).values(first).onConflictDoNothing();
  return (await readLast(db)) ?? first;
}
