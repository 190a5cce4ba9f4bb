import type { Database, Queries } from "@minka/database/connect";
import { limaHour } from "@minka/domain/lima-time";
import { and, asc, eq, inArray, lt, lte, notExists, or, sql, type SQL } from "@minka/database/query";
import { alias } from "@minka/database/table";
import type { Gateway } from "../gateways/gateway.ts";
import { conversations, outboundMessages } from "../tables.ts";
import { inOrder, isUp, mostPassedOver, room, type Channels } from "./channel-state.ts";
import { readChannels } from "./channels.ts";
import type { OutboundMessage } from "./finish-attempt.ts";

/** A phone is written to the way it wrote, for so long. */
const sameWayMs = 24 * 60 * 60 * 1000;

/** The hours, in Lima, in which a message to many may leave. */
const dayFrom = 7;
const dayUntil = 20;

/** Whether messages to many may leave now. */
export function isDay(now: Date): boolean {
  const hour = limaHour(now);
  return hour >= dayFrom && hour < dayUntil;
}

type When = { readonly gateways: readonly Gateway[]; readonly now: Date };

/**
 * Queued, its time has come, and no earlier message of its phone is in the way. One that was put off by more
 * than a minute steps aside until its time comes again; so does one in doubt, which is in the way only where it
 * will be handed over again. A reply waits for earlier news only where nothing is
 * ever short, so that they leave at once; a message to many is in the way of its like alone.
 */
export function isDue(queries: Queries, { gateways, now }: When): SQL | undefined {
  const earlier = alias(outboundMessages, "earlier");
  const neverShort = gateways.every(({ segmentsPerSecond }) => !Number.isFinite(segmentsPerSecond));
  const passed = neverShort
    ? sql`(${outboundMessages.reply} and not ${earlier.reply} and (${earlier.attempts} > 0 or ${earlier.bulk}))`
    : sql`(${outboundMessages.reply} and not ${earlier.reply})`;
  const again = gateways.filter(({ takesClientIds }) => takesClientIds).map(({ name }) => name);
  const soon = sql`${earlier.dueAt} <= ${earlier.sendingSince} + interval '1 minute'`;
  const inTheWay = queries
    .select({ one: sql`1` })
    .from(earlier)
    .where(
      and(
        eq(earlier.phone, outboundMessages.phone),
        lt(earlier.sequence, outboundMessages.sequence),
        sql`${earlier.state} in ('queued', 'sending', 'unknown')`,
        or(
          sql`${earlier.state} = 'sending'`,
          again.length > 0
            ? and(sql`${earlier.state} = 'unknown'`, inArray(earlier.gateway, again), soon)
            : undefined,
          and(
            sql`${earlier.state} = 'queued'`,
            or(lte(earlier.dueAt, now), soon),
            sql`(not ${earlier.bulk} or ${outboundMessages.bulk})`,
            sql`not ${passed}`,
          ),
        ),
      ),
    );
  return and(
    sql`${outboundMessages.state} = 'queued'`,
    lte(outboundMessages.dueAt, now),
    notExists(inTheWay),
    isDay(now) ? undefined : sql`not ${outboundMessages.bulk}`,
  );
}

/** The gateway by which the message's phone has lately written; null for none that is still in use. */
export function wroteBy({ gateways, now }: When): SQL<string | null> {
  const since = new Date(now.getTime() - sameWayMs).toISOString();
  const names = gateways.map(({ name }) => name);
  // Table and column apart: in a list of columns drizzle leaves the table's name away.
  return sql`(select wrote.gateway from ${conversations} wrote
    where wrote.phone = ${outboundMessages}.phone
      and wrote.wrote_at > ${since}::timestamptz and wrote.gateway in ${names})`;
}

/** Where a message goes whose phone wrote by `gateway`: elsewhere while that one is down. */
function goesBy(gateway: Gateway, { gateways, now }: When, channels: Channels): Gateway | undefined {
  return inOrder(gateways, gateway.name).find((one) => isUp(one, channels.get(one.name), now));
}

/** Whether nothing can leave: what waits then waits for its channel, and keeps its place. */
export function allDown({ gateways, now }: When, channels: Channels): boolean {
  return !gateways.some((one) => isUp(one, channels.get(one.name), now));
}

