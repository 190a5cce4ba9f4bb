import type { LotRow } from "../lots/lots-tables.ts";
import type { PledgeRow } from "./pledges-tables.ts";

type Certificates = PledgeRow["certificates"];

/**
 * As what a contribution counts as certified: what is said decides on those that its lot asks for, since nobody is asked
 * about others; those are kept as they are known, for another lot or for who traces it.
 */
export function certifiedAs(
  { certificates: asked }: Pick<LotRow, "certificates">,
  said: Certificates | undefined,
  known: Certificates,
): Certificates {
  const kept = said ? known.filter((one) => !asked.includes(one)) : known;
  return [...new Set([...(said ?? []), ...kept])];
}
