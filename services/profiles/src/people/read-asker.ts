import type { AskerFacts } from "@minka/contracts/asker";
import type { Queries } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { limaDay } from "@minka/domain/lima-time";
import { crops } from "@minka/domain/vocabulary";
import { and, eq, ne, sql } from "@minka/database/query";
import { certificates } from "../certificates/certificates-tables.ts";
import { organizationCertificates } from "../organizations/organizations-tables.ts";
import { plotHolders, plots } from "../plots/plots-tables.ts";
import { seasons } from "../seasons/seasons-tables.ts";
import { memberships, organizations, people, producerCrops } from "../tables.ts";
import { deriveAskerFacts, type Recorded } from "./asker-facts.ts";
import { personUnknown } from "./read-person.ts";

/**
 * What a search has to know of who asks, in one statement: each search waits for it. Throws `person-unknown` (404)
 * for an id that nobody has, or who had it was erased.
 */
export function askerReader({ queries, clock }: { queries: Queries; clock: Clock }) {
  const rows = <Row>(select: ReturnType<typeof sql>) =>
    sql<Row[]>`(select coalesce(jsonb_agg(to_jsonb(found)), '[]') from (${select}) found)`;
  const query = queries
    .select({
      sex: people.sex,
      language: people.language,
      prefersWoman: people.prefersWoman,
      dni: people.dni,
      plots: rows<Recorded["plots"][number]>(sql`
        select p.tenure, p.document from ${plotHolders} h join ${plots} p on p.id = h.plot_id
        where h.person_id = people.id`),
      grown: sql<string[]>`array(select c.crop from ${producerCrops} c where c.person_id = people.id)`,
      seasons: rows<Recorded["seasons"][number]>(sql`
        select s.crop, s.year, s.amount, s.state, s.organic from ${seasons} s
        where s.person_id = people.id
          or s.plot_id in (select h.plot_id from ${plotHolders} h where h.person_id = people.id)
        order by s.crop`),
      certificates: rows<Recorded["certificates"][number]>(sql`
        select c.certificate, c.crop, c.expires_on as "expiresOn" from ${certificates} c
        where c.person_id = people.id order by c.id`),
      organizations: rows<Recorded["organizations"][number]>(sql`
        select m.organization_id as id, array(
          select c.certificate from ${organizationCertificates} c
          where c.organization_id = m.organization_id and c.expires_on >= ${sql.placeholder("today")}
        ) as certificates
        from ${memberships} m join ${organizations} o on o.id = m.organization_id
        where m.person_id = people.id and m.state = 'active' and o.state <> 'closed'
        order by m.organization_id`),
    })
    .from(people)
    .where(and(eq(people.id, sql.placeholder("personId")), ne(people.state, "erased")))
    .prepare("asker_facts");

  return async (personId: string): Promise<AskerFacts> => {
    const today = limaDay(clock());
    const [row] = await query.execute({ personId, today });
    if (!row) throw personUnknown();
    const { sex, language, prefersWoman, grown, ...recorded } = row;
    const known = { ...recorded, grown: crops.filter((crop) => grown.includes(crop)) };
    return { sex, language, prefersWoman, ...deriveAskerFacts(known, today) };
  };
}