/** Of messages that go to these gateways. Undefined when that is all of them, null when it is none. */
function goesTo(when: When, channels: Channels, take: (gateway: Gateway) => boolean): SQL | undefined | null {
  const { gateways } = when;
  const taken = gateways.filter((gateway) => {
    const by = goesBy(gateway, when, channels);
    return by !== undefined && take(by);
  });
  if (taken.length === gateways.length) return undefined;
  if (taken.length === 0) return null;
  const names = taken.map(({ name }) => name);
  const usual = gateways[0]?.name ?? "";
  return sql`coalesce(${wroteBy(when)}, ${usual}) in ${names}`;
}

const byRank = [
  // As the index has it, which orders no column by nulls that it cannot have.
  sql`${outboundMessages.reply} desc nulls last`,
  asc(outboundMessages.bulk),
  asc(outboundMessages.dueAt),
  asc(outboundMessages.sequence),
] as const;
const byAge = [asc(outboundMessages.dueAt), asc(outboundMessages.sequence)] as const;
const found = { id: outboundMessages.id, trace: outboundMessages.trace };

/**
 * What can leave now: replies first, then news, then what goes to many; of a gateway that takes only so much,
 * no more than it takes. What is worth nothing any more is among it, to be closed.
 */
export async function dueMessages(db: Database, when: When, limit: number) {
  const { gateways, now } = when;
  const channels = await readChannels(db.read);
  const roomAt = (gateway: Gateway) => room(gateway, channels.get(gateway.name), now);
  const ready = goesTo(when, channels, (gateway) => roomAt(gateway) > 0);
  const all = gateways.reduce((sum, gateway) => sum + Math.max(0, roomAt(gateway)), 0);
  const due = and(isDue(db.read, when), ready ?? undefined);
  const select = (which: SQL | undefined, order: readonly SQL[], most: number) =>
    db.read
      .select(found)
      .from(outboundMessages)
      .where(which)
      .orderBy(...order)
      .limit(most);
  const overdue = [...channels.values()].some(({ passedOver }) => passedOver >= mostPassedOver);
  const oldest = ready !== null && overdue ? await select(due, byAge, 1) : [];
  const ranked = ready === null ? [] : await select(due, byRank, Math.min(limit, all - oldest.length));
  const worthless = and(
    sql`${outboundMessages.state} = 'queued'`,
    lte(outboundMessages.dueAt, now),
    lte(outboundMessages.expiresAt, now),
  );
  const byExpiry = [asc(outboundMessages.expiresAt)];
  const expired = ready === undefined && isDay(now) ? [] : await select(worthless, byExpiry, limit);
  return [...new Map([...oldest, ...ranked, ...expired].map((row) => [row.id, row])).values()];
}

/**
 * Whether a message has to let others go first at a gateway that takes only so much: those that matter more,
 * unless they have gone first for long and nobody has waited longer than it.
 */
export async function placeInLine(
  queries: Queries,
  when: When,
  { message, gateway, channels }: { message: OutboundMessage; gateway: Gateway; channels: Channels },
): Promise<{ waits: boolean; outOfTurn: boolean }> {
  if (message.reply) return { waits: false, outOfTurn: false };
  const there = goesTo(when, channels, (other) => other === gateway);
  const others = and(isDue(queries, when), there ?? undefined);
  const isThere = async (which: SQL | undefined) => {
    const [one] = await queries
      .select({ one: sql`1` })
      .from(outboundMessages)
      .where(and(others, which))
      .limit(1);
    return one !== undefined;
  };
  const matterMore = message.bulk ? sql`not ${outboundMessages.bulk}` : sql`${outboundMessages.reply}`;
  if (!(await isThere(matterMore))) return { waits: false, outOfTurn: false };
  const passedOver = channels.get(gateway.name)?.passedOver ?? 0;
  if (passedOver < mostPassedOver) return { waits: true, outOfTurn: false };
  const { dueAt, sequence } = message;
  const older = or(
    lt(outboundMessages.dueAt, dueAt),
    and(eq(outboundMessages.dueAt, dueAt), lt(outboundMessages.sequence, sequence)),
  );
  return { waits: await isThere(older), outOfTurn: true };
}
