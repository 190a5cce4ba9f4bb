import type { Need } from "@minka/contracts/need";
import { formatSoles } from "@minka/domain/money";
import type { Crop, Language } from "@minka/domain/vocabulary";
import { addDays, limaDay, limaHour, weekday, type LimaDay } from "@minka/domain/lima-time";
import { catalogs, isTextKey, isWordGroup, type TextKey, type WordGroup } from "./languages/all-texts.ts";
import { fill } from "./languages/fill.ts";
import { firstLanguage } from "./languages/language-files.ts";

export type { TextKey } from "./languages/all-texts.ts";

/** What fills a text; what is said otherwise in another language is a function of it. */
export type TextParameter = string | number | ((language: string) => string);
export type TextParameters = Readonly<Record<string, TextParameter>>;

/** A text to be said, in a language that is known when it is written down. */
export type Said = { readonly key: TextKey; readonly parameters: TextParameters };
/** What is said to somebody: words of their own language, or words that are already chosen. */
export type Line = string | Said | ((language: string) => string);

/** The tags of languages that have one of two letters: their files are named so (BCP 47). */
const shortTags: Readonly<Partial<Record<Language, string>>> = {
  spa: "es",
  que: "qu",
  aym: "ay",
  other: "es",
};

/** The language to write to somebody in, by their mother tongue where it is known. */
export function languageTag(motherTongue: Language | null | undefined): string {
  return motherTongue ? (shortTags[motherTongue] ?? motherTongue) : firstLanguage;
}

/** A text named by another service; throws for a name that no text has. */
export function textKey(name: string): TextKey {
  if (!isTextKey(name)) throw new Error(`There is no text ${name}`);
  return name;
}

/**
 * The text as it is written, with accents; the SMS side folds it to GSM-7 on the way out. What the language does not
 * say is said in Spanish, text by text.
 */
export function renderText(
  key: TextKey,
  parameters: TextParameters = {},
  language: string = firstLanguage,
): string {
  const text = catalogs.get(language)?.texts[key]?.text ?? catalogs.get(firstLanguage)?.texts[key]?.text;
  if (text === undefined) throw new Error(`There is no text ${key}`);
  const said = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === "function" ? value(language) : value,
  ]);
  try {
    return fill(text, Object.fromEntries(said));
  } catch (error) {
    throw new Error(`Text ${key}: ${error instanceof Error ? error.message : ""}`, { cause: error });
  }
}

/** Names a text for somebody whose language is known only where it is written down. */
export function said(key: TextKey, parameters: TextParameters = {}): Said {
  return { key, parameters };
}

/** A line in the language of whom it is for. */
export function renderLine(line: Line, language: string): string {
  if (typeof line === "string") return line;
  return typeof line === "function" ? line(language) : renderText(line.key, line.parameters, language);
}

/** The word that people use for an entry of the closed lists: `word("crop", "coffee")` is "café". */
export function word(group: WordGroup, entry: string, language: string = firstLanguage): string {
  const own = catalogs.get(language)?.words[group]?.[entry];
  return own ?? catalogs.get(firstLanguage)?.words[group]?.[entry] ?? entry;
}

/** A word of a list that another service names; throws for a list that there is not. */
export function wordIn(group: string, entry: string, language: string = firstLanguage): string {
  if (!isWordGroup(group)) throw new Error(`There is no list of words ${group}`);
  return word(group, entry, language);
}

/** A few words within a text, filled in: `phrase("fee", { amount: "S/ 30" })` is "cuota S/ 30". */
export function phrase(
  entry: string,
  parameters: Readonly<Record<string, string | number>> = {},
  language: string = firstLanguage,
): string {
  return fill(word("phrase", entry, language), parameters);
}

