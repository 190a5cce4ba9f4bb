import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { readFairness as contract } from "@minka/contracts/fairness";
import { mostTraits, readTraits, type Traits } from "@minka/contracts/traits";
import type { ServiceKit } from "@minka/service/define-service";
import type { Period } from "./count-exposure.ts";

type Answer = HandlerAnswer<typeof contract>;
type Served = { requests: number; unmatched: number; unserved: number };
type Person = Served & { personId: string };

/**
 * Who asked and was left without, by district and by what people are counted by. What they are is profiles', so it is
 * asked of it, as many people at a time as it answers, and nobody is kept but the sums.
 */
export async function countServed(
  { db: { sql }, call }: Pick<ServiceKit, "db" | "call">,
  { begins, ends }: Period,
  trace: string,
): Promise<Pick<Answer, "byDistrict" | "bySex" | "bySize" | "byMembership">> {
  const asked = sql`
    select r.person_id, r.district_code, m.id is null and r.state <> 'searching' as unmatched,
           r.state in ('with_operator', 'lapsed') and not exists (
             select 1 from matching.engagements e where e.request_id = r.id and e.state <> 'cancelled') as unserved
    from matching.requests r
    left join lateral (select id from matching.matches m where m.request_id = r.id limit 1) m on true
    where r.opened_at >= ${begins.toISOString()} and r.opened_at < ${ends.toISOString()} and r.state <> 'cancelled'`;
  const sums = sql`count(*)::int as requests, count(*) filter (where unmatched)::int as unmatched,
    count(*) filter (where unserved)::int as unserved`;
  const byDistrict = await sql<Answer["byDistrict"]>`
    with asked as (${asked})
    select district_code as "districtCode", ${sums} from asked group by district_code order by district_code`;
  const counts = {
    sex: counter<"f" | "m">(),
    size: counter<"small" | "medium" | "large">(),
    member: counter<boolean>(),
  };
  const people = sql<Person[]>`
    with asked as (${asked})
    select person_id as "personId", ${sums} from asked group by person_id`;
  for await (const rows of people.cursor(mostTraits)) {
    const body = { personIds: rows.map(({ personId }) => personId) };
    const { traits } = await call(readTraits, { body }, { trace });
    const known = new Map(traits.map((each) => [each.personId, each]));
    for (const row of rows) add(counts, row, known.get(row.personId));
  }
  return {
    byDistrict: [...byDistrict],
    bySex: counts.sex.rows((sex) => ({ sex })),
    bySize: counts.size.rows((sizeClass) => ({ sizeClass })),
    byMembership: counts.member.rows((member) => ({ member })),
  };
}

type Counts = {
  sex: Counter<"f" | "m">;
  size: Counter<"small" | "medium" | "large">;
  member: Counter<boolean>;
};

function add({ sex, size, member }: Counts, row: Person, person: Traits | undefined): void {
  sex.add(person?.sex ?? null, row);
  size.add(person?.sizeClass ?? null, row);
  member.add(person ? person.organizationIds.length > 0 : null, row);
}

type Counter<Group> = ReturnType<typeof counter<Group>>;

/** Sums by group; null is who has not said it. */
function counter<Group>() {
  const sums = new Map<Group | null, Served>();
  return {
    add(group: Group | null, { requests, unmatched, unserved }: Served): void {
      const sum = sums.get(group) ?? { requests: 0, unmatched: 0, unserved: 0 };
      sum.requests += requests;
      sum.unmatched += unmatched;
      sum.unserved += unserved;
      sums.set(group, sum);
    },
    rows: <Named>(name: (group: Group | null) => Named): (Named & Served)[] =>
      [...sums]
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
        .map(([group, sum]) => ({ ...name(group), ...sum })),
  };
}
