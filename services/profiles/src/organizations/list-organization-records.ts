import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { listOrganizationRecords as contract } from "@minka/contracts/organizations";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, asc, desc, eq, isNotNull, isNull, like, sql } from "@minka/database/query";
import { z } from "zod";
import { memberships, organizations } from "../tables.ts";

/** Microseconds as text: a Date would lose them, and with them rows of the same millisecond. */
const position = z.tuple([z.string().regex(/^[\d\-T:. +]{10,40}$/), z.uuid()]);

/** A page of all organizations by when they were registered. `cursor-wrong` (422). */
export async function listOrganizationRecords(
  queries: Queries,
  { verified, state, kind, area, order, cursor, limit }: HandlerInput<typeof contract>["query"],
): Promise<HandlerAnswer<typeof contract>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const [direction, beyond] = order === "newest" ? [desc, sql`<`] : [asc, sql`>`];
  const rows = await queries
    .select({
      id: organizations.id,
      name: organizations.name,
      kind: organizations.kind,
      districtCode: organizations.districtCode,
      state: organizations.state,
      verified: sql<boolean>`${organizations.verifiedAt} is not null`,
      members: sql<number>`(select count(*)::int from ${memberships} m
        where m.organization_id = ${sql.raw('"organizations"."id"')} and m.state = 'active')`,
      registeredAt: organizations.createdAt,
      position: sql<string>`${organizations.createdAt}::text`,
    })
    .from(organizations)
    .where(
      and(
        verified === undefined
          ? undefined
          : verified
            ? isNotNull(organizations.verifiedAt)
            : isNull(organizations.verifiedAt),
        state === undefined ? undefined : eq(organizations.state, state),
        kind === undefined ? undefined : eq(organizations.kind, kind),
        area === undefined ? undefined : like(organizations.districtCode, `${area}%`),
        after &&
          sql`(${organizations.createdAt}, ${organizations.id}) ${beyond} (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(direction(organizations.createdAt), direction(organizations.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ position: _position, registeredAt, ...row }) => ({
      ...row,
      registeredAt: registeredAt.toISOString(),
    })),
    next: rows.length > limit && last ? writeCursor([last.position, last.id]) : null,
  };
}

const writeCursor = (at: z.output<typeof position>) => Buffer.from(JSON.stringify(at)).toString("base64url");

function readCursor(cursor: string): z.output<typeof position> {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new DomainError("invalid", "cursor-wrong", "This cursor was not given by this list.");
  }
}
