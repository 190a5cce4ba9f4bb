import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, eq, exists, gt, inArray, isNotNull, lt, ne, or, sql } from "@minka/database/query";
import { outboundMessages } from "../tables.ts";
import type { Bulletin } from "./bulletin-rights.ts";
import { bulletinRecipients, bulletins } from "./bulletins-tables.ts";

const dayMs = 24 * 60 * 60_000;
/** Of an organization in any seven days: who is written to more often reads none of them, and says BAJA. */
const mostAWeek = 2;
const weekMs = 7 * dayMs;

/** Throws `too-many-bulletins` (429). What was stopped before it reached anybody does not count. */
export async function refuseTooMany(
  tx: Transaction,
  { id, organizationId }: Bulletin,
  dueAt: Date,
): Promise<void> {
  if (organizationId === null) return;
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`bulletins of ${organizationId}`}, 0))`,
  );
  const reached = tx
    .select({ one: sql`1` })
    .from(bulletinRecipients)
    .where(eq(bulletinRecipients.bulletinId, bulletins.id));
  const near = await tx
    .select({ dueAt: bulletins.dueAt })
    .from(bulletins)
    .where(
      and(
        eq(bulletins.organizationId, organizationId),
        ne(bulletins.id, id),
        isNotNull(bulletins.dueAt),
        gt(bulletins.dueAt, new Date(dueAt.getTime() - weekMs)),
        lt(bulletins.dueAt, new Date(dueAt.getTime() + weekMs)),
        or(ne(bulletins.state, "cancelled"), exists(reached)),
      ),
    );
  const times = [dueAt.getTime(), ...near.map((other) => other.dueAt?.getTime() ?? 0)].toSorted(
    (a, b) => a - b,
  );
  const crowded = times.some((time, index) => (times[index + mostAWeek] ?? Infinity) - time < weekMs);
  if (!crowded) return;
  throw new DomainError(
    "too-many",
    "too-many-bulletins",
    "An organization sends two bulletins in seven days.",
    {
      details: { most: mostAWeek },
    },
  );
}

/**
 * Which of these phones have had another bulletin within a day, or are about to. Until the transaction ends no other
 * bulletin is written to anybody.
 */
export async function hadOneToday(
  tx: Transaction,
  { id }: Pick<Bulletin, "id">,
  phones: readonly string[],
  at: Date,
): Promise<ReadonlySet<string>> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('one bulletin a day', 0))`);
  const had = await tx
    .selectDistinct({ phone: bulletinRecipients.phone })
    .from(bulletinRecipients)
    .innerJoin(outboundMessages, eq(outboundMessages.id, bulletinRecipients.messageId))
    .where(
      and(
        inArray(bulletinRecipients.phone, [...phones]),
        ne(bulletinRecipients.bulletinId, id),
        gt(outboundMessages.createdAt, new Date(at.getTime() - dayMs)),
        ne(outboundMessages.state, "withheld"),
      ),
    );
  return new Set(had.map(({ phone }) => phone));
}
