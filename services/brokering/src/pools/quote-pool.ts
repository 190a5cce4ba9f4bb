import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { listPoolQuotes, PoolQuote, quotePool as contract } from "@minka/contracts/pool-quotes";
import { readProviderContact } from "@minka/contracts/providers";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { and, asc, desc, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseUnlessProvider } from "../authority.ts";
import { idempotencyKeys } from "../tables.ts";
import { refuseWrongQuote } from "./check-quote.ts";
import { readPoints } from "./join-pool.ts";
import { knownPrice } from "./known-price.ts";
import { findPool, lockPool } from "./lock-pool.ts";
import { noticePrice } from "./notice-price.ts";
import type { Calling } from "./open-pool.ts";
import { poolQuotes, type PoolQuoteRow } from "./pool-quotes-tables.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { isOperator, refuseWhileSealed } from "./sealed-quotes.ts";
import { poolSuppliers, type PoolRow } from "./pools-tables.ts";

/**
 * A supplier quotes, or quotes anew, until the deadline. `not-your-provider`, `not-invited` (403), `quote-too-late`
 * (409), `quote-wrong` (422).
 */
export async function quotePool(
  { db, clock, call }: Calling,
  context: Context,
  { params: { poolId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { providerId, validUntil, ...quoted } = body;
  await findPool(db.read, poolId);
  await refuseUnlessProvider(call, context, providerId);
  const { trace } = context;
  const { name, personId } = await call(readProviderContact, { params: { providerId } }, { trace });
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const pool = await lockPool(tx, poolId);
      const act = actOf(context, clock());
      if (pool.state !== "open" || act.at >= pool.deadline)
        throw new DomainError("conflict", "quote-too-late", "The deadline for quotes is over.");
      const [invited] = await tx
        .select({ providerId: poolSuppliers.providerId })
        .from(poolSuppliers)
        .where(and(eq(poolSuppliers.poolId, poolId), eq(poolSuppliers.providerId, providerId)));
      if (!invited) throw new DomainError("forbidden", "not-invited", "The organizer has not invited you.");
      const pointIds = (await readPoints(tx, poolId)).map(({ id }) => id);
      refuseWrongQuote(body, { deadline: pool.deadline, pointIds });
      const own = and(eq(poolQuotes.poolId, poolId), eq(poolQuotes.providerId, providerId));
      const [last] = await tx
        .select({ version: poolQuotes.version })
        .from(poolQuotes)
        .where(own)
        .orderBy(desc(poolQuotes.version))
        .limit(1);
      await tx
        .update(poolQuotes)
        .set({ state: "replaced" })
        .where(and(own, eq(poolQuotes.state, "standing")));
      const [quote] = await tx
        .insert(poolQuotes)
        .values({
          ...quoted,
          id: newId(),
          poolId,
          providerId,
          providerName: name,
          personId,
          version: (last?.version ?? 0) + 1,
          state: "standing",
          validUntil: new Date(validUntil),
          quotedAt: act.at,
        })
        .returning();
      if (!quote) throw new Error("a quote that was written is gone");
      await record(tx, act, "pool-quote.make", `pool-quote:${quote.id}`);
      if (!pool.sealed) await noticePrice(tx, act, pool, await knownPrice(tx, pool));
      return { quote: quoteView(pool, quote) };
    }),
  );
}

/**
 * A supplier's own quotes at any time; everybody's for the organizer, of sealed ones after the deadline alone, and if
 * its person sells in the pool too when nobody can quote anew: `quotes-sealed` (403), also for operators.
 */
export async function listQuotes(
  { db, call }: Pick<Calling, "db" | "call">,
  context: Context,
  { params: { poolId }, query: { providerId } }: HandlerInput<typeof listPoolQuotes>,
): Promise<Answer<typeof listPoolQuotes>> {
  const pool = await findPool(db.read, poolId);
  if (providerId === undefined || isOperator(context)) {
    await refuseUnlessOrganizer(call, context, pool);
    await refuseWhileSealed({ read: db.read, call }, context, pool);
  } else await refuseUnlessProvider(call, context, providerId);
  const rows = await db.read
    .select()
    .from(poolQuotes)
    .where(
      and(
        eq(poolQuotes.poolId, poolId),
        providerId === undefined ? undefined : eq(poolQuotes.providerId, providerId),
      ),
    )
    .orderBy(asc(poolQuotes.providerName), asc(poolQuotes.providerId), desc(poolQuotes.version));
  return { quotes: rows.map((row) => quoteView(pool, row)) };
}

export function quoteView(pool: PoolRow, row: PoolQuoteRow): PoolQuote {
  const { personId: _personId, validUntil, quotedAt, ...quote } = row;
  return {
    ...quote,
    organizersOwn: pool.organizerId === row.providerId,
    validUntil: validUntil.toISOString(),
    quotedAt: quotedAt.toISOString(),
  };
}
