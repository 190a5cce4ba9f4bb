import { newId } from "@minka/database/new-id";
import { addDays, limaDay } from "@minka/domain/lima-time";
import postgres from "postgres";
import type { Means, Try } from "./tries.ts";
import type { Rows } from "./world.ts";

async function asOwner<Result>(
  { platform }: Means,
  work: (owner: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/** What they agreed to is for today; what only somebody reaches for stays as it is. */
export async function visitToday({ own, role, rows }: Try, means: Means): Promise<void> {
  if (!own && role !== "operator") return;
  const today = limaDay(means.platform.clock());
  await asOwner(means, (owner) => {
    const id = rows["providedEngagementId"] ?? null;
    return owner`update matching.engagements set visit_on = ${today} where id = ${id}`;
  });
}

/** They have arrived at what they agreed to. */
export async function newPresence(attempt: Try, means: Means): Promise<Rows> {
  const presenceId = newId();
  const at = means.platform.clock();
  await asOwner(
    means,
    (owner) => owner`
      insert into matching.presences (id, engagement_id, person_id, arrived_at, said_at, heard_at, expected_until, trace)
      select ${presenceId}, id, provider_person_id, ${at}, ${at}, ${at}, ${at}, 'rights-test' from matching.engagements
      where id = coalesce(${attempt.rows["providedEngagementId"] ?? null}, id) limit 1
      on conflict do nothing`,
  );
  return { presenceId };
}

/** Any that there is. */
export async function anyPresence(attempt: Try, means: Means): Promise<Rows> {
  await newPresence(attempt, means);
  const [row] = await asOwner(means, (owner) => owner`select id from matching.presences limit 1`);
  return { presenceId: String(row?.["id"]) };
}

export function closureBody({ rows }: Try, { platform }: Means): object {
  const { districtCode, organizationId } = rows;
  const until = addDays(limaDay(platform.clock()), 2);
  return { area: districtCode, until, reason: "rain", ...(organizationId ? { organizationId } : {}) };
}

/** One that was said for whom the rows are of. */
export async function newClosure({ rows }: Try, means: Means): Promise<Rows> {
  const closureId = newId();
  const { districtCode = "", organizationId = null } = rows;
  const at = means.platform.clock();
  const until = limaDay(at);
  await asOwner(
    means,
    (owner) => owner`
      insert into matching.closures (id, area, until, reason, organization_id, closed_by, closed_at)
      values (${closureId}, ${districtCode}, ${until}, 'rain', ${organizationId}, 'rights-test', ${at})`,
  );
  return { closureId };
}
