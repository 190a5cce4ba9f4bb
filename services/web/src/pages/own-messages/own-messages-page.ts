import { listOwnMessages } from "@minka/contracts/own-messages";
import type { Answer } from "@minka/contracts/endpoint";
import { limaDay } from "@minka/domain/lima-time";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, pager } from "../../design/parts.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords, timeWords } from "../../words/field-words.ts";

const path = "/mi/mensajes";

type Messages = Answer<typeof listOwnMessages>;
type Message = Messages["items"][number];

/** What one wrote to Minka by SMS and what came back, the newest first. */
export const ownMessagesPage = signedPage(path)({
  fleeting: true,
  read: async (visit) => (visit.person.actedBy ? null : readMessages(visit)),
  show: (visit, messages) => ({
    title: "Mis mensajes",
    main: html`<h1>Lo que usted y Minka se escribieron</h1>
      ${messages ? thread(visit, messages) : empty("Los mensajes los ve solo la misma persona, no quien le ayuda.")}`,
  }),
});

async function readMessages(visit: SignedVisit): Promise<Messages> {
  const params = { personId: visit.person.personId };
  const cursor = visit.query["desde"];
  const later = cursor ? await visit.callIfAny(listOwnMessages, { params, query: { cursor } }) : null;
  return later ?? visit.call(listOwnMessages, { params, query: {} });
}

function thread({ query, today }: SignedVisit, { items, next }: Messages): Content {
  if (items.length === 0)
    return empty("Todavía no hay mensajes. Escriba por SMS lo que necesita, o pídalo aquí.", {
      href: "/pedir",
      words: "Pedir algo",
    });
  const days = [...new Set(items.map(dayOf))];
  return html`<p class="lead">Los más nuevos primero. Para escribir use los SMS de su celular.</p>
    ${days.map(
      (day) =>
        html`<h2>${day === today ? "Hoy" : dayWords(day, today)}</h2>
          <ol class="thread">
            ${items.filter((message) => dayOf(message) === day).map(bubble)}
          </ol>`,
    )}
    ${pager(path, query, next)}`;
}

const dayOf = ({ at }: Message) => limaDay(new Date(at));

const stateWords = {
  queued: "por salir",
  sent: "enviado",
  delivered: "llegó",
  not_delivered: "no llegó",
} as const;

function bubble({ direction, at, text, state }: Message): Html {
  const own = direction === "in";
  const time = [timeWords(at), state ? stateWords[state] : null].filter(Boolean).join(" · ");
  return html`<li class="${own ? "in" : "out"}">
    <b>${own ? "Usted" : "Minka"}</b> <span>${text}</span> <small class="quiet">${time}</small>
  </li>`;
}
