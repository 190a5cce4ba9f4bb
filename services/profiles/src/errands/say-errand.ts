import type { Queries } from "@minka/database/connect";
import { commonName, findDistrict } from "@minka/geography/districts";
import { describeNeed, word } from "@minka/language/texts";
import { eq } from "@minka/database/query";
import { organizations, people } from "../tables.ts";
import type { ErrandRow } from "./errands-tables.ts";

/** So that the question stays short whatever somebody calls themself. */
const longestName = 24;
const longestOrganization = 30;

/** Who asks, for what and where, in the words of a text. */
export async function sayErrand(
  queries: Queries,
  { helperId, organizationId, name, need, districtCode }: ErrandRow,
): Promise<Record<string, string>> {
  const [helper] = await queries.select({ name: people.name }).from(people).where(eq(people.id, helperId));
  const [organization] = organizationId
    ? await queries
        .select({ name: organizations.name })
        .from(organizations)
        .where(eq(organizations.id, organizationId))
    : [];
  const district = districtCode === null ? undefined : findDistrict(districtCode);
  const from = organization ? ` (${shortened(organization.name, longestOrganization)})` : "";
  return {
    helper: `${shortened(helper?.name ?? "Alguien", longestName)}${from}`,
    name: shortened(name ?? "", longestName),
    need: need ? describeNeed(need) : word("phrase", "registration"),
    place: district ? commonName(district) : "",
  };
}

function shortened(name: string, longest: number): string {
  return name.length <= longest ? name : `${name.slice(0, longest - 1).trimEnd()}.`;
}
