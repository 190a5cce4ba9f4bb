import { readWeights } from "@minka/contracts/weights";
import { newId } from "@minka/database/new-id";
import postgres from "postgres";
import type { Means, Try } from "./tries.ts";
import type { Rows } from "./world.ts";

async function withDatabase<Result>(
  { platform }: Means,
  work: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/** An offer that was listed for somebody: why it is or is not on another list is for whoever asked. */
export async function listedOffer(means: Means): Promise<Rows> {
  const [row] = await withDatabase(
    means,
    (sql) => sql`select offer_id as "offerId" from matching.matches limit 1`,
  );
  return { offerId: String(row?.["offerId"]) };
}

/** Of the person whose rows they are, about a provider of whom nobody has heard. */
export async function newBlock({ rows }: Try, means: Means): Promise<Rows> {
  const blockId = newId();
  await withDatabase(
    means,
    (sql) => sql`
      insert into matching.blocks (id, person_id, provider_id, by, at)
      values (${blockId}, ${rows["personId"] ?? ""}, ${newId()}, 'person', now())`,
  );
  return { blockId };
}

/** One that waits, of a request of which nobody has one. */
export async function newReview(means: Means): Promise<Rows> {
  const reviewId = newId();
  await withDatabase(
    means,
    (sql) => sql`
      insert into matching.reviews (id, request_id, person_id, asked_at, trace)
      select ${reviewId}, r.id, r.person_id, now(), 'rights-test' from matching.requests r
      where not exists (select 1 from matching.reviews v where v.request_id = r.id and v.settled_at is null) limit 1`,
  );
  return { reviewId };
}

/** The weights in force, once more. */
export async function sameWeights({ done, world }: Means): Promise<object> {
  const { current } = await done<{ current: { version: number; weights: object } }>(
    world.checker,
    "GET",
    readWeights.path,
  );
  return { basedOn: current.version, weights: current.weights, note: "de prueba" };
}
