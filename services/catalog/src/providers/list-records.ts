import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listProviderRecords } from "@minka/contracts/providers";
import type { Queries } from "@minka/database/connect";
import { addDays, limaInstant } from "@minka/domain/lima-time";
import { readCursor, writeCursor } from "@minka/service/list-cursor";
import { and, arrayContains, asc, desc, eq, gte, like, lt, sql } from "@minka/database/query";
import { providers } from "../tables.ts";

/** By state, who has waited longest first unless said. `cursor-wrong` (422). */
export async function listRecords(
  queries: Queries,
  { state, kind, area, from, until, order, cursor, limit }: HandlerInput<typeof listProviderRecords>["query"],
): Promise<HandlerAnswer<typeof listProviderRecords>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const sorted = order === "newest" ? desc : asc;
  const rows = await queries
    .select({
      id: providers.id,
      form: providers.form,
      kinds: providers.kinds,
      name: providers.name,
      districtCode: providers.districtCode,
      state: providers.state,
      since: providers.stateSince,
    })
    .from(providers)
    .where(
      and(
        state === undefined ? undefined : eq(providers.state, state),
        kind === undefined ? undefined : arrayContains(providers.kinds, [kind]),
        area === undefined ? undefined : like(providers.districtCode, `${area}%`),
        from === undefined ? undefined : gte(providers.stateSince, limaInstant(from, 0)),
        until === undefined ? undefined : lt(providers.stateSince, limaInstant(addDays(until, 1), 0)),
        after &&
          sql`(${providers.stateSince}, ${providers.id}) ${sql.raw(order === "newest" ? "<" : ">")}
            (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(sorted(providers.stateSince), sorted(providers.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...row, since: row.since.toISOString() })),
    next: rows.length > limit && last ? writeCursor({ at: last.since, id: last.id }) : null,
  };
}
