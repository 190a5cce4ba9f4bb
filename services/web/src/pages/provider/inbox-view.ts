import { readablePhone } from "@minka/domain/phone";
import { sayDueDay } from "@minka/language/say-due-day";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, empty, row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import { capitalized, deadlineWords } from "../../words/field-words.ts";
import type { Inbox } from "./inbox-page.ts";
import { providerPath, stateNotice, type ProviderVisit } from "./own-provider.ts";
import {
  isPressing,
  meetingPlace,
  placeWords,
  priceWords,
  quoteWords,
  sponsorWords,
  timeLeft,
  type Ask,
  type Quoted,
  type Work,
} from "./work-words.ts";
import { askedNeedTitle } from "../../words/need-words.ts";

export function inboxView(visit: ProviderVisit, inbox: Inbox, attempt: Attempt | null): View {
  const { provider, asks, quoted, engagements, disputed, toRate, unconfirmed, credits, purchases } = inbox;
  const due = engagements.filter(({ state, visitOn }) => state === "rework" || visitOn <= visit.today);
  const ahead = engagements.filter((work) => !due.includes(work));
  return {
    title: `Pedidos de ${provider.name}`,
    desk: true,
    main: html`<h1>${heading(inbox, due.length)}</h1>
      ${stateNotice(provider)}
      ${credits.waiting > 0 ? actionLink(providerPath(provider.id, "/creditos"), "Ver los créditos que esperan") : null}
      ${purchases > 0 ? actionLink(providerPath(provider.id, "/compras"), purchases === 1 ? "Ver la compra en grupo que espera" : "Ver las compras en grupo que esperan") : null}
      ${asks.length > 0 ? rows(asks.map((ask) => askRow(visit, ask))) : nothingAsked(inbox)}
      ${
        unconfirmed > 0
          ? html`<p>
              <a class="more" href="${providerPath(provider.id, "/ofertas")}"
                >${unconfirmed === 1 ? "Diga si su oferta todavía vale" : `Diga si ${unconfirmed} ofertas todavía valen`}</a
              >
            </p>`
          : null
      }
      ${section("Hoy y atrasado: diga cómo fue", due, (work) => dueRow(visit, inbox, work, attempt))}
      ${section("Lo que viene", ahead, (work) => aheadRow(visit, inbox, work))}
      ${section("Espera a la otra persona", quoted, (ask) => quotedRow(visit, ask))}
      ${section("Lo ve una persona de Minka", disputed, (work) => disputedRow(visit, work))}
      ${section("Califique a quien atendió", toRate, (work) => rateRow(visit, work))}`,
  };
}

function heading({ asks: { length: asked }, credits, purchases }: Inbox, due: number): string {
  if (asked > 0)
    return asked === 1 ? "1 pedido espera su respuesta" : `${asked} pedidos esperan su respuesta`;
  if (due > 0) return due === 1 ? "Diga cómo fue 1 trabajo" : `Diga cómo fueron ${due} trabajos`;
  if (credits.waiting > 0) {
    const many = credits.isMore ? `Más de ${credits.waiting} créditos` : `${credits.waiting} créditos`;
    return credits.waiting === 1 ? "1 crédito espera su revisión" : `${many} esperan su revisión`;
  }
  if (purchases > 0)
    return purchases === 1
      ? "1 compra en grupo espera por usted"
      : `${purchases} compras en grupo esperan por usted`;
  return "Ningún pedido espera su respuesta";
}

function nothingAsked({
  provider,
  engagements,
  quoted,
  disputed,
  toRate,
  credits,
  purchases,
}: Inbox): Content {
  if (credits.waiting > 0 || purchases > 0) return null;
  const hasOther = [engagements, quoted, disputed, toRate].some(({ length }) => length > 0);
  if (provider.state !== "verified" || hasOther) return null;
  return empty(
    "Cuando alguien le elija, el pedido sale aquí y le llega por SMS a la persona de contacto. Con ofertas al día le encuentran más.",
    { href: providerPath(provider.id, "/ofertas"), words: "Ver mis ofertas" },
  );
}

function section<Item>(title: string, items: readonly Item[], show: (item: Item) => Html): Content {
  if (items.length === 0) return null;
  return html`<section>
    <h2>${title}</h2>
    ${rows(items.map(show))}
  </section>`;
}

