import type { Actor } from "@minka/contracts/actor";
import type { listBlocks as contract } from "@minka/contracts/blocks";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, desc, eq, lt, sql } from "@minka/database/query";
import { z } from "zod";
import { matches, requests } from "../tables.ts";
import { blocks } from "./blocks-tables.ts";

type Query = HandlerInput<typeof contract>["query"];

/**
 * What a person blocked, or what a provider did for who answers for it; never who blocked them. An operator sees all
 * of a person or provider. `not-yours` (403), `cursor-wrong` (422).
 */
export async function listBlocks(
  { read }: Database,
  actor: Actor,
  { personId, providerId, cursor, limit }: Query,
): Promise<HandlerAnswer<typeof contract>> {
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success)
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.");
  const rows = await read
    .select({
      block: blocks,
      providerName: sql<
        string | null
      >`(select m.provider_name from ${requests} r join ${matches} m on m.request_id = r.id
        where r.person_id = blocks.person_id and m.provider_id = blocks.provider_id order by m.id desc limit 1)`,
    })
    .from(blocks)
    .where(
      and(
        whoseBlocks(actor, { personId, providerId }),
        personId === undefined ? undefined : eq(blocks.personId, personId),
        providerId === undefined ? undefined : eq(blocks.providerId, providerId),
        cursor === undefined ? undefined : lt(blocks.id, cursor),
      ),
    )
    .orderBy(desc(blocks.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit).map(({ block: { at, ...block }, providerName }) => ({
    ...block,
    providerName,
    at: at.toISOString(),
  }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

function whoseBlocks(actor: Actor, { personId, providerId }: Pick<Query, "personId" | "providerId">) {
  if (actor.kind === "person" && actor.operator) return undefined;
  const own = eq(blocks.by, "person");
  if (actor.kind === "service") return personId === undefined ? undefined : own;
  if (actor.kind !== "person") throw notYours();
  if (providerId !== undefined && personId === undefined)
    return and(
      eq(blocks.by, "provider"),
      sql`exists (select 1 from ${requests} r join ${matches} m on m.request_id = r.id
        where r.person_id = blocks.person_id and m.provider_id = blocks.provider_id
          and m.provider_person_id = ${actor.personId})`,
    );
  if (personId !== undefined && personId !== actor.personId) throw notYours();
  return and(own, eq(blocks.personId, actor.personId));
}

const notYours = () => new DomainError("forbidden", "not-yours", "This is somebody else's.");
