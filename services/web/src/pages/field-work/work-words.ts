import { commonName, findDistrict } from "@minka/geography/districts";
import type { Tone } from "../../design/parts.ts";
import { wallTimeWords } from "../../words/field-words.ts";
import type { Stop, WorkVisit } from "./read-work.ts";

export const visitCount = (count: number): string => (count === 1 ? "1 visita" : `${count} visitas`);
export const dayCount = (count: number): string => (count === 1 ? "1 día" : `${count} días`);

/** "Nuevo Horizonte, Uchiza" */
export function placeWords({
  districtCode,
  placeName,
}: {
  readonly districtCode: string;
  readonly placeName: string | null;
}): string {
  const district = findDistrict(districtCode);
  const name = district ? commonName(district) : null;
  if (placeName === null) return name ?? "lugar por confirmar";
  return name === null || name === placeName ? placeName : `${placeName}, ${name}`;
}

/** Shorter, for a map: the hamlet, or else the district. */
export const shortPlace = (place: Parameters<typeof placeWords>[0]): string =>
  place.placeName ?? placeWords(place);

export const hourWords = ({ startsAt }: Pick<Stop, "startsAt">): string =>
  startsAt === null ? "hora por acordar" : wallTimeWords(startsAt);

/** How one of the visits stands, for the agent who makes it. */
export function visitState({ engagement, asked }: WorkVisit): readonly [words: string, tone: Tone] {
  switch (engagement?.state) {
    case "agreed":
      return ["Dijo que sí", "good"];
    case "done":
      return ["Hecha", "good"];
    case "rework":
      return ["Se hace otra vez", "going"];
    case "disputed":
      return ["La ve Minka", "waiting"];
    case "no_show":
      return ["No se hizo", "bad"];
    case "cancelled":
      return ["Se canceló", "over"];
    case undefined:
      return asked ? ["Falta su SI", "waiting"] : ["Por preguntar", "waiting"];
  }
}

/** Somebody stands there, or may still come to. */
export const isOn = ({ engagement }: WorkVisit): boolean =>
  engagement !== null && (engagement.state === "agreed" || engagement.state === "rework");

export const saidYes = ({ engagement }: WorkVisit): boolean =>
  engagement !== null && engagement.state !== "cancelled" && engagement.state !== "no_show";

/** Whom one meets: by name once they said yes. */
export function whoWords(one: WorkVisit): string {
  if (one.name !== null) return one.name;
  return one.engagement ? "Quien pidió la visita" : "Una persona que todavía no dijo que sí";
}

export const visitsOf = (stops: readonly Stop[]): WorkVisit[] => stops.flatMap(({ visits }) => visits);
