import type { Reason } from "@minka/contracts/common";
import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import { commonName, findDistrict } from "@minka/geography/districts";
import { phrase, sayDay, word } from "@minka/language/texts";
import type { Tone } from "../../design/parts.ts";
import { dayWords, deadlineWords, soles } from "../../words/field-words.ts";

/** How many may be picked, and for what: who sells looks for buyers, wherever they are. */
export function listedWords(request: Request): string {
  const { length } = listedOf(request);
  const place = placeName(request.districtCode);
  const one = length === 1;
  const { kind, crop } = request.need;
  if (kind === "purchase")
    return `${length} ${one ? "comprador" : "compradores"} para su ${crop ? word("crop", crop) : "cosecha"} de ${place}`;
  if (kind === "input")
    return `${length} ${one ? "tienda le puede" : "tiendas le pueden"} vender en ${place}`;
  const can = `${length} ${one ? "puede" : "pueden"} atenderle`;
  // A course, a laboratory or a rented pulper is where it is: each says where.
  return kind === "assistance" ? `${can} en ${place}` : can;
}

export const placeName = (code: string) => {
  const district = findDistrict(code);
  return district ? commonName(district) : "su distrito";
};

/** "el jueves 26 de noviembre", "hoy", "mañana": with the month where it is not obvious. */
export function onDay(day: string, today: string): string {
  const near = sayDay(day, today);
  const [weekday = ""] = near.split(" ");
  return near.includes(" ") ? `el ${weekday} ${dayWords(day, today)}` : near;
}

/** "S/ 30", "S/ 98 por saco", "gratis", or null where it is agreed upon. */
export function priceOf(match: Pick<Match, "priceCentimos" | "priceUnit">): string | null {
  const { priceCentimos, priceUnit } = match;
  if (priceCentimos === null) return null;
  if (priceCentimos === 0) return phrase("free");
  return priceUnit === null || priceUnit === "visita"
    ? soles(priceCentimos)
    : `${soles(priceCentimos)} por ${priceUnit}`;
}

/** Who pays what, where somebody else pays a part. */
export function sponsorWords({ sponsor, priceCentimos }: Pick<Match, "sponsor" | "priceCentimos">) {
  if (!sponsor || priceCentimos === null) return null;
  const rest = priceCentimos - sponsor.paysCentimos;
  return rest <= 0
    ? `Lo paga ${sponsor.name}.`
    : `${sponsor.name} paga ${soles(sponsor.paysCentimos)} y usted ${soles(rest)}.`;
}

/** Those that may be picked now. */
export const listedOf = (request: Request): Match[] =>
  request.matches.filter(({ state, round }) => state === "listed" && round === request.round);

export const askedOf = ({ matches }: Request) =>
  matches.filter(({ state }) => state === "asked" || state === "quoted");

export const agreedMatch = ({ matches, engagement }: Request): Match | null =>
  matches.find(({ id }) => id === engagement?.matchId) ?? null;

/** Where it is in a word or two, for a list. */
export function stateOf(request: Request): { words: string; tone: Tone } {
  const { state, engagement } = request;
  switch (state) {
    case "searching":
      return { words: "Buscando", tone: "going" };
    case "listed":
      return { words: "Elija", tone: "waiting" };
    case "asking":
      return request.waitsFor === "requester"
        ? { words: "Le proponen", tone: "waiting" }
        : { words: "Preguntando", tone: "going" };
    case "agreed":
      if (engagement?.state === "rework") return { words: "Volverá", tone: "going" };
      return request.waitsFor === "requester"
        ? { words: "¿Vino?", tone: "waiting" }
        : { words: "Acordado", tone: "good" };
    case "done":
      return engagement?.score === null
        ? { words: "Ponga nota", tone: "waiting" }
        : { words: "Hecho", tone: "good" };
    case "with_operator":
      return { words: "Lo vemos", tone: "going" };
    case "cancelled":
      return { words: "Anulado", tone: "over" };
    case "lapsed":
      return { words: "Venció", tone: "over" };
  }
}

/** Who has the ball, and until when: null where nothing is waited for. */
export function ballWords(request: Request, now: Date): string | null {
  const { state, waitsFor, until, engagement } = request;
  const before = until ? ` hasta ${deadlineWords(until, now)}` : "";
  const [asked, another] = askedOf(request);
  switch (state) {
    case "searching":
      return "Buscamos ahora mismo. Toma menos de un minuto; también le avisamos por SMS.";
    case "listed":
      return `Le toca a usted: elija${before}.`;
    case "asking": {
      if (waitsFor === "requester") return `Le toca a usted: responda${before}.`;
      const who = another
        ? "Les preguntamos a varios. Tienen"
        : `${asked?.providerName ?? "Le preguntamos. "} tiene`;
      return until ? `${who}${before} para responder. Le avisamos por SMS.` : null;
    }
    case "agreed":
      if (engagement?.state === "rework" || waitsFor === "provider") {
        const name = agreedMatch(request)?.providerName ?? "La otra persona";
        return `${name} tiene${before || " que responder"}${before ? " para responder" : ""}. Le avisamos por SMS.`;
      }
      return waitsFor === "requester" ? `Le toca a usted: responda${before}.` : null;
    case "with_operator":
      return "Una persona de Minka lo está viendo y le avisa por SMS.";
    default:
      return null;
  }
}

const reasons: Readonly<Record<string, string>> = {
  "nobody-offers-this": "Por ahora nadie ofrece esto.",
  "nobody-reaches-there": "Por ahora nadie llega hasta ahí.",
  "other-topics-only": "Los que llegan hacen otros trabajos o atienden otros cultivos.",
  "conditions-not-met": "Los que hay piden condiciones que faltan.",
  "all-full": "Los que podían ya no tienen cupo este mes.",
  "no-woman-near": "No hay una mujer libre cerca para esto.",
  "all-asked": "Les preguntamos a todos y nadie pudo.",
  "list-refused": "A usted no le convino ninguno de la lista.",
  "chosen-offer-unavailable": "Quien usted eligió no puede ahora. Estos sí.",
  disputed: "Hay un desacuerdo sobre la visita.",
  "outcome-unknown": "No sabemos si la visita se hizo.",
  "rework-unanswered": "No respondió si vuelve.",
  "review-asked": "Una persona revisó la lista y sigue su pedido.",
  "plan-changed": "Cambió el plan de visitas y buscamos otro día.",
  "plan-dropped": "Esa visita salió del plan.",
};

/** Why it is where it is; nothing for what needs no word. */
export function whyWords(reason: Reason | null, kind?: Request["need"]["kind"]): string | null {
  if (!reason) return null;
  const { code, parameters } = reason;
  if (code === "chosen-offer-unavailable" && parameters["because"] === "not-a-woman")
    return "Usted pidió que le atienda una mujer. Elija a una de esta lista.";
  if (code === "other-topics-only" && kind === "input") return "Las tiendas que llegan venden otras cosas.";
  if (code === "other-topics-only" && kind === "purchase")
    return "Los que compran por ahí compran otra cosa.";
  return reasons[code] ?? null;
}

export const scoreWords: Readonly<Record<number, string>> = {
  1: "Mal",
  2: "Regular",
  3: "Bien",
  4: "Bastante bien",
  5: "Muy bien",
};
