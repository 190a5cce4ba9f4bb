import type { BrokeringNewsKind } from "@minka/contracts/brokering-news";
import type { PriceNow } from "@minka/contracts/pools";
import type { Wording, WordingValue } from "@minka/contracts/wordings";
import { and, eq, inArray } from "@minka/database/query";
import type { NewsReader, Told } from "../telling/news.ts";
import { knownPrice } from "./known-price.ts";
import { findPool } from "./lock-pool.ts";
import { poolQuotes } from "./pool-quotes-tables.ts";
import { poolSuppliers, type PoolRow } from "./pools-tables.ts";
import { packsOf, poolWords, soles } from "./pool-words.ts";
import { orderMade, orderSettled, supplyOrdered } from "./order-news.ts";

type Kit = Parameters<NewsReader>[0];
type ForPool = (kit: Kit, pool: PoolRow, personIds: readonly string[]) => Promise<Told[]>;

/** News of a whole pool, by its id. */
const ofPool =
  (words: ForPool): NewsReader =>
  async (kit, { id, personIds }) =>
    words(kit, await findPool(kit.db.read, id), personIds);

/** The same words for all, as news until then. */
function tellAll(
  personIds: readonly string[],
  wording: Wording,
  { until = null, toMany = true }: { until?: Date | null; toMany?: boolean } = {},
): Told[] {
  return personIds.map((personId) => ({ personId, until, toMany, ...wording }));
}

/** While quotes are sealed a price is worked out from what shops publish. */
const priceSaid = ({ from }: PriceNow, centimos: number): WordingValue => ({
  as: "soles",
  centimos,
  about: from === "offers",
});

const opened: ForPool = async ({ db }, pool, personIds) => {
  if (pool.state !== "open") return [];
  const price = await knownPrice(db.read, pool);
  const { deadline: until } = pool;
  const words = poolWords(pool);
  return !price?.priceCentimos
    ? tellAll(personIds, { text: "pool_opened", parameters: words }, { until })
    : tellAll(
        personIds,
        { text: "pool_opened_price", parameters: { ...words, price: priceSaid(price, price.priceCentimos) } },
        { until },
      );
};

const cheaper: ForPool = async ({ db }, pool, personIds) => {
  const price = await knownPrice(db.read, pool);
  if (!price?.priceCentimos) return [];
  const { pool: title } = poolWords(pool);
  const words = { pool: title, price: priceSaid(price, price.priceCentimos) };
  if (!price.next) return tellAll(personIds, { text: "pool_cheaper", parameters: words });
  const next = { missing: packsOf(price.next.missingPacks, pool), next: soles(price.next.priceCentimos) };
  const text = price.next.missingPacks === 1 ? "pool_cheaper_next_one" : "pool_cheaper_next";
  return tellAll(personIds, { text, parameters: { ...words, ...next } });
};

const extended: ForPool = async ({ db }, pool, personIds) => {
  if (pool.state !== "open") return [];
  const { pool: title, deadline } = poolWords(pool);
  const quoting = await db.read
    .select({ personId: poolQuotes.personId })
    .from(poolQuotes)
    .where(and(eq(poolQuotes.poolId, pool.id), inArray(poolQuotes.personId, [...personIds])));
  const invited = await db.read
    .select({ personId: poolSuppliers.personId })
    .from(poolSuppliers)
    .where(and(eq(poolSuppliers.poolId, pool.id), inArray(poolSuppliers.personId, [...personIds])));
  const suppliers = new Set([...quoting, ...invited].map(({ personId }) => personId));
  return personIds.flatMap((personId) =>
    tellAll(
      [personId],
      {
        text: suppliers.has(personId) ? "pool_extended_supplier" : "pool_extended",
        parameters: { pool: title, deadline },
      },
      { until: pool.deadline },
    ),
  );
};

const cancelled: ForPool = async (_kit, pool, personIds) => {
  const { pool: title, organizer } = poolWords(pool);
  const { cancelCause, cancelReason } = pool;
  if (cancelCause === "organizer" && cancelReason !== null) {
    const reason = { as: "name", text: cancelReason, most: 60 } as const;
    const parameters = { pool: title, organizer, reason };
    return tellAll(personIds, { text: "pool_cancelled_organizer", parameters });
  }
  const text =
    cancelCause === "minimum_missed"
      ? "pool_cancelled_minimum"
      : cancelCause === "no_quote"
        ? "pool_cancelled_no_quote"
        : "pool_cancelled";
  return tellAll(personIds, { text, parameters: { pool: title } });
};

/** Said to the organizer's people, and only to those the news was sent to. */
const toOrganizer =
  (text: string, isNews: (pool: PoolRow) => boolean): ForPool =>
  async (_kit, pool, personIds) => {
    if (!isNews(pool)) return [];
    const { pool: title } = poolWords(pool);
    const deadline = { as: "deadline", at: (pool.nextAt ?? pool.deadline).toISOString() } as const;
    return tellAll(personIds, { text, parameters: { pool: title, deadline } }, { toMany: false });
  };

const notApproved: ForPool = async (_kit, pool, personIds) => {
  const { pool: title } = poolWords(pool);
  return tellAll(personIds, { text: "pool_not_approved", parameters: { pool: title } }, { toMany: false });
};

const agreed: ForPool = async (_kit, pool, personIds) => {
  const { pool: title } = poolWords(pool);
  const parameters = { pool: title, people: pool.people };
  return tellAll(personIds, { text: "pool_agreed", parameters }, { toMany: false });
};

const quoteWanted: ForPool = async (_kit, pool, personIds) => {
  if (pool.state !== "open") return [];
  return tellAll(
    personIds,
    { text: "pool_quote_wanted", parameters: poolWords(pool) },
    { until: pool.deadline, toMany: false },
  );
};

/** To a supplier whose price was not the best. */
const notChosen: ForPool = async (_kit, pool, personIds) => {
  const { pool: title, organizer } = poolWords(pool);
  const wording = { text: "pool_not_chosen", parameters: { pool: title, organizer } };
  return tellAll(personIds, wording, { toMany: false });
};

/** What is told of joint purchases. */
export const poolNews = {
  "pool-opened": ofPool(opened),
  "pool-cheaper": ofPool(cheaper),
  "pool-extended": ofPool(extended),
  "pool-cancelled": ofPool(cancelled),
  "pool-failed": ofPool(toOrganizer("pool_failed", ({ state }) => state === "open")),
  "pool-undecided": ofPool(toOrganizer("pool_undecided", ({ state }) => state === "undecided")),
  "pool-not-approved": ofPool(notApproved),
  "pool-agreed": ofPool(agreed),
  "pool-quote-wanted": ofPool(quoteWanted),
  "order-made": orderMade,
  "order-settled": orderSettled,
  "pool-ordered": supplyOrdered,
  "pool-not-chosen": ofPool(notChosen),
} satisfies Partial<Record<BrokeringNewsKind, NewsReader>>;