/** A need in a few words: "visita técnica por plagas en cacao", "3 sacos de urea", "crédito de S/ 3,500". */
export function describeNeed(need: Need, language: string = firstLanguage): string {
  const say = (group: WordGroup, entry: string) => word(group, entry, language);
  const kind = say("kind", need.kind);
  switch (need.kind) {
    case "assistance":
    case "training": {
      const about = need.topic
        ? fill(say("need", "topic"), { need: kind, topic: say("topic", need.topic) })
        : kind;
      return need.crop ? fill(say("need", "crop"), { need: about, crop: say("crop", need.crop) }) : about;
    }
    case "input":
    case "equipment":
      return sayGoods(need, language);
    case "service":
      return need.service ? say("service", need.service) : kind;
    case "credit":
      return need.amountCentimos
        ? fill(say("need", "credit"), { amount: formatSoles(need.amountCentimos) })
        : kind;
    case "purchase":
      return need.crop
        ? fill(say("need", "purchase"), {
            harvest: sayMeasured(need, sayHarvest(need, need.crop, language), language),
          })
        : kind;
  }
}

/** "cacao en baba", "café pergamino", where they said which. */
function sayHarvest({ state }: Need, crop: Crop, language: string): string {
  const name = word("crop", crop, language);
  if (!state) return name;
  // Fresh coffee is in the cherry.
  const said = crop === "coffee" && state === "wet" ? "cherry" : state;
  return `${name} ${word("crop_state", said, language)}`;
}

/** "3 sacos de urea", "200 plantones", "motosierra (2)": how many decides whether a provider can serve it. */
function sayGoods(need: Need, language: string): string {
  const goods = need.product ? word("product", need.product, language) : word("kind", need.kind, language);
  const { quantity, unit } = need;
  if (quantity && unit && unit !== "unit") return sayMeasured(need, goods, language);
  if (!quantity || quantity === 1) return goods;
  const counted = word("need", need.kind === "equipment" ? "machines" : "counted", language);
  return fill(counted, { goods, count: formatCount(quantity) });
}

/** "20 quintales de cacao"; without a measure, the goods alone. */
function sayMeasured({ quantity, unit }: Need, goods: string, language: string): string {
  if (!quantity || !unit || unit === "unit") return goods;
  const measure = word(quantity > 1 ? "unit_many" : "unit_one", unit, language);
  return fill(word("need", "measured", language), { quantity: formatCount(quantity), unit: measure, goods });
}

/** "1,250.5". */
export const formatCount = (count: number) => count.toLocaleString("en-US", { maximumFractionDigits: 2 });

/** "jueves 26", or "hoy" and "mañana" when it is that near. */
export function sayDay(day: LimaDay, today: LimaDay, language: string = firstLanguage): string {
  if (day === today) return word("day", "today", language);
  if (day === addDays(today, 1)) return word("day", "tomorrow", language);
  return fill(word("day", "date", language), {
    weekday: word("weekday", String(weekday(day)), language),
    day: Number(day.slice(8)),
  });
}

/** "las 6 p. m." today, "las 8 a. m. de mañana": the quarter of an hour before, so that nobody is told too late. */
export function sayDeadline(at: Date, now: Date, language: string = firstLanguage): string {
  const say = (entry: string, parameters: Readonly<Record<string, string>> = {}) =>
    fill(word("deadline", entry, language), parameters);
  const quarters = Math.floor(limaHour(at) * 4);
  const hours = Math.floor(quarters / 4);
  const minute = (quarters % 4) * 15;
  const time = `${hours % 12 || 12}${minute ? `:${String(minute).padStart(2, "0")}` : ""}`;
  const clock = `${time} ${say(hours < 12 ? "am" : "pm")}`;
  const hour = say(hours % 12 === 1 ? "one" : "hour", { clock });
  const day = limaDay(at);
  const today = limaDay(now);
  if (day === today) return hour;
  return day === addDays(today, 1)
    ? say("tomorrow", { hour })
    : say("later", { hour, day: sayDay(day, today, language) });
}

/** "a 9 km"; under one kilometre it says so, because "0 km" reads like an error. */
export function sayDistance(km: number, language: string = firstLanguage): string {
  return fill(word("distance", km < 1 ? "near" : "far", language), { km: Math.round(km) });
}

/** Every Spanish text with its budget, for the tests that keep them short. */
export function allTexts(): { key: TextKey; text: string; segments: number }[] {
  const { texts = {} } = catalogs.get(firstLanguage) ?? {};
  return Object.entries(texts).map(([key, { text, segments }]) => ({ key: textKey(key), text, segments }));
}
