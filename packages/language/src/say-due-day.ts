import { addDays, type LimaDay } from "@minka/domain/lima-time";
import { phrase, sayDay, word } from "./texts.ts";

/** Beyond this a weekday and its number may be of this month or of the next. */
const mostDaysOff = 20;

/** "hoy", "el jueves 26", and a date that is far off with its month: "el 22 de febrero". */
export function sayDueDay(day: LimaDay, today: LimaDay, language?: string): string {
  const isFar = day > addDays(today, mostDaysOff) || day < addDays(today, -mostDaysOff);
  if (day >= today && day <= addDays(today, 1)) return sayDay(day, today, language);
  return phrase("on_day", { day: isFar ? sayDate(day, language) : sayDay(day, today, language) }, language);
}

function sayDate(day: LimaDay, language?: string): string {
  const [, month, date] = day.split("-").map(Number);
  return phrase("date", { day: date ?? "", month: word("month", String(month), language) }, language);
}
