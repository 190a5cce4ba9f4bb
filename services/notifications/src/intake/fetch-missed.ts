import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { parsePhone } from "@minka/domain/phone";
import type { Job } from "@minka/queue/worker";
import { and, eq, inArray, lt, lte, sql } from "@minka/database/query";
import type { Gateway, ListedMessage } from "../gateways/gateway.ts";
import { inboundMessages } from "../tables.ts";
import { codeOf, type Journal } from "./journal.ts";
import { erasedMessages, gatewayLooks } from "./missed-messages-tables.ts";
import { receiveMessage } from "./receive-message.ts";

type Kit = {
  readonly db: Database;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly gateways: readonly Gateway[];
};

const minuteMs = 60_000;
const everyMs = 2 * minuteMs;
const longestWaitMs = 60 * minuteMs;
/** A list may show a message late, and is dated by the gateway's clock, so each look begins before the last one's end. */
const overlapMs = 15 * minuteMs;
/** How far a gateway's clock may be from ours. */
const mostSkewMs = 5 * minuteMs;
/** A younger message may be on its way: if it comes by itself, it is known which question it answers. */
const onItsWayMs = minuteMs;
const longestBackMs = 7 * 24 * 60 * minuteMs;

/**
 * Compares what a gateway says that phones wrote with what has come, and fetches what never did. One process looks at
 * a time, ever more seldom while the list cannot be read.
 */
export function fetchMissedJob({ db, clock, journal, gateways }: Kit): Job {
  const withList = gateways.filter(({ received }) => received !== undefined);
  return {
    async due(limit) {
      if (withList.length === 0) return [];
      const names = withList.map(({ name }) => name);
      const rows = await db.read.select().from(gatewayLooks).where(inArray(gatewayLooks.gateway, names));
      return names
        .filter((name) => {
          const look = rows.find(({ gateway }) => gateway === name);
          return !look || look.dueAt <= clock();
        })
        .slice(0, limit)
        .map((name) => ({ id: name, trace: newId() }));
    },
    async run(name) {
      const gateway = withList.find((each) => each.name === name);
      const received = gateway?.received;
      if (!gateway || !received) return;
      const now = clock();
      const claimed = await claim(db, name, now);
      if (!claimed) return;
      const earliest = claimed.lookedUntil.getTime() - overlapMs;
      const since = new Date(Math.max(earliest, now.getTime() - longestBackMs));
      const look = async () => {
        const missed = await findMissed(db, name, await received(since));
        for (const message of missed) await take({ clock, journal, gateway }, message);
      };
      const failure = await look().then(
        () => null,
        (error: unknown) => codeOf(error),
      );
      if (failure !== null) {
        await restAfterFailure(db, { name, now, failures: claimed.failures + 1 });
        throw new Error(`the list of ${name} could not be looked through (${failure})`);
      }
      await db.transaction(async (tx) => {
        await tx
          .update(gatewayLooks)
          .set({ lookedUntil: now, failures: 0 })
          .where(eq(gatewayLooks.gateway, name));
        await tx
          .delete(erasedMessages)
          .where(and(eq(erasedMessages.gateway, name), lt(erasedMessages.at, since)));
      });
    },
  };
}

/** Makes this process the one that looks; null when another has just begun. */
async function claim(db: Database, gateway: string, now: Date) {
  const dueAt = new Date(now.getTime() + everyMs);
  const [look] = await db.read
    .insert(gatewayLooks)
    .values({ gateway, lookedUntil: now, dueAt })
    .onConflictDoUpdate({
      target: gatewayLooks.gateway,
      set: { dueAt },
      setWhere: lte(gatewayLooks.dueAt, now),
    })
    .returning();
  return look ?? null;
}

async function restAfterFailure(
  db: Database,
  { name, now, failures }: { name: string; now: Date; failures: number },
): Promise<void> {
  const waitMs = Math.min(everyMs * 2 ** Math.min(failures, 10), longestWaitMs);
  await db.read
    .update(gatewayLooks)
    .set({ failures, dueAt: new Date(now.getTime() + waitMs) })
    .where(eq(gatewayLooks.gateway, name));
}

/** In the order in which they were written. */
async function findMissed(
  db: Database,
  gateway: string,
  listed: readonly ListedMessage[],
): Promise<ListedMessage[]> {
  const ids = listed.map(({ externalId }) => externalId);
  if (ids.length === 0) return [];
  const [arrived, erased] = await Promise.all([
    db.read
      .select({ id: inboundMessages.externalId })
      .from(inboundMessages)
      .where(
        and(
          eq(inboundMessages.gateway, gateway),
          sql`${inboundMessages.externalId} = any (${sql.param(ids)})`,
        ),
      ),
    db.read
      .select({ id: erasedMessages.externalId })
      .from(erasedMessages)
      .where(
        and(eq(erasedMessages.gateway, gateway), sql`${erasedMessages.externalId} = any (${sql.param(ids)})`),
      ),
  ]);
  const known = new Set([...arrived, ...erased].map(({ id }) => id));
  return listed
    .filter(({ externalId }) => !known.has(externalId))
    .toSorted((a, b) => a.writtenAt.getTime() - b.writtenAt.getTime());
}

/** Late is late: it is answered now, and answers no question of which it is not certain that it was there before. */
async function take(
  { clock, journal, gateway }: { clock: Clock; journal: Journal; gateway: Gateway },
  { externalId, phone: from, text, writtenAt }: ListedMessage,
): Promise<void> {
  const phone = parsePhone(from);
  const now = clock().getTime();
  if (phone === null || now - writtenAt.getTime() < onItsWayMs) return;
  const writtenAfter = new Date(Math.min(writtenAt.getTime() - mostSkewMs, now));
  const trace = newId();
  await receiveMessage({ clock, journal }, { gateway, externalId, phone, text, trace, writtenAfter });
}
