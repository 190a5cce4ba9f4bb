import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import type { PublicOfferTerms } from "@minka/contracts/offer-terms";
import type { Quote } from "@minka/contracts/quotes";
import { findDistrict } from "@minka/geography/districts";
import { phrase, sayDistance } from "@minka/language/texts";
import { sayReason } from "@minka/language/say-reasons";
import { actionButton, dayField, form, hidden, moneyField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import {
  capitalized,
  dayWords,
  deadlineWords,
  fromCentre,
  priceBefore,
  soles,
} from "../../words/field-words.ts";
import type { RequestData, RequestVisit } from "./read-request-page.ts";
import { costOf, placeOf } from "../market/offer-row.ts";
import { demandWords, handOverWords, limitWords, totalWords } from "./match-terms.ts";
import { askedOf, listedOf, onDay, priceOf, sponsorWords } from "./request-words.ts";

/** The proposal that the producer is to answer, of whoever made one. */
export const openQuote = ({ matches }: Request): { match: Match; quote: Quote } | null => {
  for (const match of matches) if (match.quote?.by === "provider") return { match, quote: match.quote };
  return null;
};

/** Who is asked, what they propose, and who else may be asked. */
export function matchRows(visit: RequestVisit, data: RequestData, attempt: Attempt | null): Content {
  const { request } = data;
  const quoted = openQuote(request);
  const asked = askedOf(request).filter(({ id }) => id !== quoted?.match.id);
  const listed = listedOf(request);
  return html`${quoted ? quotePart(visit, quoted, attempt) : null}
  ${asked.length > 0 ? rows(asked.map((match) => askedRow(visit, data, { match, amongOthers: asked.length > 1 }, attempt))) : null}
  ${
    request.state === "listed"
      ? html`${rows(listed.map((match, index) => listedRow(visit, data, { match, index }, attempt)))}
          ${actionButton(visit, formState(attempt, "ninguna"), "Ninguno me conviene", { quiet: true })}
          <p class="quiet">Buscamos más lejos, y después lo ve una persona de Minka.</p>`
      : null
  }`;
}

function side({ need }: Request, match: Match, terms: PublicOfferTerms | undefined): Html {
  // What buyers pay is often against a reference, which a match's price cannot say.
  const { amount, per } = terms && need.kind === "purchase" ? costOf(terms) : costOfMatch(match);
  return html`${amount}${per ? html`<small>${per}</small>` : null}`;
}

/** What it is and how far, which is counted from the hamlet where one was named: in lists of offers it never is. */
function whatAndWhere(
  { today }: Pick<RequestVisit, "today">,
  { request, terms, offers }: RequestData,
  { id, offerTitle, distanceKm }: Match,
): string | null {
  const said = terms.get(id);
  const offer = offers.get(id);
  const handedOver = said
    ? handOverWords(request, said, { shop: (offer && placeOf(offer)) ?? null, today })
    : null;
  const district = findDistrict(request.districtCode);
  const away =
    distanceKm === null
      ? null
      : request.placeName !== null
        ? `${sayDistance(distanceKm)} de su caserío`
        : district
          ? fromCentre(distanceKm, district)
          : sayDistance(distanceKm);
  const what = [offerTitle, away].filter((part) => part !== null).join(", ");
  const confirmed = offer ? `Confirmado el ${dayWords(offer.confirmedOn, today)}.` : null;
  return (
    [what === "" ? null : `${capitalized(what)}.`, handedOver, confirmed].filter(Boolean).join(" ") || null
  );
}

/** What it is in all, and what is demanded: seen before anything is asked. */
function inAll(request: Request, terms: PublicOfferTerms | undefined): Content[] {
  if (!terms) return [];
  const total = totalWords(request, terms);
  const demand = demandWords(terms);
  return [
    total === null ? null : html`<strong>${total}.</strong>`,
    demand === null ? null : stateMark(demand, "waiting"),
    limitWords(terms),
  ];
}

function costOfMatch({ priceCentimos, priceUnit }: Match): ReturnType<typeof costOf> {
  if (priceCentimos === null) return { amount: null, per: "precio a conversar" };
  if (priceCentimos === 0) return { amount: capitalized(phrase("free")), per: null };
  return { amount: soles(priceCentimos), per: priceUnit ? `por ${priceUnit}` : null };
}

/** Distance and price have their own places, the same for all. */
const whyListed = ({ reasons }: Match, terms: PublicOfferTerms | undefined) => {
  const shown = ["price", "distance", ...(terms ? ["asks-certificates", "crop-state", "product"] : [])];
  const words = reasons
    .filter(({ code }) => !shown.includes(code))
    .map((reason) => (reason.code === "rating" ? phrase("rating", reason.parameters) : sayReason(reason)))
    .filter((said) => said !== null);
  return words.length === 0 ? null : `${capitalized(words.join(", "))}.`;
};

function listedRow(
  visit: RequestVisit,
  data: RequestData,
  { match, index }: { match: Match; index: number },
  attempt: Attempt | null,
): Html {
  const { request } = data;
  const said = data.terms.get(match.id);
  return row({
    title: match.providerName,
    href: `/atiende/${match.providerId}`,
    side: side(request, match, said),
    lines: [
      ...inAll(request, said),
      whatAndWhere(visit, data, match),
      whyListed(match, said),
      sponsorWords(match),
    ],
    more: actionButton(
      visit,
      formState(attempt, "elegir", {}, { opcion: match.id }),
      chooseWords(request, match),
      { values: { opcion: match.id }, quiet: index > 0 },
    ),
  });
}

/** What will happen, and for how much. */
function chooseWords({ need }: Request, match: Match): string {
  const price = priceOf(match);
  const paid = price === null ? "" : ` · ${price}`;
  if (need.kind === "assistance")
    return `${match.byPhone ? "Pedir que me llame" : "Pedir esta visita"}${paid}`;
  if (need.kind === "purchase") return `Ofrecerle mi cosecha`;
  return need.kind === "training" ? `Pedir un lugar${paid}` : `Preguntarle${paid}`;
}

function askedRow(
  visit: RequestVisit,
  data: RequestData,
  { match, amongOthers }: { match: Match; amongOthers: boolean },
  attempt: Attempt | null,
): Html {
  const { quote, askExpiresAt } = match;
  const { request } = data;
  const said = data.terms.get(match.id);
  const state = formState(attempt, "retirar", {}, { opcion: match.id });
  const takeBack = (words: string) =>
    actionButton(visit, state, words, { values: { opcion: match.id }, quiet: true });
  const waiting = quote
    ? `Usted propuso ${quoteWords(quote, visit.today)}. Espera respuesta hasta ${deadlineWords(quote.expiresAt, visit.now)}.`
    : askExpiresAt && amongOthers
      ? `Responde hasta ${deadlineWords(askExpiresAt, visit.now)}.`
      : null;
  return row({
    title: match.providerName,
    href: `/atiende/${match.providerId}`,
    side: side(request, match, said),
    lines: [
      amongOthers ? stateMark("Le preguntamos", "going") : null,
      waiting,
      ...inAll(request, said),
      whatAndWhere(visit, data, match),
      whyListed(match, said),
    ],
    // Of several that are asked at once the others go on being asked, and one must not be lost by a slip of the thumb.
    more: amongOthers
      ? html`<details ${state.problem ? html` open` : null}>
          <summary>Ya no preguntarle</summary>
          ${takeBack(`Ya no preguntar a ${match.providerName}`)}
        </details>`
      : takeBack("Ya no preguntarle y elegir a otra persona"),
  });
}

/** "S/ 40", "el viernes 4 de diciembre", "S/ 40 por saco de 50 kg, el viernes 4 de diciembre" */
export const quoteWords = (quote: Quote, today: string): string =>
  [priceOf(quote), quote.visitOn === null ? null : onDay(quote.visitOn, today)]
    .filter((part) => part !== null)
    .join(", ");

/** Yes, no, or another: the yes says what is agreed to. */
export function quotePart(
  visit: RequestVisit,
  { match, quote }: { match: Match; quote: Quote },
  attempt: Attempt | null,
): Html {
  const words = quoteWords(quote, visit.today);
  const values = { propuesta: quote.id };
  const withPrice = quote.priceCentimos !== null;
  const before = priceBefore(match.priceCentimos, quote.priceCentimos);
  return html`<p>
      ${match.providerName} propone
      <strong>${words}</strong>.${before === null ? null : html` ${capitalized(before)}.`}
    </p>
    ${actionButton(visit, formState(attempt, "responder", {}, { respuesta: "si" }), `Aceptar: ${words}`, { values: { ...values, respuesta: "si" } })}
    ${actionButton(visit, formState(attempt, "responder", {}, { respuesta: "no" }), "No me conviene", { values: { ...values, respuesta: "no" }, quiet: true })}
    ${proposeForm(visit, match, { withPrice, summary: "Proponer otra cosa" }, attempt)}`;
}

/** Another price or another day; where only the day can change, it has to be written. */
export function proposeForm(
  visit: RequestVisit,
  match: Match,
  { withPrice, summary }: { withPrice: boolean; summary: string },
  attempt: Attempt | null,
): Html {
  const action = withPrice ? "proponer" : "proponerDia";
  const state = formState(attempt, action);
  const fields = html`${hidden("opcion", match.id)}
  ${withPrice ? moneyField(state, { name: "precio", label: match.priceUnit ? `¿A cuánto por ${match.priceUnit}?` : "¿A cuánto?", optional: true }) : null}
  ${dayField(state, { name: "dia", label: "¿Qué día?", optional: withPrice })}
  ${submit("Enviar mi propuesta", { quiet: true })}`;
  return html`<details ${attempt?.action === action ? html` open` : null}>
    <summary>${summary}</summary>
    ${form(visit, state, fields)}
  </details>`;
}
