import { reportedBy, type SponsorshipReport } from "@minka/contracts/sponsorships";
import type { Queries } from "@minka/database/connect";
import type { Context } from "@minka/service/act";
import { sql } from "@minka/database/query";
import type { Calling } from "./propose-sponsorship.ts";
import { leftOf } from "./share.ts";
import { sponsorRole } from "./sponsor-rights.ts";
import { findSponsorship } from "./sponsorship-view.ts";
import { sponsoredServices } from "./sponsorships-tables.ts";

/** Fewer persons than this in a cell could be told who they are by whoever knows the village. */
const fewest = 5;

type Row = SponsorshipReport["rows"][number];
type Counted = Row & { services: number; persons: number };

/**
 * What a sponsorship was spent on, in numbers. The sponsor's managers are not told what would tell of fewer than five
 * persons, also not by what is missing of the sum. `no-such-sponsorship` (404), `not-your-sponsor` (403).
 */
export async function readReport(
  { db, call }: Calling,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  sponsorshipId: string,
): Promise<SponsorshipReport> {
  const row = await findSponsorship(db.read, sponsorshipId);
  const role = await sponsorRole(call, actor, row, trace);
  const { all, rows } = await countServices(db.read, sponsorshipId);
  const { budgetCentimos, reservedCentimos, spentCentimos } = row;
  const whole = role === "operator";
  return {
    sponsorshipId,
    budgetCentimos,
    reservedCentimos,
    spentCentimos,
    leftCentimos: leftOf(row),
    services: all.services,
    persons: whole || all.persons >= fewest || all.persons === 0 ? all.persons : null,
    rows: whole ? rows : reportedBy.flatMap((by) => withhold(rows.filter((each) => each.by === by))),
  };
}

/**
 * The cells of one dimension without those of too few persons. What is left out together can be read off the total,
 * so the smallest of the others are left out with it until it is of enough persons, in more than one cell.
 */
export function withhold(cells: readonly Counted[]): Row[] {
  const few = new Set(cells.filter(({ persons }) => persons < fewest));
  const others = cells.filter((cell) => !few.has(cell)).toSorted((a, b) => a.persons - b.persons);
  const hidden = () => [...few].reduce((sum, { persons }) => sum + persons, 0);
  for (const next of few.size > 0 ? others : []) {
    if (few.size > 1 && hidden() >= fewest) break;
    few.add(next);
  }
  const nothing = { services: null, persons: null, reservedCentimos: null, spentCentimos: null };
  return cells.map((cell) => (few.has(cell) ? { ...cell, ...nothing } : cell));
}

/** One pass for all dimensions; a cell of nobody has no row. */
async function countServices(
  queries: Queries,
  sponsorshipId: string,
): Promise<{ all: Pick<Counted, "services" | "persons">; rows: Counted[] }> {
  const s = sponsoredServices;
  const found = await queries.execute<{
    by: Row["by"] | "all";
    value: Row["value"];
    services: number;
    persons: number;
    reserved: number;
    spent: number;
  }>(sql`
    select case when grouping(${s.districtCode}) = 0 then 'district' when grouping(${s.sex}) = 0 then 'sex'
                when grouping(${s.sizeClass}) = 0 then 'size' when grouping(${s.member}) = 0 then 'member'
                else 'all' end as by,
           coalesce(${s.districtCode}, ${s.sex}, ${s.sizeClass},
                    case ${s.member} when true then 'yes' when false then 'no' end, 'unknown') as value,
           count(*)::int as services, count(distinct ${s.personId})::int as persons,
           coalesce(sum(${s.amountCentimos}) filter (where ${s.state} = 'reserved'), 0)::int as reserved,
           coalesce(sum(${s.spentCentimos}) filter (where ${s.state} = 'spent'), 0)::int as spent
      from ${s}
     where ${s.sponsorshipId} = ${sponsorshipId} and ${s.state} <> 'released'
     group by grouping sets ((${s.districtCode}), (${s.sex}), (${s.sizeClass}), (${s.member}), ())
     order by 1, 2`);
  const all = found.find(({ by }) => by === "all");
  return {
    all: { services: all?.services ?? 0, persons: all?.persons ?? 0 },
    rows: found.flatMap(({ by, value, services, persons, reserved, spent }) =>
      by === "all"
        ? []
        : [{ by, value, services, persons, reservedCentimos: reserved, spentCentimos: spent }],
    ),
  };
}
