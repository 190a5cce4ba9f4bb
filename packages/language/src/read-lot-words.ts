import { harvestUnits, type HarvestUnit } from "@minka/domain/harvest-weights";
import { crops, type Crop } from "@minka/domain/vocabulary";
import { foldCase } from "./fold.ts";
import { isQuestion, withoutQuestions } from "./is-question.ts";
import { readQuantity } from "./understanding/quantities.ts";
import { readMessage } from "./understanding/read-message.ts";

export type HarvestSaid = { readonly amount: number; readonly unit: HarvestUnit };

/**
 * What a message says of a lot, if it is of one. `said` is null where it gives no weight, as "8 sacos" does not. What is
 * not `sure` may mean something else: it is asked about before it is done.
 */
export type LotWish =
  | {
      readonly kind: "pledge";
      readonly said: HarvestSaid | null;
      readonly sure: boolean;
      /** It says how much it is to be, whatever was said before. */
      readonly replaces: boolean;
    }
  | { readonly kind: "withdraw"; readonly sure: boolean }
  | { readonly kind: "status"; readonly sure: boolean };

const lot = /\blotes?\b/;
/** A lot is also a piece of land. */
const parcel =
  /\b(en|de) (mi|mis|nuestro|un|cada) lotes?\b|\blotes? (de|en|que (tengo|esta) en) (la |el |mi |una? |\d+ )?(chacra|terreno|parcela|finca|fundo|tierra|hectarea)\w*|\bpor (planta|mata|hectarea|arbol)\b/;
const gives =
  /\b(pong(o|an?|ame|anme)|ponemos|poner|dej(o|amos|ar)|doy|damos|dar|aport(o|amos|ar)|entreg(o|ar)|llev(o|ar)|mand(o|ar)|ofrezco|ofrecemos|comprom\w+|apunt(o|amos|ar|e|en|eme|enme|ame)|anot(o|amos|ar|e|en|eme|enme|ame)|sum(o|amos|ar|eme|enme))\b/;
const changes = /\b(cambi(o|a|ar|e|eme|enme|ame)|corrij(o|a|ame)|que sean?)\b/;
/** What was brought already is weighed, and no wish. */
const brought =
  /\b(entregue|deje|lleve|puse|mande|di|aporte|entregamos|entrego ayer|llevamos|pusimos|dejamos|mandamos|pesaron|pesamos|recibieron|recogieron|ayer|anteayer|antes de ayer|la semana pasada)\b/;
const hedged =
  /^\W*si (?!(pong|doy|entreg|dej|apunt|anot))|\b(tal vez|talvez|quiza\w*|creo|pienso|de repente|capaz|ojala|si (sube|baja|pagan|hay|ay))\b|\b(mi|mis|a mi|de mi) (vecin|compadr|comadr|herman|hij|espos|tio|tia|prim|papa|mama|amig|suegr)\w*/;
const deniesGiving =
  /\b(no|nunca|tampoco) (voy a |quiero |puedo )?(pong|pon|dar|doy|dej|aport|entreg|llev|mand|apunt|anot|sum)\w*/;
/** What somebody sells or looks for is another matter. */
const trades = /\b(vend\w+|compr\w+|busco|necesito|prestamo|credito)\b/;
/** "Saco" is also what cacao is brought in, and who says no to leaving stays. */
const withdraws =
  /(?<!\bno (me |lo |la |voy a )?)\b(retir(o|ar|amos|e|en|enme|eme)|(?<!\b(un|cada|medio|por|el|\d+) )saco|sacar|sa(c|qu)[ae]n?me|quit(o|ar|en|enme|eme)|salgo|salir(me)?|borren?me|ya no (pongo|doy|entrego|llevo|quiero|voy))\b.{0,40}\blote\b/;
const plainly =
  /^\W*(yo )?(me )?(retiro|saco|salgo|quito|saqu?en?me|retiren?me|quiten?me|borren?me|quiero salir(me)?)\b/;
const callsOff = /\b(cancel|anul|desist|renunci)\w*.{0,30}\blote\b/;
/** All of it, where a weight is named: of "retiro 2 qq" the rest stays. */
const all = /\b(mis?|los|las|tod[oa]s?|ya no)\b/;
/** "LOTE 8": of what, they are asked. */
const unitless = /^\W*lotes?\W+\d/;
const taught = /^\W*lotes?\b(\W+\S+){1,6}\W*$/;
const names = /^\W*(el |mi |ver |ver el )?lote\W*$/;
const more = /\b(mas|otros?|adicional\w*)\b/;

/** Reads "LOTE 8 qq", "pongo 300 kilos al lote", "retiro mi cacao del lote", LOTE. What asks is never a command. */
export function readLotWish(text: string): LotWish | null {
  const folded = foldCase(text.slice(0, 300)).replaceAll(/\s+/g, " ");
  if (!lot.test(folded)) return null;
  const { input, crop } = goodsIn(text);
  // "En mi lote pongo 5 kg de urea": what feeds a field is no harvest.
  if (input && (!crop || parcel.test(folded))) return null;
  if (!isQuestion(text)) return readCommand(text, folded);
  const stated = withoutQuestions(text);
  const wish = lot.test(foldCase(stated)) ? readCommand(stated, foldCase(stated)) : null;
  if (wish?.kind === "pledge" && wish.said) return { ...wish, sure: false };
  return { kind: "status", sure: true };
}

function readCommand(text: string, folded: string): LotWish | null {
  const said = readHarvest(text);
  if (withdraws.test(folded)) {
    if (said && !all.test(folded)) return { kind: "status", sure: true };
    return { kind: "withdraw", sure: plainly.test(folded) && !hedged.test(folded) && !parcel.test(folded) };
  }
  if (callsOff.test(folded)) return { kind: "withdraw", sure: false };
  if (names.test(folded)) return { kind: "status", sure: true };
  if (brought.test(folded) || deniesGiving.test(folded)) return { kind: "status", sure: false };
  const giving = gives.test(folded);
  const changing = changes.test(folded);
  if (trades.test(folded) && !giving) return null;
  const isTaught = taught.test(folded) && !more.test(folded);
  if (!said) {
    const asksHowMuch = giving || changing || unitless.test(folded);
    return asksHowMuch ? { kind: "pledge", said, sure: true, replaces: false } : null;
  }
  const isHedged = hedged.test(folded) || parcel.test(folded) || goodsIn(text).input;
  return {
    kind: "pledge",
    said,
    sure: (giving || changing || isTaught) && !isHedged,
    replaces: changing || isTaught,
  };
}

function goodsIn(text: string): { readonly input: boolean; readonly crop: boolean } {
  const named = new Set(readMessage(text.slice(0, 300), "").spans.map(({ name }) => name));
  return { input: named.has("input"), crop: named.has("crop") };
}

/** "8 qq", "ocho quintales y medio", "300 kilos"; null for what has no known weight. */
export function readHarvest(text: string): HarvestSaid | null {
  const { quantity, unit } = readQuantity(readMessage(text, ""), undefined, "crop");
  const weighed = harvestUnits.find((known) => known === unit);
  return quantity && weighed ? { amount: quantity, unit: weighed } : null;
}

/** The one crop that a message names. */
export function readCropNamed(text: string): Crop | undefined {
  const { spans } = readMessage(text.slice(0, 300), "");
  const named = new Set(spans.filter(({ name }) => name === "crop").map(({ value }) => value));
  const [only, ...others] = crops.filter((crop) => named.has(crop));
  return others.length > 0 ? undefined : only;
}
