import type { Outcomes } from "@minka/contracts/outcome-reports";
import type { Database } from "@minka/database/connect";
import type { LimaDay } from "@minka/domain/lima-time";

/** Money of the sponsorships that a period touches, as it stands now. */
export async function countSponsored(
  { sql }: Pick<Database, "sql">,
  { from, until }: { from: LimaDay; until: LimaDay },
): Promise<Outcomes["sponsorships"]> {
  return [
    ...(await sql<Outcomes["sponsorships"]>`
      select s.id as "sponsorshipId", s.title, s.sponsor_name as "sponsorName",
             s.budget_centimos as "budgetCentimos", s.reserved_centimos as "reservedCentimos",
             s.spent_centimos as "spentCentimos",
             (select count(*) from matching.sponsored_services d
               where d.sponsorship_id = s.id and d.state <> 'released')::int as services
        from matching.sponsorships s
       where s.state <> 'draft' and s.from_day <= ${until} and s.until_day >= ${from} order by s.id`),
  ];
}
