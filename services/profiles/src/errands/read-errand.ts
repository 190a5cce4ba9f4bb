import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { errandNews, readErrand as contract } from "@minka/contracts/errands";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import { errands, type ErrandRow } from "./errands-tables.ts";
import { sayErrand } from "./say-errand.ts";

/** Who hears of it later hears nothing: they will have asked. */
const newsMs = 3 * 24 * 60 * 60 * 1000;

const outcomes: Partial<Record<ErrandRow["state"], string>> = {
  agreed: "errand_told_yes",
  refused: "errand_told_no",
  lapsed: "errand_told_silent",
};

export async function readErrand(queries: Queries, id: string): Promise<HandlerAnswer<typeof contract>> {
  const row = await findErrand(queries, id);
  return {
    errand: {
      id,
      state: row.state,
      helperPersonId: row.helperId,
      organizationId: row.organizationId,
      personId: row.state === "agreed" ? row.principalId : null,
      need: row.need,
      districtCode: row.districtCode,
    },
  };
}

/** One line for the helper, which tells the phone by its ending. */
export async function readNews(queries: Queries, id: string): Promise<HandlerAnswer<typeof errandNews>> {
  const row = await findErrand(queries, id);
  const until = new Date((row.settledAt ?? new Date(0)).getTime() + newsMs).toISOString();
  const text = outcomes[row.state];
  if (!text) return { news: [], until };
  const { need = "" } = await sayErrand(queries, row);
  return { news: [{ personId: row.helperId, text, parameters: { ending: row.phoneEnding, need } }], until };
}

async function findErrand(queries: Queries, id: string): Promise<ErrandRow> {
  const [row] = await queries.select().from(errands).where(eq(errands.id, id));
  if (!row) throw new DomainError("not-found", "errand-unknown", "There is no such errand.");
  return row;
}
