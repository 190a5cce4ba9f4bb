import type { ErasureOrder } from "@minka/contracts/personal-data";
import type { Transaction } from "@minka/database/connect";
import { erasedMark, mentionPattern, namePattern } from "@minka/database/mentions";
import { getTableColumns, sql, type SQL } from "@minka/database/query";
import type { PgColumn } from "@minka/database/table";
import { shortName } from "../conversations/say-match.ts";
import { inboundMessages, outboundMessages, prompts } from "../tables.ts";
import { bulletinBodies, messageBodies, otherBodies } from "./own-holdings.ts";
import { farewells } from "./personal-data-tables.ts";

type Seen = Pick<typeof farewells.$inferSelect, "outboundSeen" | "inboundSeen">;

/** As many messages as are looked through within a second or two: a call may not take longer than five. */
const atATime = 200_000;

/**
 * Blanks what others were written, or wrote, with the person's name or number in it; what they were told besides is
 * gone with it. At phones of people who dealt with the person a name that was cut short is looked for too: anywhere
 * else it may be a namesake's. A question that is still open keeps its sense: only the name is taken out of it.
 * All messages are many, so each call looks through the next of them; returns how far, and whether that was all.
 */
export async function blankMentions(
  tx: Transaction,
  who: ErasureOrder,
  seen: Seen,
): Promise<Seen & { all: boolean }> {
  const close = who.names.flatMap(cutNames).map(namePattern).join("|");
  const phones = [...new Set([...who.acquaintances.map(({ phone }) => phone), ...who.sharedPhones])];
  if (close !== "" && phones.length > 0) {
    for (const { column, phone } of [...messageBodies, ...otherBodies])
      await blank(tx, column, close, sql`${phone} = any (${sql.param(phones)}::text[])`);
  }
  const anywhere = mentionPattern(who);
  if (anywhere === null) return { ...seen, all: true };
  for (const { column } of otherBodies) await blank(tx, column, anywhere);
  for (const column of bulletinBodies) await blank(tx, column, anywhere);
  const outbound = await blankNext(tx, outboundMessages, anywhere, seen.outboundSeen);
  const inbound = await blankNext(tx, inboundMessages, anywhere, seen.inboundSeen);
  return { outboundSeen: outbound.seen, inboundSeen: inbound.seen, all: outbound.all && inbound.all };
}

/** A message may become visible this long after a later one: ids are made before transactions commit. */
const overlapMs = 60_000n;

/** The least id of a time somewhat before this one: the first 48 bits of a UUIDv7 are milliseconds. */
function somewhatBefore(id: string): string {
  const at = BigInt(`0x${id.replaceAll("-", "").slice(0, 12)}`) - overlapMs;
  const hex = at.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** Ids grow with time, so what has come since the last call comes after what it saw. */
async function blankNext(
  tx: Transaction,
  table: typeof outboundMessages | typeof inboundMessages,
  pattern: string,
  seen: string | null,
): Promise<{ seen: string | null; all: boolean }> {
  const after = seen === null ? sql`true` : sql`${table.id} > ${somewhatBefore(seen)}`;
  const next = await tx.execute<{ id: string; last: boolean }>(sql`
    with next as (select id from ${table} where ${after} order by id limit ${atATime})
    select id, (select count(*) from next) < ${atATime} as last from next order by id desc limit 1`);
  const [end] = next;
  if (!end) return { seen, all: true };
  await blank(tx, table.body, pattern, sql`${after} and ${table.id} <= ${end.id}`);
  return { seen: end.id, all: end.last };
}

async function blank(tx: Transaction, column: PgColumn, pattern: string, among = sql`true`): Promise<void> {
  const { table } = column;
  const [name] = Object.entries(getTableColumns(table)).find(([, each]) => each === column) ?? [];
  if (!name) throw new Error(`${column.name} is no column of its table`);
  await tx
    .update(table)
    .set({ [name]: instead(column, pattern) })
    .where(sql`${among} and ${column} ~* ${pattern}`);
}

function instead(column: PgColumn, pattern: string): SQL | string | null {
  const keepsSense: readonly PgColumn[] = [prompts.text, ...bulletinBodies];
  if (keepsSense.includes(column)) return sql`regexp_replace(${column}, ${pattern}, ${erasedMark}, 'gi')`;
  return column.notNull ? erasedMark : null;
}

const longestShown = 24;
const shortestShown = 8;

/** A name whole, and as lists cut it to fit an SMS. */
function cutNames(name: string): string[] {
  const whole = name.trim();
  if (whole.length < 3) return [];
  const cut = Array.from({ length: longestShown - shortestShown + 1 }, (_, index) =>
    shortName(whole, shortestShown + index),
  );
  return [...new Set([whole, ...cut])];
}
