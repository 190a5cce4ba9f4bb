import { listRequests } from "@minka/contracts/matching";
import { readPrices, type CropPrice } from "@minka/contracts/prices";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import { formatSoles } from "@minka/domain/money";
import type { Crop } from "@minka/domain/vocabulary";
import { interpret } from "@minka/language/interpret";
import { phrase, renderText, sayDistance, word } from "@minka/language/texts";
import { placeOf } from "./answer-need.ts";
import { hasJustSaid } from "./last-said.ts";
import { fitSegments, placeName, shortName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

const mostBuyers = 3;
/** Requests that are looked at for what somebody grows. */
const mostRequests = 20;

/**
 * What is paid for a crop: near the place that is named, or near home, or in the whole country for who has said
 * neither. Nothing is kept for it, so it needs no consent.
 */
export async function answerPrice(turn: Turn): Promise<Outcome> {
  const crop = turn.heard.slots.crop ?? (await onlyCropOf(turn));
  if (!crop) return say("price_which_crop");
  return tellPrices(turn, crop);
}

/** "Cacao", after the question of which crop. */
export async function answerPriceCrop(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || !["unknown", "set_place"].includes(turn.heard.intent)) return null;
  const { intent, slots } = interpret(`precio de ${turn.text}`, "idle");
  if (intent !== "ask_price" || !slots.crop) return null;
  if (!(await hasJustSaid(turn, renderText("price_which_crop", {}, turn.language)))) return null;
  return tellPrices(turn, slots.crop);
}

/** The crop of all that they have asked for, if it is one. */
async function onlyCropOf({ kit, person, step }: Turn): Promise<Crop | undefined> {
  if (!person) return undefined;
  const query = { personId: person.id, limit: mostRequests };
  const { items } = await kit.call(listRequests, { query }, step("crops"));
  const crops = new Set(items.flatMap(({ need }) => need.crop ?? []));
  return crops.size === 1 ? [...crops][0] : undefined;
}

async function tellPrices(turn: Turn, crop: Crop): Promise<Outcome> {
  const districtCode = placeOf(turn).districtCode ?? turn.person?.districtCode ?? null;
  const query = { crop, ...(districtCode ? { districtCode } : {}) };
  const { prices } = await turn.kit.call(readPrices, { query }, turn.step("prices"));
  const best = onePerBuyer(prices).slice(0, mostBuyers);
  if (best.length === 0) return say("price_none", { crop: (language) => word("crop", crop, language) });
  return { say: [(language) => sayPrices(best, { crop, today: limaDay(turn.now), language })] };
}

function onePerBuyer(prices: readonly CropPrice[]): CropPrice[] {
  return prices.filter(({ buyer }, at) => prices.findIndex((other) => other.buyer.id === buyer.id) === at);
}

type Saying = { crop: Crop; today: LimaDay; language: string };

/** "S/ 9.20/kg seco: Cooperativa Naranjillo, Tingo María, a 95 km, hace 3 días": with shorter names until it fits. */
function sayPrices(prices: readonly CropPrice[], { crop, today, language }: Saying): string {
  const textWith = (longest: number) => {
    const lines = prices.map((each) => {
      const state = word("crop_state", each.state, language);
      const where = shortName(placeName(each.districtCode), longest);
      const away = each.distanceKm === null ? [] : [sayDistance(each.distanceKm, language)];
      const about = [shortName(each.buyer.name, longest), where, ...away, sayAge(each, today, language)];
      return `${sayPaid(each, longest, language)} ${state}: ${about.join(", ")}`;
    });
    return renderText("prices", { prices: lines.join("\n"), crop: word("crop", crop, language) }, language);
  };
  return fitSegments(textWith, [24, 20, 16, 12, 8]);
}

function sayPaid({ price }: CropPrice, longest: number, language: string): string {
  const amount = formatSoles(Math.abs(price.centimosPerKg));
  if (price.mode === "fixed") return phrase("price_kg", { amount }, language);
  const side = price.centimosPerKg > 0 ? "above" : price.centimosPerKg < 0 ? "below" : "same";
  return phrase(`price_${side}`, { reference: shortName(price.reference, longest), amount }, language);
}

const dayMs = 24 * 60 * 60 * 1000;

function sayAge({ confirmedOn }: CropPrice, today: LimaDay, language: string): string {
  const count = Math.round((Date.parse(today) - Date.parse(confirmedOn)) / dayMs);
  if (count <= 0) return phrase("ago_today", {}, language);
  return count === 1 ? phrase("ago_yesterday", {}, language) : phrase("ago_days", { count }, language);
}
