import { weekday } from "@minka/domain/lima-time";
import { formatSoles, type Centimos } from "@minka/domain/money";
import type { Kind, Language, Modality } from "@minka/domain/vocabulary";
import type { PublicOfferTerms } from "@minka/contracts/offer-terms";
import { allDistricts, commonName, findDistrict, type District } from "@minka/geography/districts";
import { sayClock } from "@minka/language/say-plan";
import { phrase, sayDeadline, sayDistance, word } from "@minka/language/texts";

/** What pages have room to say in more words than an SMS. */
export const kindWords: Record<Kind, string> = {
  assistance: "Visita técnica",
  training: "Capacitación",
  input: "Abonos e insumos",
  equipment: "Herramientas y equipos",
  service: "Laboratorio, secado y más",
  credit: "Crédito",
  purchase: "Compra de cosecha",
};

export const modalityWords: Record<Modality, string> = {
  field_visit: "en la chacra",
  phone: "por teléfono",
  group_session: "en grupo",
  field_day: "día de campo",
  internship: "pasantía",
  clinic: "consultorio",
};

export const providerWords = {
  agent: "técnica o técnico",
  supplier: "tienda",
  lender: "da crédito",
  buyer: "compra",
  trainer: "capacita",
} as const;

/** Mother tongues, as those who speak them call them. */
export const languageWords: Record<Language, string> = {
  spa: "castellano",
  que: "quechua",
  qvs: "kichwa",
  aym: "aimara",
  agr: "awajún",
  hub: "wampis",
  cni: "asháninka",
  shp: "shipibo-konibo",
  ame: "yánesha",
  cbr: "kakataibo",
  other: "otra lengua",
};

/** "poda, riego y cosecha" */
export function joinWords(words: readonly string[], last: "y" | "o" = "y"): string {
  if (words.length < 2) return words.join("");
  const end = words.at(-1) ?? "";
  const link = last === "y" && /^h?i(?!e)/i.test(end) ? "e" : last;
  return `${words.slice(0, -1).join(", ")} ${link} ${end}`;
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "Tocache, Uchiza y 4 lugares más" */
export function shortened(words: readonly string[], most: number, more: (count: number) => string): string {
  if (words.length <= most) return joinWords(words);
  return `${words.slice(0, most).join(", ")} y ${more(words.length - most)}`;
}

const regionNames = new Map(allDistricts().map(({ code, region }) => [code.slice(0, 2), region]));
const provinceNames = new Map(allDistricts().map(({ code, province }) => [code.slice(0, 4), province]));

/** Where an offer reaches, from INEI prefixes. */
export function areaWords(area: string): string {
  if (area === "PE") return "todo el Perú";
  if (area.length === 2) return `toda la región ${regionNames.get(area) ?? area}`;
  if (area.length === 4) return `la provincia de ${provinceNames.get(area) ?? area}`;
  return findDistrict(area)?.name ?? area;
}

/** "S/ 30", which never breaks in two at the end of a line. */
export function soles(amount: Centimos): string {
  return formatSoles(amount).replaceAll(" ", "\u00a0");
}

/** "1 pedido", "3 pedidos" */
export const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

/** What a price was before and by how much it changed, where it did: "antes S/ 50: son S/ 10 más". */
export function priceBefore(before: Centimos | null, now: Centimos | null): string | null {
  if (before === null || now === null || before === now) return null;
  const difference = `son ${soles(Math.abs(now - before))} ${now > before ? "más" : "menos"}`;
  return `antes ${before === 0 ? phrase("free") : soles(before)}: ${difference}`;
}

/** "a 12 km del centro de Tocache": kilometres mean little to who does not know from where. */
export const fromCentre = (km: number, district: District): string =>
  `${sayDistance(km)} del centro de ${commonName(district)}`;

/** "Lunes a viernes", "martes, jueves y sábado", "todos los días": days of a week, 0 is Sunday. */
export function weekdaysWords(weekdays: readonly number[]): string {
  const days = [1, 2, 3, 4, 5, 6, 0].filter((day) => weekdays.includes(day));
  if (days.length === 7) return "todos los días";
  const name = (day: number | undefined) => word("weekday", String(day));
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run?.at(-1) === (day + 6) % 7) run.push(day);
    else runs.push([day]);
  }
  return joinWords(
    runs.flatMap((run) => (run.length > 2 ? [`${name(run[0])} a ${name(run.at(-1))}`] : run.map(name))),
  );
}

/** The strong line of an offer: what one gets. */
export function offerTitle(terms: PublicOfferTerms): string {
  if (terms.kind !== "assistance") return terms.title;
  const topics = terms.topics.map((topic) => word("topic", topic));
  return capitalized(shortened(topics, 3, (count) => counted(count, "tema más", "temas más")));
}

const dayAndMonth = new Intl.DateTimeFormat("es-PE", { day: "numeric", month: "long", timeZone: "UTC" });
const dayMonthYear = new Intl.DateTimeFormat("es-PE", { dateStyle: "long", timeZone: "UTC" });

/** A calendar day as said in Peru: "12 de noviembre", with the year when it is not this one. */
export function dayWords(day: string, today: string): string {
  const format = day.slice(0, 4) === today.slice(0, 4) ? dayAndMonth : dayMonthYear;
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** "jueves 3 de diciembre" */
export const weekdayWords = (day: string, today: string): string =>
  `${word("weekday", String(weekday(day)))} ${dayWords(day, today)}`;

/** "diciembre" of "2026-12", with the year when it is not this one. */
export function monthWords(month: string, today: string): string {
  const [year = "", number = ""] = month.split("-");
  const name = word("month", String(Number(number)));
  return year === today.slice(0, 4) ? name : `${name} de ${year}`;
}

const hourAndMinute = new Intl.DateTimeFormat("es-PE", {
  hour: "numeric",
  minute: "2-digit",
  hour12: true,
  timeZone: "America/Lima",
});

/** A time never breaks in two at the end of a line. */
const unbroken = (text: string) => text.replace(/\s?([ap])\.\s?m\./g, "\u00a0$1.\u00a0m.");

/** "6:05 p. m." in Lima. */
export const timeWords = (instant: string): string => unbroken(hourAndMinute.format(new Date(instant)));

/** "8 a. m.", "2:30 p. m." of "08:00", "14:30". */
export const wallTimeWords = (wallTime: string): string => unbroken(sayClock(wallTime));

/** "5 a. m.", "12 m.", "6 p. m." */
export function clockWords(hour: number): string {
  if (hour === 12) return "12\u00a0m.";
  return unbroken(hour < 12 ? `${hour === 0 ? 12 : hour} a. m.` : `${hour - 12} p. m.`);
}

/** "las 6 p. m." today, "las 8 a. m. de mañana": as by SMS. */
export const deadlineWords = (until: string, now: Date): string =>
  unbroken(sayDeadline(new Date(until), now));
