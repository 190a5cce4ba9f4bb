import type { requestDemand as contract } from "@minka/contracts/demand";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { addMonths, limaDay, limaInstant } from "@minka/domain/lima-time";
import { and, asc, gte, inArray, ne, or, sql } from "@minka/database/query";
import { openStates } from "./request-lifecycle.ts";
import { requests } from "../tables.ts";

/** Fewer people than this in a district could be told who they are. */
const fewest = 5;

/** What of inputs and equipment was asked for where and when, by how many requests; never by whom. */
export async function requestDemand(
  { read }: Database,
  clock: Clock,
  { query: { products, months } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const product = sql<string>`${requests.need}->>'product'`;
  const month = sql<string>`to_char(${requests.openedAt} at time zone 'America/Lima', 'YYYY-MM')`;
  const isOpen = inArray(requests.state, [...openStates]);
  const firstDay = `${addMonths(limaDay(clock()), 1 - months).slice(0, 7)}-01`;
  const rows = await read
    .select({
      districtCode: requests.districtCode,
      product,
      month,
      requests: sql<number>`count(*)::int`,
      open: sql<number>`(count(*) filter (where ${isOpen}))::int`,
      people: sql<number>`count(distinct ${requests.personId})::int`,
    })
    .from(requests)
    .where(
      and(
        inArray(requests.kind, ["input", "equipment"]),
        sql`${product} is not null`,
        products === undefined ? undefined : inArray(product, products.split(",")),
        ne(requests.state, "cancelled"),
        or(isOpen, gte(requests.openedAt, limaInstant(firstDay, 0))),
      ),
    )
    .groupBy(requests.districtCode, product, month)
    .orderBy(asc(requests.districtCode), asc(product), asc(month));
  return {
    cells: rows.map(({ people, ...cell }) => ({
      ...cell,
      // Only what the vocabulary names gets into a need.
      product: cell.product as HandlerAnswer<typeof contract>["cells"][number]["product"],
      ...(people < fewest ? { requests: null, open: null } : {}),
    })),
  };
}
