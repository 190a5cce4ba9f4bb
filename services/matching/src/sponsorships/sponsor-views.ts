import type { Match } from "@minka/contracts/matches";
import type { Database } from "@minka/database/connect";
import { sql } from "@minka/database/query";
import type { MatchRow } from "../tables.ts";
import { leftOf } from "./share.ts";
import { sponsorships, type SponsorshipRow } from "./sponsorships-tables.ts";

type Sponsored = Pick<MatchRow, "state" | "sponsorshipId" | "sponsorPaysCentimos">;

/** Not asked yet: the money is not kept aside, and may be gone. */
const waiting: readonly MatchRow["state"][] = ["listed"];
const over: readonly MatchRow["state"][] = ["declined", "silent", "withdrawn"];

/** Who pays for each of some matches, as it is now. Where nobody pays for any, nothing is read. */
export function sponsorViews({ read }: Pick<Database, "read">) {
  const named = read
    .select()
    .from(sponsorships)
    .where(sql`${sponsorships.id} = any(${sql.placeholder("ids")}::uuid[])`)
    .prepare("sponsors_of_matches");

  return async (rows: readonly Sponsored[]): Promise<(row: Sponsored) => Match["sponsor"]> => {
    const ids = [...new Set(rows.flatMap(({ sponsorshipId }) => sponsorshipId ?? []))];
    if (ids.length === 0) return () => null;
    const known = new Map((await named.execute({ ids: `{${ids.join(",")}}` })).map((row) => [row.id, row]));
    return (row) => sponsorView(row, known);
  };
}

function sponsorView(
  { state, sponsorshipId, sponsorPaysCentimos: paysCentimos }: Sponsored,
  known: ReadonlyMap<string, SponsorshipRow>,
): Match["sponsor"] {
  const payer = sponsorshipId === null ? undefined : known.get(sponsorshipId);
  if (!payer || paysCentimos === null || over.includes(state)) return null;
  const gone = payer.state !== "active" || leftOf(payer) < paysCentimos;
  return waiting.includes(state) && gone ? null : { name: payer.sponsorName, paysCentimos };
}
