import { addDays, type LimaDay, weekday } from "@minka/domain/lima-time";
import { foldCase, soundKey } from "./fold.ts";
import { editDistance } from "./understanding/edit-distance.ts";

/** A day further away than this is a misreading. */
const furthestDays = 60;

const weekdays = ["domingo", "lunes", "martes", "miercoles", "jueves", "viernes", "sabado"].map(soundKey);
const months = [
  "enero",
  "febrero",
  "marzo",
  "abril",
  "mayo",
  "junio",
  "julio",
  "agosto",
  "septiembre",
  "octubre",
  "noviembre",
  "diciembre",
].map(soundKey);

/** The one of `names` that a word is, allowing one slip in words of five letters or more. */
function nameIn(names: readonly string[], key: string): number {
  const exact = names.indexOf(key);
  if (exact >= 0 || key.length < 5) return exact;
  return names.findIndex((name) => name.length >= 5 && editDistance(name, key) <= 1);
}

function monthOf(word: string): number {
  const key = soundKey(word);
  if (key === soundKey("setiembre")) return 8;
  const named = nameIn(months, key);
  if (named >= 0) return named;
  return key.length === 3 ? months.findIndex((month) => month.startsWith(key)) : -1;
}

function isoDay(year: number, month: number, date: number): LimaDay | null {
  const at = new Date(Date.UTC(year, month, date));
  return at.getUTCMonth() === month && at.getUTCDate() === date ? at.toISOString().slice(0, 10) : null;
}

function withinReach(day: LimaDay | null, today: LimaDay): LimaDay | null {
  return day !== null && day >= today && day <= addDays(today, furthestDays) ? day : null;
}

/** The next such date from today on, this year or the next. */
function nextDate(date: number, month: number, today: LimaDay): LimaDay | null {
  const year = Number(today.slice(0, 4));
  return withinReach(isoDay(year, month, date), today) ?? withinReach(isoDay(year + 1, month, date), today);
}

/** "martes 14": the next 14th; the number names the day better than the weekday does. */
function nextDayOfMonth(date: number, today: LimaDay): LimaDay | null {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1;
  for (let ahead = 0; ahead <= 2; ahead += 1) {
    const day = withinReach(
      isoDay(year + Math.floor((month + ahead) / 12), (month + ahead) % 12, date),
      today,
    );
    if (day !== null) return day;
  }
  return null;
}

function writtenDate(folded: string, today: LimaDay): LimaDay | null | undefined {
  const numeric = /(?<![\d/])(\d{1,2})\s?[/-]\s?(\d{1,2})(?:\s?[/-]\s?(\d{2}|\d{4}))?(?![\d/])/.exec(folded);
  if (numeric !== null) {
    const [, date = "", month = "", year] = numeric;
    if (year === undefined) return nextDate(Number(date), Number(month) - 1, today);
    const fullYear = Number(year) + (year.length === 2 ? 2000 : 0);
    return withinReach(isoDay(fullYear, Number(month) - 1, Number(date)), today);
  }
  for (const match of folded.matchAll(/(?<!\d)(\d{1,2})\s*(?:de|d)?\s+([a-z]+)/g)) {
    const month = monthOf(match[2] ?? "");
    if (month >= 0) return nextDate(Number(match[1]), month, today);
  }
  return undefined;
}

/**
 * The day that a provider's answer names ("el juebes", "pasado mañana", "14/12"), the next such day from today on;
 * a weekday equal to today's is a week later. Null when it names none, a past one, or one over 60 days ahead.
 */
export function parseDay(text: string, today: LimaDay): LimaDay | null {
  const folded = foldCase(text.slice(0, 300));
  const written = writtenDate(folded, today);
  if (written !== undefined) return written;
  const words = folded.match(/[a-z]+|\d+/g) ?? [];
  const keys = words.map((word) => soundKey(word));
  const named = keys.map((key) => nameIn(weekdays, key)).find((day) => day >= 0);
  if (named !== undefined) {
    const at = keys.findIndex((key) => nameIn(weekdays, key) >= 0);
    const date = /^\d{1,2}$/.test(words[at + 1] ?? "") ? Number(words[at + 1]) : 0;
    // "lunes 8 am" is an hour, "lunes 8" a date.
    const isHour = /^(am|pm|a|p|h|hs|hrs|hora|horas|de)$/.test(words[at + 2] ?? "");
    if (date >= 1 && date <= 31 && !isHour) return nextDayOfMonth(date, today);
    return addDays(today, (named - weekday(today) + 7) % 7 || 7);
  }
  const tomorrow = soundKey("manana");
  const later = keys.findIndex((key) => key === "pasado" || key === "pasao");
  if (later >= 0 && keys[later + 1] === tomorrow) return addDays(today, 2);
  if (keys.includes("oi") || keys.includes(soundKey("ahorita"))) return today;
  // "en la mañana", "por la mañana" are a time of day.
  if (keys.some((key, at) => key === tomorrow && keys[at - 1] !== "la")) return addDays(today, 1);
  const dayNumber = /\b(?:el|dia|para el)\s+(\d{1,2})\b(?!\s*(?:am|pm|a\s?m|p\s?m|hora|kilo|saco))/.exec(
    folded,
  );
  return dayNumber === null ? null : nextDayOfMonth(Number(dayNumber[1]), today);
}
