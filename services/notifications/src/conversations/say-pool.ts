import type { listJoinablePools } from "@minka/contracts/pool-orders";
import type { Answer } from "@minka/contracts/endpoint";
import { formatSoles } from "@minka/domain/money";
import { sayPacks } from "@minka/language/say-packs";
import { phrase, renderText, sayDeadline } from "@minka/language/texts";
import { fitSegments, shortName } from "./say-match.ts";
import type { Turn } from "./turn.ts";

export type JoinablePool = Answer<typeof listJoinablePools>["pools"][number];
type Saying = Pick<Turn, "now" | "language">;

const titleLengths = [48, 40, 32, 24, 18];

/** "Hoy S/ 104 cada uno; faltan 12 para S/ 98." Nothing while no price is known. */
function sayPriceNow({ price, pack }: JoinablePool, language: string): string {
  const now =
    price && price.priceCentimos !== null
      ? phrase("pool_price", { price: formatSoles(price.priceCentimos) }, language)
      : phrase("pool_no_price", {}, language);
  if (!price?.next) return now;
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
  const { order, pack } = pool;
  if (!order) throw new Error("only who is in a purchase has an order");
  const { minimumPacks: fewest, maximumPacks: most } = order;
  const packs =
    fewest === most
      ? sayPacks(order.packs, pack, language)
      : phrase("pool_between", { fewest, most: sayPacks(most, pack, language) }, language);
  const text = (longest: number) =>
    renderText(
      key,
      {
        packs,
        pool: shortName(pool.title, longest),
        price: sayPriceNow(pool, language),
        deadline: sayDeadline(new Date(pool.deadline), now, language),
      },
      language,
    );
  return fitSegments(text, titleLengths);
}

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
              ...(price && price.priceCentimos !== null ? [formatSoles(price.priceCentimos)] : []),
            ].join(", "),
          )
          .join("\n"),
      },
      language,
    );
  return fitSegments(text, titleLengths);
}
