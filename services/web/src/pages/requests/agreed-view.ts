import type { Engagement } from "@minka/contracts/engagements";
import type { Match } from "@minka/contracts/matches";
import type { Request } from "@minka/contracts/matching";
import { addDays } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { actionButton, form, hidden, optionsField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, facts } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import { dayWords } from "../../words/field-words.ts";
import { openQuote, proposeForm, quotePart } from "./matches-view.ts";
import { agreedTotal, handOverWords } from "./match-terms.ts";
import { placeOf } from "../market/offer-row.ts";
import type { RequestData, RequestVisit } from "./read-request-page.ts";
import { requestsPath } from "./request-list.ts";
import { agreedMatch, onDay, priceOf, scoreWords, sponsorWords } from "./request-words.ts";

/** What was agreed on: with whom, on which day and how to call them; on the day, whether they came. */
export function agreedPart(visit: RequestVisit, data: RequestData, attempt: Attempt | null): Content {
  const { request } = data;
  const { engagement } = request;
  const match = agreedMatch(request);
  if (!engagement || !match) return null;
  const quoted = openQuote(request);
  const comes = request.need.kind === "assistance" && !match.byPhone;
  const due = engagement.visitOn <= visit.today && engagement.state === "agreed";
  // Until it is time to ask, how to call them is wanted first; they may come earlier all the same.
  const isTime = engagement.visitOn < visit.today || request.waitsFor === "requester";
  const came = due && !quoted ? cameForms(visit, { engagement, comes, isTime }, attempt) : null;
  const own = ownDay(request);
  return html`${
      own
        ? html`<p>
            Usted propuso <strong>${onDay(own, visit.today)}</strong>; falta que responda
            ${match.providerName}. Mientras no acepte, sigue ${onDay(engagement.visitOn, visit.today)}.
          </p>`
        : null
    }
    ${quoted ? quotePart(visit, quoted, attempt) : isTime ? came : null}
    ${agreedFacts(visit, data, { engagement, match, isTime })} ${isTime ? null : came}
    ${
      engagement.state === "agreed" && !quoted && !due
        ? proposeForm(visit, match, { withPrice: false, summary: "Proponer otro día" }, attempt)
        : null
    }
    <p><a class="more" href="${requestsPath}/${request.id}/problema">Hubo un problema</a></p>`;
}

const goodsChangeHands = ({ need }: RequestData["request"]) =>
  need.kind !== "training" && need.kind !== "service";

function agreedFacts(
  visit: RequestVisit,
  { request, contact, terms, offers }: RequestData,
  { engagement, match, isTime }: { engagement: Engagement; match: Match; isTime: boolean },
): Html {
  const phone = contact?.phone;
  const price = priceOf(engagement);
  const said = terms.get(match.id);
  const { priceCentimos } = engagement;
  const total = said ? agreedTotal(request, { terms: said, match, priceCentimos }) : null;
  const offer = offers.get(match.id);
  const own = ownDay(request);
  const shop = (offer && placeOf(offer)) ?? null;
  const handedOver = said ? handOverWords(request, said, { shop, today: visit.today }) : null;
  return html`${phone ? actionLink(`tel:${phone}`, `Llamar a ${contact.name ?? match.providerName}`, { quiet: isTime }) : null}
  ${facts([
    ["Le atiende", match.providerName],
    contact?.name && contact.name !== match.providerName ? ["Hable con", contact.name] : null,
    phone ? ["Celular", html`<a href="tel:${phone}">${readablePhone(phone)}</a>`] : null,
    ["Día", onDay(engagement.visitOn, visit.today)],
    own ? ["Día propuesto", onDay(own, visit.today)] : null,
    price ? ["Precio", price] : null,
    total ? ["Por todo", total] : null,
    handedOver ? [goodsChangeHands(request) ? "Entrega" : "Dónde", handedOver] : null,
    sponsorWords({ sponsor: match.sponsor, priceCentimos: engagement.priceCentimos })
      ? ["Quién paga", sponsorWords({ sponsor: match.sponsor, priceCentimos: engagement.priceCentimos })]
      : null,
  ])}`;
}

