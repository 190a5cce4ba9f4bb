import { weekday } from "@minka/domain/lima-time";
import { formatSoles, type Centimos } from "@minka/domain/money";
import type { Kind, Language, Modality } from "@minka/domain/vocabulary";
import type { PublicOfferTerms } from "@minka/contracts/offer-terms";
import { allDistricts, findDistrict } from "@minka/geography/districts";
import { word } from "@minka/language/texts";

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

/** The strong line of an offer: what one gets. */
export function offerTitle(terms: PublicOfferTerms): string {
  if (terms.kind !== "assistance") return terms.title;
  const topics = terms.topics.map((topic) => word("topic", topic));
  return capitalized(shortened(topics, 3, (count) => `${count} temas más`));
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

/** "6:05 p. m." in Lima. */
export function timeWords(instant: string): string {
  return hourAndMinute.format(new Date(instant));
}
