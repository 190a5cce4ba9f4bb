import type { listPlanDays, PlanProposal } from "@minka/contracts/plan-visits";
import type { Answer } from "@minka/contracts/endpoint";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import { formatSoles } from "@minka/domain/money";
import { fill } from "@minka/language/languages/fill";
import { sayClock, sayLesson, sayShortDay } from "@minka/language/say-plan";
import { renderText, sayDay, word, type TextKey, type TextParameters } from "@minka/language/texts";
import { fitSegments, placeName, shortName } from "./say-match.ts";

export type PlanMonth = Answer<typeof listPlanDays>["months"][number];
export type PlanDay = PlanMonth["days"][number];
type Stop = PlanDay["stops"][number];

const say = (entry: string, parameters: Readonly<Record<string, string | number>>, language: string) =>
  fill(word("plan", entry, language), parameters);

const firstName = (name: string, longest = 12) => shortName(name.trim().split(/\s+/)[0] ?? "", longest);

/** What a producer reads of a visit: when, about what, where, who comes and for how much. */
export function proposalWords(visit: PlanProposal, now: Date): TextParameters {
  return {
    day: (language) => sayDay(visit.day, limaDay(now), language),
    time: (language) => sayClock(visit.startsAt, language),
    lesson: (language) => sayLesson(visit, language),
    where: (language) => sayWhereTo(visit, language),
    provider: shortName(visit.providerName),
    price: (language) =>
      visit.priceCentimos ? say("fee", { amount: formatSoles(visit.priceCentimos) }, language) : "",
  };
}

function sayWhereTo({ people, atTheirs, hostName, ...place }: PlanProposal, language: string): string {
  if (people === 1) return say("at_yours", {}, language);
  if (atTheirs)
    return people === 2
      ? say("at_yours_with_one", {}, language)
      : say("at_yours_with", { count: people - 1 }, language);
  return hostName
    ? say("at_host", { host: firstName(hostName, 20) }, language)
    : say("in_group", { place: placeOf(place) }, language);
}

/** The hamlet, or the district where none is named. */
function placeOf(place: Pick<Stop, "placeName" | "districtCode">, longest = 30): string {
  return shortName(place.placeName ?? placeName(place.districtCode), longest);
}

const fewerDays = [3, 2, 1];

/** An agent's month with its figure and its first days, as many as two segments hold. */
export function sayMonth(
  key: TextKey,
  { month, days }: Pick<PlanMonth, "month" | "days">,
  language: string,
  also: Readonly<Record<string, string>> = {},
): string {
  const texts = (count: number) => {
    const first = days.slice(0, count).map((day) => sayFirstDay(day, language));
    return renderText(
      key,
      {
        month: sayMonthName(month, language),
        figure: sayFigure(days, language),
        first: first.join("\n"),
        ...also,
      },
      language,
    );
  };
  return fitSegments(texts, fewerDays);
}

/** Which days, and how many visits on each: two months with the same are the same to who plans their weeks by it. */
export function daysInShort(days: readonly PlanDay[]): string {
  return days.map((of) => `${of.day}:${countVisits([of])}`).join(" ");
}

export function sayMonthName(month: string, language: string): string {
  return word("month", String(Number(month.slice(5))), language);
}

function countVisits(days: readonly PlanDay[]): number {
  return days.flatMap(({ stops }) => stops).reduce((sum, { visits }) => sum + visits.length, 0);
}

/** "46 visitas en 18 días". */
function sayFigure(days: readonly PlanDay[], language: string): string {
  const visits = counted("visit", countVisits(days), language);
  return say("figure", { visits, days: counted("day", days.length, language) }, language);
}

const counted = (what: "visit" | "day", count: number, language: string) =>
  say(count === 1 ? `${what}_one` : `${what}_many`, { count }, language);

function sayFirstDay(of: PlanDay, language: string): string {
  const { day, stops } = of;
  const places = [...new Set(stops.map((stop) => placeOf(stop, 20)))].slice(0, 2).join(", ");
  const visits = counted("visit", countVisits([of]), language);
  return say("first_day", { day: sayShortDay(day, language), visits, places }, language);
}

/** How much of each stop is said; what helps least on the way goes first when there are many. */
const details = [
  { topic: true, place: 30 },
  { topic: true, place: 18 },
  { topic: false, place: 18 },
  { topic: false, place: 12 },
] as const;
type Detail = (typeof details)[number];

/** A day's stops within two segments: "8:00 poda, Rosa, Nuevo Progreso; 10:00 abonamiento, Juan y 2 más, Uchiza". */
export function sayStops(
  stops: readonly Stop[],
  textWith: (stops: string) => string,
  language: string,
): string {
  const all = details.map((detail) => () => listed(stops, stops.length, detail, language));
  const [shortest = details[0]] = details.slice(-1);
  const fewer = stops
    .map((_, index) => stops.length - 1 - index)
    .filter((most) => most > 0)
    .map((most) => () => listed(stops, most, shortest, language));
  const variants = [...all, ...fewer];
  return fitSegments((at) => textWith(variants[at]?.() ?? ""), [...variants.keys()]);
}

function listed(stops: readonly Stop[], most: number, detail: Detail, language: string): string {
  const said = stops.slice(0, most).map((stop) => sayStop(stop, detail, language));
  const left = stops.length - said.length;
  return [...said, ...(left > 0 ? [say("more_stops", { count: left }, language)] : [])].join("; ");
}

/** First names, and only of who has agreed. */
function sayStop(stop: Stop, { topic, place }: Detail, language: string): string {
  const names = stop.visits.flatMap(({ name }) => (name === null ? [] : [firstName(name)]));
  const [name] = names;
  const who =
    name === undefined
      ? []
      : [names.length > 1 ? say("and_more", { name, count: names.length - 1 }, language) : name];
  const where = placeOf(stop, place);
  const about = topic && stop.topic ? ` ${word("topic", stop.topic, language)}` : "";
  return [
    `${stop.startsAt.replace(/^0/, "")}${about}`,
    ...who,
    name === undefined ? sayUnsure(stop.visits.length, where, language) : where,
  ].join(", ");
}

function sayUnsure(count: number, place: string, language: string): string {
  return count === 1 ? say("unsure", { place }, language) : say("unsure_many", { place, count }, language);
}

const mostLater = 4;

/** The next day with its stops, and how many visits the days after it have. */
export function sayNextDays(days: readonly PlanDay[], language: string): string {
  const [next, ...later] = days;
  if (!next) return renderText("plan_none", {}, language);
  const day = sayShortDay(next.day, language);
  const after = later.slice(0, mostLater).map((each) => {
    const words = { day: sayShortDay(each.day, language), count: countVisits([each]) };
    return say("later_day", words, language);
  });
  return sayStops(
    next.stops,
    (stops) =>
      after.length === 0
        ? renderText("plan_next_only", { day, stops }, language)
        : renderText(
            "plan_next",
            { day, stops, later: say("later", { days: after.join(", ") }, language) },
            language,
          ),
    language,
  );
}

/** The days of all an agent's plans that are still to come, in order. */
export function daysAhead(months: readonly PlanMonth[], from: LimaDay): PlanDay[] {
  return months
    .flatMap(({ days }) => days)
    .filter(({ day }) => day >= from)
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}
