import type { Outcomes, Served } from "@minka/contracts/outcome-reports";
import { mostTraits, readTraits } from "@minka/contracts/traits";
import type { ServiceKit } from "@minka/service/define-service";
import type { Period } from "../fairness/count-exposure.ts";
import { requestsOfPeriod, servedSums } from "./requests-of-period.ts";

type Counted = Pick<Outcomes, "bySex" | "bySize" | "byMembership">;
type Person = Served & { personId: string };

/** By what people are counted by, which is profiles': it is asked of it, as many people at a time as it answers. */
export async function countByTraits(
  { db, call }: Pick<ServiceKit, "db" | "call">,
  period: Period,
  trace: string,
): Promise<Counted> {
  const people = db.sql<Person[]>`
    with ${requestsOfPeriod(db, period)}
    select person_id as "personId", ${servedSums(db)} from asked group by person_id`;
  const sex = new Sums<"f" | "m">();
  const size = new Sums<"small" | "medium" | "large">();
  const member = new Sums<boolean>();
  for await (const rows of people.cursor(mostTraits)) {
    const body = { personIds: rows.map(({ personId }) => personId) };
    const { traits } = await call(readTraits, { body }, { trace });
    const known = new Map(traits.map((each) => [each.personId, each]));
    for (const row of rows) {
      const person = known.get(row.personId);
      sex.add(person?.sex ?? null, row);
      size.add(person?.sizeClass ?? null, row);
      member.add(person ? person.organizationIds.length > 0 : null, row);
    }
  }
  return {
    bySex: sex.rows((value) => ({ sex: value })),
    bySize: size.rows((sizeClass) => ({ sizeClass })),
    byMembership: member.rows((value) => ({ member: value })),
  };
}

/** Sums by group; null is of whom it is not known. */
class Sums<Group> {
  readonly #sums = new Map<Group | null, Served>();

  add(group: Group | null, { requests, matched, agreed, done, unserved }: Served): void {
    const sum = this.#sums.get(group) ?? { requests: 0, matched: 0, agreed: 0, done: 0, unserved: 0 };
    sum.requests += requests;
    sum.matched += matched;
    sum.agreed += agreed;
    sum.done += done;
    sum.unserved += unserved;
    this.#sums.set(group, sum);
  }

  rows<Named>(name: (group: Group | null) => Named): (Named & Served)[] {
    return [...this.#sums]
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
      .map(([group, sum]) => ({ ...name(group), ...sum }));
  }
}
