import type { Need } from "@minka/contracts/need";
import { formatSoles } from "@minka/domain/money";
import { addDays, limaDay, limaHour, weekday, type LimaDay } from "@minka/domain/lima-time";
import es from "./texts/es.json" with { type: "json" };
import words from "./texts/words.es.json" with { type: "json" };

/** The name of a text; what it says, in each language, is in `texts/`. */
export type TextKey = keyof typeof es;
export type TextParameters = Readonly<Record<string, string | number>>;

/** A text named by another service; throws for a name that no text has. */
export function textKey(name: string): TextKey {
  if (!Object.hasOwn(es, name)) throw new Error(`There is no text ${name}`);
  return name as TextKey;
}

/** The text as it is written, with accents; the SMS side folds it to GSM-7 on the way out. */
export function renderText(key: TextKey, parameters: TextParameters = {}): string {
  const filled = es[key].text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`Text ${key} needs the parameter ${name}`);
    return String(value);
  });
  // "las 6 p. m." at the end of a sentence brings its own full stop.
  return filled.replaceAll("..", ".");
}

type WordGroup = keyof typeof words;

/** The word that people use for an entry of the closed lists: `word("crop", "coffee")` is "café". */
export function word(group: WordGroup, entry: string): string {
  return (words[group] as Record<string, string>)[entry] ?? entry;
}

/** A need in a few words: "visita técnica por plagas en cacao", "3 sacos de urea", "crédito de S/ 3,500". */
export function describeNeed(need: Need): string {
  switch (need.kind) {
    case "assistance":
    case "training": {
      const topic = need.topic ? ` de ${word("topic", need.topic)}` : "";
      const crop = need.crop ? ` en ${word("crop", need.crop)}` : "";
      return `${word("kind", need.kind)}${topic}${crop}`;
    }
    case "input":
    case "equipment":
      return sayGoods(need);
    case "service":
      return need.service ? word("service", need.service) : word("kind", need.kind);
    case "credit":
      return need.amountCentimos ? `crédito de ${formatSoles(need.amountCentimos)}` : word("kind", need.kind);
    case "purchase":
      return need.crop ? `comprador de ${sayHarvest(need, need.crop)}` : word("kind", need.kind);
  }
}

/** "3 sacos de urea", "200 plantones", "motosierra (2)": how many decides whether a provider can serve it. */
function sayGoods(need: Need): string {
  const goods = need.product ? word("product", need.product) : word("kind", need.kind);
  const measured = sayMeasured(need);
  if (measured) return `${measured} de ${goods}`;
  if (!need.quantity || need.quantity === 1) return goods;
  return need.kind === "equipment" ? `${goods} (${need.quantity})` : `${formatCount(need.quantity)} ${goods}`;
}

function sayHarvest(need: Need, crop: string): string {
  const measured = sayMeasured(need);
  return measured ? `${measured} de ${word("crop", crop)}` : word("crop", crop);
}

function sayMeasured({ quantity, unit }: Need): string | null {
  if (!quantity || !unit || unit === "unit") return null;
  return `${formatCount(quantity)} ${word(quantity > 1 ? "unit_many" : "unit_one", unit)}`;
}

const formatCount = (count: number) => count.toLocaleString("en-US", { maximumFractionDigits: 2 });

const weekdays = ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"];

/** "jueves 26", or "hoy" and "mañana" when it is that near. */
export function sayDay(day: LimaDay, today: LimaDay): string {
  if (day === today) return "hoy";
  if (day === addDays(today, 1)) return "mañana";
  return `${weekdays[weekday(day)]} ${Number(day.slice(8))}`;
}

/** "las 6 p. m." today, "las 8 a. m. de mañana": the quarter of an hour before, so that nobody is told too late. */
export function sayDeadline(at: Date, now: Date): string {
  const quarters = Math.floor(limaHour(at) * 4);
  const hour = Math.floor(quarters / 4);
  const minute = (quarters % 4) * 15;
  const clock = `${hour % 12 || 12}${minute ? `:${String(minute).padStart(2, "0")}` : ""} ${hour < 12 ? "a. m." : "p. m."}`;
  const article = hour % 12 === 1 ? "la" : "las";
  const day = limaDay(at);
  if (day === limaDay(now)) return `${article} ${clock}`;
  return `${article} ${clock} ${day === addDays(limaDay(now), 1) ? "de mañana" : `del ${sayDay(day, limaDay(now))}`}`;
}

/** "a 9 km"; under one kilometre it says so, because "0 km" reads like an error. */
export function sayDistance(km: number): string {
  return km < 1 ? "a menos de 1 km" : `a ${Math.round(km)} km`;
}

/** Every text with its budget, for the test that keeps them short. */
export function allTexts(): { key: TextKey; text: string; segments: number }[] {
  return Object.entries(es).map(([key, { text, segments }]) => ({ key: key as TextKey, text, segments }));
}