function askRow(visit: ProviderVisit, ask: Ask): Html {
  const { matchId, need, quote, askExpiresAt } = ask;
  const path = providerPath(visit.params.providerId, `/pedidos/${matchId}`);
  return row({
    title: askedNeedTitle(ask),
    href: path,
    side: priceWords(ask),
    lines: [
      need.urgency === "urgent" ? stateMark("Urgente: vale el primer sí", "bad") : null,
      placeWords(ask),
      sponsorWords(ask),
      quote?.by === "requester" ? `Le proponen ${quoteWords(quote, visit.now, ask.priceCentimos)}.` : null,
    ],
    more: html`<p class="waits">
        ${isPressing(askExpiresAt, visit.now) ? html`<strong>${timeLeft(askExpiresAt, visit.now)}</strong>` : timeLeft(askExpiresAt, visit.now)}
      </p>
      ${actionLink(path, "Ver y responder")}`,
  });
}

/** Whom one meets, as far as the list tells it. */
function whoWords({ contacts }: Inbox, { id }: Work): Content {
  const contact = contacts.get(id);
  if (!contact) return null;
  const { name, phone } = contact;
  return html`${name ?? "Quien pidió"}${phone ? html`, <a href="tel:${phone}">${readablePhone(phone)}</a>` : null}`;
}

const workPath = ({ params }: ProviderVisit, { id }: Work) =>
  providerPath(params.providerId, `/trabajos/${id}`);

function dueRow(visit: ProviderVisit, inbox: Inbox, work: Work, attempt: Attempt | null): Html {
  const again = work.state === "rework";
  const of = { trabajo: work.id };
  return row({
    title: askedNeedTitle(work),
    href: workPath(visit, work),
    side: again ? stateMark("De nuevo", "bad") : capitalized(sayDueDay(work.visitOn, visit.today)),
    lines: [
      whoWords(inbox, work),
      meetingPlace(work),
      again ? "Piden que vuelva a hacerlo. Diga si va, y qué día." : null,
    ],
    more: again
      ? actionLink(workPath(visit, work), "Ver y responder")
      : actionButton(visit, formState(attempt, "hecho", {}, of), "Ya está hecho", {
          values: of,
        }),
  });
}

function aheadRow(visit: ProviderVisit, inbox: Inbox, work: Work): Html {
  const { quote } = work;
  return row({
    title: askedNeedTitle(work),
    href: workPath(visit, work),
    side: capitalized(sayDueDay(work.visitOn, visit.today)),
    lines: [
      whoWords(inbox, work),
      meetingPlace(work),
      quote?.by === "requester" ? stateMark(`Piden otro día: ${quoteWords(quote, visit.now)}`, "bad") : null,
      quote?.by === "provider" ? stateMark(`Usted propuso ${quoteWords(quote, visit.now)}`, "waiting") : null,
    ],
    more: quote?.by === "requester" ? actionLink(workPath(visit, work), "Ver y responder") : null,
  });
}

function quotedRow({ now, params }: ProviderVisit, ask: Quoted): Html {
  return row({
    title: askedNeedTitle(ask),
    href: providerPath(params.providerId, `/pedidos/${ask.matchId}`),
    lines: [
      placeWords(ask),
      `Usted propuso ${quoteWords(ask.quote, now)}.`,
      `Quien pidió tiene hasta ${deadlineWords(ask.quote.expiresAt, now)} para responder.`,
    ],
  });
}

const disputedRow = (visit: ProviderVisit, work: Work): Html =>
  row({
    title: askedNeedTitle(work),
    href: workPath(visit, work),
    side: stateMark("En revisión", "waiting"),
    lines: [meetingPlace(work), "Minka habla con los dos y decide. Le avisamos por SMS."],
  });

const rateRow = (visit: ProviderVisit, work: Work): Html =>
  row({
    title: askedNeedTitle(work),
    href: `${workPath(visit, work)}#calificar`,
    side: stateMark("Hecho", "good"),
    lines: [`${capitalized(sayDueDay(work.visitOn, visit.today))}, ${meetingPlace(work)}`],
  });
