import { harvestUnits, type HarvestUnit } from "@minka/domain/harvest-weights";
import { foldCase } from "./fold.ts";
import { readQuantity } from "./understanding/quantities.ts";
import { readMessage } from "./understanding/read-message.ts";

export type HarvestSaid = { readonly amount: number; readonly unit: HarvestUnit };

/** What a message says of a lot, if it is of one. `said` is null where it gives no weight, as "8 sacos" does not. */
export type LotWish =
  | { readonly kind: "pledge"; readonly said: HarvestSaid | null }
  | { readonly kind: "withdraw" }
  | { readonly kind: "status" };

const lot = /\blotes?\b/;
const gives =
  /\b(pong\w*|pon(er|go)|dejo|doy|aport\w+|entreg\w+|llevo|mando|ofrezco|comprom\w+|apunt\w+|anot\w+|sum\w+|cambi\w+)\b/;
/** "Saco" is also what cacao is brought in, and who says no to leaving stays. */
const withdraws =
  /(?<!\bno (me |lo |la |voy a )?)\b(retir\w+|(?<!\b(un|cada|medio|por|el|\d+) )saco|sacar|sa(c|qu)[ae]n?me|quit\w+|salgo|ya no (pongo|doy|entrego|llevo|quiero))\b.{0,40}\blote\b/;
/** All of it, where a weight is named: of "retiro 2 qq" the rest stays. */
const all = /\b(mis?|los|las|tod[oa]s?|ya no)\b/;
/** "LOTE 8": of what, they are asked. */
const unitless = /^\W*lotes?\W+\d/;
const names = /^\W*(el |mi |ver )?lote\W*$/;
const asks = /\b(como|cuando|cuanto)\b.{0,30}\blote\b/;

/** Reads "LOTE 8 qq", "pongo 300 kilos al lote", "retiro mi cacao del lote", LOTE. */
export function readLotWish(text: string): LotWish | null {
  const folded = foldCase(text.slice(0, 300));
  if (!lot.test(folded)) return null;
  const said = readHarvest(text);
  if (withdraws.test(folded))
    return { kind: asks.test(folded) || (said && !all.test(folded)) ? "status" : "withdraw" };
  if (said || gives.test(folded) || unitless.test(folded)) return { kind: "pledge", said };
  return names.test(folded) || asks.test(folded) ? { kind: "status" } : null;
}

/** "8 qq", "ocho quintales y medio", "300 kilos"; null for what has no known weight. */
export function readHarvest(text: string): HarvestSaid | null {
  const { quantity, unit } = readQuantity(readMessage(text, ""), undefined, "crop");
  const weighed = harvestUnits.find((known) => known === unit);
  return quantity && weighed ? { amount: quantity, unit: weighed } : null;
}
