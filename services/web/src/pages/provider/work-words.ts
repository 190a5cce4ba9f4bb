import type { declineReasons } from "@minka/contracts/asks";
import type { disputeReasons } from "@minka/contracts/disputes";
import type { cancelReasons } from "@minka/contracts/follow-ups";
import type { listAsks } from "@minka/contracts/provider-asks";
import type { Answer } from "@minka/contracts/endpoint";
import type { Quote } from "@minka/contracts/quotes";
import { limaDay } from "@minka/domain/lima-time";
import { districtLabel, findDistrict } from "@minka/geography/districts";
import { phrase, sayDistance } from "@minka/language/texts";
import { sayDueDay } from "@minka/language/say-due-day";
import { deadlineWords, priceBefore, soles } from "../../words/field-words.ts";

type Asks = Answer<typeof listAsks>;
export type Ask = Asks["asks"][number];
export type Quoted = Asks["quoted"][number];
export type Work = Asks["engagements"][number];

export const declineWords: Record<(typeof declineReasons)[number], string> = {
  far: "Me queda lejos",
  busy: "No tengo tiempo en estos días",
  price: "El precio no me conviene",
  not_my_work: "No hago ese trabajo",
  other: "Otra razón",
};

export const disputeWords: Record<(typeof disputeReasons)[number], string> = {
  did_not_come: "Fui y no había nadie",
  not_paid: "No me pagaron",
  price: "No quieren pagar lo acordado",
  not_finished: "No me dejaron terminar",
  bad_work: "Dicen que el trabajo está mal",
  other: "Otra cosa",
};

/** Of the reasons to call something off those that a provider has. */
export const callOffWords: Partial<Record<(typeof cancelReasons)[number], string>> = {
  busy: "No tengo tiempo ese día",
  road: "No hay paso",
  health: "Por salud",
  date: "La fecha ya no me conviene",
  price: "El precio no me conviene",
  other: "Otra razón",
};

/** "Uchiza, San Martín, a 12 km de donde usted sale" */
export function placeWords({ districtCode, distanceKm }: Pick<Ask, "districtCode" | "distanceKm">): string {
  const district = findDistrict(districtCode);
  const where = district ? districtLabel(district) : "";
  return distanceKm === null ? where : `${where}, ${sayDistance(distanceKm)} de donde usted sale`;
}

/** "Nuevo Horizonte, Uchiza, San Martín" */
export function meetingPlace({ placeName, districtCode }: Pick<Work, "placeName" | "districtCode">): string {
  const district = findDistrict(districtCode);
  return [placeName, district && districtLabel(district)].filter(Boolean).join(", ");
}

/** "S/ 30 por visita", "gratis para quien pide", "precio por acordar" */
export function priceWords({ priceCentimos, priceUnit }: Pick<Ask, "priceCentimos" | "priceUnit">): string {
  if (priceCentimos === null) return "Precio por acordar";
  const unit = priceUnit === null ? "" : ` por ${priceUnit}`;
  return priceCentimos === 0 ? "Gratis" : `${soles(priceCentimos)}${unit}`;
}

/** "Paga Agrobanco S/ 20 y la otra persona S/ 10" */
export function sponsorWords({
  sponsor,
  priceCentimos,
}: Pick<Ask, "sponsor" | "priceCentimos">): string | null {
  if (!sponsor) return null;
  const rest = (priceCentimos ?? sponsor.paysCentimos) - sponsor.paysCentimos;
  return rest > 0
    ? `${sponsor.name} paga ${soles(sponsor.paysCentimos)} y quien pide ${soles(rest)}.`
    : `Lo paga ${sponsor.name}.`;
}

/** "el jueves 26 por S/ 35", with what the price was before where the other side is to say yes to another. */
export function quoteWords(
  { visitOn, priceCentimos }: Pick<Quote, "visitOn" | "priceCentimos">,
  now: Date,
  beforeCentimos: number | null = null,
): string {
  const before = priceBefore(beforeCentimos, priceCentimos);
  return [
    visitOn === null ? null : sayDueDay(visitOn, limaDay(now)),
    priceCentimos === null ? null : priceCentimos === 0 ? phrase("free") : `por ${soles(priceCentimos)}`,
    before === null ? null : `(${before})`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** "Tiene hasta las 6 p. m. de mañana para responder." */
export const timeLeft = (until: string, now: Date): string =>
  `Tiene hasta ${deadlineWords(until, now)} para responder.`;

const hourMs = 60 * 60 * 1000;
/** Within this much time somebody should look now. */
export const isPressing = (until: string, now: Date) => Date.parse(until) - now.getTime() < 2 * hourMs;