function cameForms(
  visit: RequestVisit,
  { engagement, comes, isTime }: { engagement: Engagement; comes: boolean; isTime: boolean },
  attempt: Attempt | null,
): Html {
  const answer = (respuesta: string, words: string, quiet: boolean) =>
    actionButton(visit, formState(attempt, "vino", {}, { respuesta }), words, {
      values: { visita: engagement.id, respuesta },
      quiet,
    });
  return html`${isTime ? null : html`<h2>${comes ? "¿Ya vino?" : "¿Ya le atendió?"}</h2>`}
  ${answer("si", comes ? "Sí, vino" : "Sí, me atendió", !isTime)}
  ${answer("no", comes ? "No vino nadie" : "No me atendió", true)}`;
}

/** The day that they proposed for what is agreed, and the other side has not answered. */
export function ownDay(request: Request): string | null {
  const quote = agreedMatch(request)?.quote;
  return quote?.by === "requester" ? quote.visitOn : null;
}

/** After the visit: a rating, a month later whether it helped, and what can be done about bad work. */
export function afterVisit(visit: RequestVisit, data: RequestData, attempt: Attempt | null): Content {
  const { request } = data;
  const { engagement } = request;
  const match = agreedMatch(request);
  if (!engagement || !match) return null;
  const asksHelp =
    engagement.score !== null &&
    engagement.helped === null &&
    addDays(engagement.visitOn, monthDays) <= visit.today;
  const problem = `${requestsPath}/${request.id}/problema`;
  const isBad = !asksHelp && engagement.score !== null && engagement.score <= badScore;
  return html`${engagement.score === null ? rateForm(visit, engagement, attempt) : null}
  ${asksHelp ? helpForm(visit, engagement, attempt) : null}
  ${
    engagement.score !== null && !asksHelp
      ? isBad
        ? actionLink(problem, "Quedó mal: que lo arreglen")
        : actionLink(`/pedir?oferta=${match.offerId}`, `Pedir otra vez a ${match.providerName}`)
      : null
  }
  ${facts([
    ["Le atendió", match.providerName],
    ["Día", dayWords(engagement.visitOn, visit.today)],
    priceOf(engagement) ? ["Precio", priceOf(engagement)] : null,
    engagement.score === null
      ? null
      : ["Su nota", `${engagement.score} de 5: ${scoreWords[engagement.score]}`],
    theirs(engagement) ? ["Nota que le pusieron", `${theirs(engagement)} de 5`] : null,
    engagement.helped ? ["¿Le sirvió?", helpWords[engagement.helped]] : null,
  ])}
  ${isBad ? null : html`<p><a class="more" href="${problem}">Quedó mal o hubo un problema</a></p>`}`;
}

/** From here down, what went wrong comes before asking again. */
const badScore = 2;

/** After so many days it can be told whether it helped. */
const monthDays = 30;

const theirs = ({ ratings }: Engagement) => ratings.find(({ by }) => by === "provider")?.score;
const helpWords = { yes: "Sí", some: "Algo", no: "No" } as const;

function rateForm(visit: RequestVisit, engagement: Engagement, attempt: Attempt | null): Html {
  const state = formState(attempt, "calificar");
  return form(
    visit,
    state,
    html`${hidden("visita", engagement.id)}
    ${optionsField(state, {
      name: "nota",
      label: "¿Qué nota le pone?",
      hint: "Nadie la ve hasta que la otra parte ponga la suya, o pase una semana.",
      options: [5, 4, 3, 2, 1].map((score) => ({
        value: String(score),
        words: `${score} · ${scoreWords[score]}`,
      })),
    })}
    ${submit("Poner esta nota")}`,
  );
}

function helpForm(visit: RequestVisit, engagement: Engagement, attempt: Attempt | null): Html {
  const state = formState(attempt, "ayudo");
  return form(
    visit,
    state,
    html`${hidden("visita", engagement.id)}
    ${optionsField(state, {
      name: "respuesta",
      label: "¿Le sirvió en su chacra?",
      options: [
        { value: "yes", words: "Sí, me sirvió" },
        { value: "some", words: "Algo" },
        { value: "no", words: "No" },
      ],
    })}
    ${submit("Contar cómo me fue")}`,
  );
}
