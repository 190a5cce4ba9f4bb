import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listProviderRecords } from "@minka/contracts/providers";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { providers } from "../tables.ts";

const position = z.tuple([z.iso.datetime(), z.uuid()]);

/** By state, who has waited longest first. */
export async function listRecords(
  queries: Queries,
  { state, cursor, limit }: HandlerInput<typeof listProviderRecords>["query"],
): Promise<HandlerAnswer<typeof listProviderRecords>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await queries
    .select({
      id: providers.id,
      form: providers.form,
      kinds: providers.kinds,
      name: providers.name,
      districtCode: providers.districtCode,
      state: providers.state,
      since: providers.stateSince,
    })
    .from(providers)
    .where(
      and(
        state === undefined ? undefined : eq(providers.state, state),
        after &&
          sql`(${providers.stateSince}, ${providers.id}) > (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(asc(providers.stateSince), asc(providers.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit).map((row) => ({ ...row, since: row.since.toISOString() }));
  const last = items.at(-1);
  const next = rows.length > limit && last ? writeCursor([last.since, last.id]) : null;
  return { items, next };
}

const writeCursor = (at: z.output<typeof position>) => Buffer.from(JSON.stringify(at)).toString("base64url");

function readCursor(cursor: string): z.output<typeof position> {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new DomainError("invalid", "cursor-wrong", "This cursor was not given by this list.");
  }
}
