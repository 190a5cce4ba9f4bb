import type { Reason } from "@minka/contracts/common";
import { weekday, type LimaDay } from "@minka/domain/lima-time";
import type { Crop, Topic } from "@minka/domain/vocabulary";
import { catalogs } from "./languages/all-texts.ts";
import { fill } from "./languages/fill.ts";
import { firstLanguage } from "./languages/language-files.ts";
import { sayDay, word } from "./texts.ts";

const say = (entry: string, parameters: Readonly<Record<string, string | number>>, language: string) =>
  fill(word("plan", entry, language), parameters);

/**
 * Why a planned visit is with nobody, was moved or will not be, as it stands after a colon: "el técnico no trabaja el
 * martes 14". Null for a code that has no words.
 */
export function sayPlanReason(
  { code, parameters }: Reason,
  today: LimaDay,
  language: string = firstLanguage,
): string | null {
  if (catalogs.get(firstLanguage)?.words.plan_reason?.[code] === undefined) return null;
  const on = (day: string | number | undefined) =>
    day === undefined ? say("that_day", {}, language) : sayOnDay(String(day), today, language);
  return fill(word("plan_reason", code, language), {
    day: on(parameters["day"]),
    lastDay: on(parameters["lastDay"]),
    cause: word("plan_cause", String(parameters["why"]), language),
  });
}

/** "hoy", "mañana", "el martes 14". */
export function sayOnDay(day: LimaDay, today: LimaDay, language: string = firstLanguage): string {
  const said = sayDay(day, today, language);
  const near = [word("day", "today", language), word("day", "tomorrow", language)];
  return near.includes(said) ? said : fill(word("phrase", "on_day", language), { day: said });
}

/** "mar 14": of a day among others. */
export function sayShortDay(day: LimaDay, language: string = firstLanguage): string {
  const name = word("weekday", String(weekday(day)), language).slice(0, 3);
  return say("short_day", { weekday: name, day: Number(day.slice(8)) }, language);
}

/** "8 a. m.", "2:30 p. m." of "08:00", "14:30". */
export function sayClock(wallTime: string, language: string = firstLanguage): string {
  const [hours = 0, minutes = 0] = wallTime.split(":").map(Number);
  const clock = `${hours % 12 || 12}${minutes > 0 ? `:${String(minutes).padStart(2, "0")}` : ""}`;
  return `${clock} ${word("deadline", hours < 12 ? "am" : "pm", language)}`;
}

/** "poda de cacao", "poda", "visita técnica". */
export function sayLesson(
  { topic, crop }: { topic: Topic | null; crop: Crop | null },
  language: string = firstLanguage,
): string {
  if (topic === null) return say("visit", {}, language);
  const about = word("topic", topic, language);
  return crop === null
    ? about
    : say("lesson", { topic: about, crop: word("crop", crop, language) }, language);
}
