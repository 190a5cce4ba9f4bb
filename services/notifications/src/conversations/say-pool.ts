import type { listJoinablePools } from "@minka/contracts/pool-orders";
import type { Answer } from "@minka/contracts/endpoint";
import { formatSoles } from "@minka/domain/money";
import { foldCase } from "@minka/language/fold";
import type { PacksSaid } from "@minka/language/read-packs";
import { sayPacks } from "@minka/language/say-packs";
import { sayPrice } from "@minka/language/say-price";
import { formatCount, phrase, renderText, sayDeadline, word } from "@minka/language/texts";
import { fitSegments, shortName } from "./say-match.ts";
import type { Turn } from "./turn.ts";

export type JoinablePool = Answer<typeof listJoinablePools>["pools"][number];
type Saying = Pick<Turn, "now" | "language">;

const titleLengths = [48, 40, 32, 24, 18];

/** While quotes are sealed what is known is worked out from what shops publish. */
const sayKnown = ({ from }: { from: "offers" | "quotes" }, centimos: number, language: string) =>
  sayPrice({ centimos, about: from === "offers" }, language);

/** "Hoy a S/ 104 cada uno. Faltan 12 para S/ 98." While quotes are sealed it is an estimate. */
function sayPriceNow({ price, pack }: JoinablePool, language: string): string {
  const now =
    price && price.priceCentimos !== null
      ? phrase("pool_price", { price: sayKnown(price, price.priceCentimos, language) }, language)
      : phrase("pool_no_price", {}, language);
  if (!price?.next) return now;
  // Whoever reads that the first is an estimate takes the second for one.
  const next = formatSoles(price.next.priceCentimos);
  const { missingPacks } = price.next;
  const missing = sayPacks(missingPacks, pack, language);
  const entry = missingPacks === 1 ? "pool_next_one" : "pool_next";
  return `${now} ${phrase(entry, { missing, price: next }, language)}`;
}

/** What somebody has in a purchase, what it costs now, and until when it may change. */
export function sayOwnOrder(
  key: "pool_joined" | "pool_status",
  pool: JoinablePool,
  { now, language }: Saying,
): string {
  const { order } = pool;
  if (!order) throw new Error("only who is in a purchase has an order");
  const packs = sayRange(saidOf(order), pool, language);
  const text = (longest: number) =>
    renderText(
      key,
      {
        packs,
        pool: shortName(pool.title, longest),
        price: sayPriceNow(pool, language),
        deadline: sayDeadline(new Date(pool.deadline), now, language),
        // An example that is not what they have already.
        other: order.packs + 1,
      },
      language,
    );
  return fitSegments(text, titleLengths);
}

type Order = NonNullable<JoinablePool["order"]>;
const saidOf = ({ packs, minimumPacks: minimum, maximumPacks: maximum }: Order): PacksSaid => ({
  packs,
  minimum,
  maximum,
});

/** "5 sacos", "de 4 a 6 sacos". */
function sayRange(
  { packs, minimum: fewest, maximum: most }: PacksSaid,
  { pack }: JoinablePool,
  language: string,
): string {
  if (fewest === most) return sayPacks(packs, pack, language);
  return phrase("pool_between", { fewest, most: sayPacks(most, pack, language) }, language);
}

/** What an open purchase costs now, and how to enter it, how many they want, or how to read of it beside something else. */
export function sayOpenPool(
  pool: JoinablePool,
  { now, language }: Saying,
  key: "pool_open" | "pool_packs" | "pool_also" = "pool_open",
): string {
  const text = (longest: number) =>
    renderText(
      key,
      {
        pool: shortName(pool.title, longest),
        price: sayPriceNow(pool, language),
        ...(key !== "pool_also" ? { deadline: sayDeadline(new Date(pool.deadline), now, language) } : {}),
      },
      language,
    );
  return fitSegments(text, titleLengths);
}

/** Asks whether they want so many: beside what they have, or at what it costs now. */
export function saySureOrder(pool: JoinablePool, said: PacksSaid, { now, language }: Saying): string {
  const packs = sayRange(said, pool, language);
  const { order } = pool;
  const text = (longest: number) => {
    const title = shortName(pool.title, longest);
    if (order?.state === "joined")
      return renderText(
        "pool_sure_change",
        { before: sayRange(saidOf(order), pool, language), packs, pool: title },
        language,
      );
    const deadline = sayDeadline(new Date(pool.deadline), now, language);
    const price = sayPriceNow(pool, language);
    return renderText("pool_sure_join", { packs, pool: title, price, deadline }, language);
  };
  return fitSegments(text, titleLengths);
}

/** Asks whether they leave it. */
export function saySureLeave(pool: JoinablePool, language: string): string {
  const before = pool.order ? sayRange(saidOf(pool.order), pool, language) : "";
  return renderText("pool_sure_leave", { before, pool: shortName(pool.title, 40) }, language);
}

/** How much one pack holds, to who said a weight that is no number of packs. */
export function sayPackSize({ title, pack: { amount, unit } }: JoinablePool, language: string): string {
  const size = `${formatCount(amount)} ${word(amount === 1 ? "unit_one" : "unit_many", unit, language)}`;
  return renderText("pool_pack_size", { pool: shortName(title, 36), size }, language);
}

/** Those whose title a message names; all of them where it names none. */
export function meantPools(text: string, pools: readonly JoinablePool[]): readonly JoinablePool[] {
  const said = new Set(foldCase(text.slice(0, 300)).match(/[a-z]{4,}/g));
  const named = pools.filter(({ title }) =>
    (foldCase(title).match(/[a-z]{4,}/g) ?? []).some((word) => said.has(word) && !commonWords.test(word)),
  );
  return named.length > 0 ? named : pools;
}

/** What the title of any purchase may hold. */
const commonWords = /^(sacos?|bolsas?|kilos?|compras?|grupo|para|abonos?|fertilizantes?|organic[oa]s?)$/;

/** A numbered list of purchases that one may join. */
export function sayPools(pools: readonly JoinablePool[], { language }: Saying): string {
  const text = (longest: number) =>
    renderText(
      "pools",
      {
        options: pools
          .map(({ title, organizer, price }, index) =>
            [
              `${index + 1} ${shortName(title, longest)}`,
              shortName(organizer.name, longest),
              ...(price && price.priceCentimos !== null
                ? [sayKnown(price, price.priceCentimos, language)]
                : []),
            ].join(", "),
          )
          .join("\n"),
      },
      language,
    );
  return fitSegments(text, titleLengths);
}
