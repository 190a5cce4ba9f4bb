import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listFreshness as contract } from "@minka/contracts/freshness";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { kinds } from "@minka/domain/vocabulary";
import { and, asc, eq, inArray, like, lte, sql } from "@minka/database/query";
import { z } from "zod";
import { offers, providers } from "../tables.ts";
import { freshness } from "./freshness-tables.ts";

const position = z.tuple([z.iso.date(), z.uuid()]);

/** A page of offers that somebody has to confirm, by how long nobody has. `cursor-wrong` (422). */
export async function listFreshness(
  queries: Queries,
  { stage, kind, area, providerId, until, cursor, limit }: HandlerInput<typeof contract>["query"],
): Promise<HandlerAnswer<typeof contract>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await queries
    .select({
      offerId: freshness.offerId,
      kind: offers.kind,
      title: offers.title,
      providerId: offers.providerId,
      providerName: providers.name,
      districtCode: providers.districtCode,
      stage: freshness.stage,
      confirmedOn: freshness.confirmedOn,
      asked: freshness.asked,
      askedAt: freshness.askedAt,
    })
    .from(freshness)
    .innerJoin(offers, eq(offers.id, freshness.offerId))
    .innerJoin(providers, eq(providers.id, offers.providerId))
    .where(
      and(
        inArray(offers.kind, kind === undefined ? [...kinds] : [kind]),
        stage === undefined ? undefined : eq(freshness.stage, stage),
        area === undefined ? undefined : like(providers.districtCode, `${area}%`),
        providerId === undefined ? undefined : eq(offers.providerId, providerId),
        until === undefined ? undefined : lte(freshness.confirmedOn, until),
        after &&
          sql`(${freshness.confirmedOn}, ${freshness.offerId}) > (${after[0]}::date, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(asc(freshness.confirmedOn), asc(freshness.offerId))
    .limit(limit + 1);
  const items = rows.slice(0, limit).map((row) => ({
    ...row,
    kind: z.enum(kinds).parse(row.kind),
    askedAt: row.askedAt?.toISOString() ?? null,
  }));
  const last = items.at(-1);
  const next = rows.length > limit && last ? writeCursor([last.confirmedOn, last.offerId]) : null;
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
