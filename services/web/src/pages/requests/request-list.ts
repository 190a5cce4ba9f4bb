import { listRequests, type Request } from "@minka/contracts/matching";
import { limaDay } from "@minka/domain/lima-time";
import { html, type Html } from "../../design/html.ts";
import { actionLink, empty, pager, row, rows, stateMark } from "../../design/parts.ts";
import { askedCursor } from "../../visits/asked.ts";
import { signedPage } from "../../visits/page.ts";
import type { Visit } from "../../visits/visit.ts";
import { dayWords } from "../../words/field-words.ts";
import { agreedMatch, askedOf, ballWords, listedWords, onDay, placeName, stateOf } from "./request-words.ts";
import { ownNeedTitle } from "../../words/need-words.ts";

export const requestsPath = "/mi/pedidos";

export const requestListPage = signedPage(requestsPath)({
  read: (visit) =>
    visit.call(listRequests, {
      query: { personId: visit.person.personId, cursor: askedCursor(visit), limit: 20 },
    }),
  show: (visit, { items, next }) => ({
    title: "Mis pedidos",
    main: html`<h1>Mis pedidos</h1>
      ${
        items.length === 0
          ? empty("Todavía no ha pedido nada. Aquí verá quién puede atenderle y qué falta.", {
              href: "/pedir",
              words: "Pedir algo",
            })
          : html`${actionLink("/pedir", "Pedir algo")}
            ${rows(items.map((request) => requestRow(visit, request)))}`
      }
      ${pager(requestsPath, visit.query, next)}`,
  }),
});

export function requestRow({ now, today }: Pick<Visit, "now" | "today">, request: Request): Html {
  const { words, tone } = stateOf(request);
  return row({
    title: ownNeedTitle(request),
    href: `${requestsPath}/${request.id}`,
    side: stateMark(words, tone),
    lines: [
      sentence(request, now, today),
      `${placeName(request.districtCode)}, pedido el ${dayWords(limaDay(new Date(request.openedAt)), today)}.`,
    ],
  });
}

/** The one thing to know of it without opening it. */
function sentence(request: Request, now: Date, today: string): string | null {
  if (request.state === "listed") return `${listedWords(request)}. ${ballWords(request, now)}`;
  const match = agreedMatch(request);
  if (match && request.engagement)
    return `${match.providerName}, ${onDay(request.engagement.visitOn, today)}.`;
  const [asked] = askedOf(request);
  return asked ? ballWords(request, now) : null;
}
