import { listLenderCredits } from "@minka/contracts/credit-decisions";
import { creditStates, type CreditState } from "@minka/contracts/credit-words";
import type { Answer } from "@minka/contracts/endpoint";
import { listKeptBackFor } from "@minka/contracts/payments";
import { word } from "@minka/language/texts";
import { html, type Content, type Html } from "../../design/html.ts";
import { stateChips, empty, pager, waits } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { actsFor, standingOf } from "../../frame/standing.ts";
import { askedCursor, askedOf } from "../../visits/asked.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { monthsCount, onDay } from "../credit/say-credit.ts";
import { creditIsTheirs } from "../credit/not-while-acting.ts";
import { placeName } from "../lots/lot-words.ts";
import { lenderMark } from "./lender-words.ts";

type Row = Answer<typeof listLenderCredits>["items"][number];
type Kept = Answer<typeof listKeptBackFor>["items"][number];
type LenderVisit = SignedVisit<{ providerId: string }>;

const shown = creditStates.filter((state) => state !== "draft");
const shortWords: Partial<Record<CreditState, string>> = {
  submitted: "Por revisar",
  in_review: "En revisión",
  more_asked: "Falta que traigan algo",
  approved: "Esperan a la persona",
  accepted: "Por entregar",
  disbursed: "Entregados",
  repaying: "Pagando",
  in_arrears: "Atrasados",
  settled: "Pagados",
  refused: "No aprobados",
  withdrawn: "Retirados",
  lapsed: "Vencidos",
};

export const kindWords = {
  personal: "persona",
  working_capital: "capital de trabajo de organización",
  factoring: "adelanto sobre contrato",
} as const;

/** Before it is approved a list names nobody. */
const ownerWords: Readonly<Record<Row["kind"], string>> = {
  personal: "Una persona",
  working_capital: "Una organización, capital de trabajo",
  factoring: "Una organización, adelanto sobre contrato",
};

/** What is asked of a lender, and what organizations keep back for it. */
export const lenderCreditsPage = signedPage("/mi-servicio/:providerId/creditos")({
  read: async (visit) => {
    if (visit.person.actedBy) return null;
    const state = askedOf(visit, "estado", shown);
    const params = visit.params;
    const [page, waiting, kept] = await Promise.all([
      visit.call(listLenderCredits, { params, query: { state, cursor: askedCursor(visit), limit: 50 } }),
      visit.call(listLenderCredits, { params, query: { state: "submitted", limit: 100 } }),
      visit.callIfAny(listKeptBackFor, { params, query: { limit: 50 } }),
    ]);
    const own = actsFor(await standingOf(visit), params.providerId);
    return { state, page, waiting, kept: kept?.items ?? [], own };
  },
  show: (visit, data) =>
    data === null
      ? creditIsTheirs
      : {
          title: "Créditos",
          desk: true,
          main: html`<h1>${heading(data.waiting.items.length, data.waiting.next)}</h1>
            ${data.waiting.items.length > 0 ? waits("Tienen 5 días hábiles para responder cada uno. Después lo ve una persona de Minka.") : null}
            ${stateChips(visit, { states: shownStates, current: data.state, rows: data.page.items.length })}
            ${
              data.page.items.length === 0
                ? empty(
                    data.state
                      ? "Aquí no hay ninguno ahora."
                      : "Todavía nadie pidió un crédito de ustedes. Cuando alguien lo pida, llega un SMS y se ve aquí.",
                    data.state
                      ? { href: visit.path, words: "Ver todos" }
                      : data.own
                        ? {
                            href: `/mi-servicio/${visit.params.providerId}/ofertas`,
                            words: "Revisar lo que ofrecen",
                          }
                        : undefined,
                  )
                : html`${credits(visit, data.page.items)}${pager(visit.path, visit.query, data.page.next)}`
            }
            ${keptBack(visit, data.kept)}`,
        },
});

function heading(waiting: number, next: string | null): string {
  if (next !== null) return `Más de ${waiting} créditos esperan su revisión`;
  if (waiting === 0) return "Ningún crédito espera su revisión";
  return waiting === 1 ? "1 crédito espera su revisión" : `${waiting} créditos esperan su revisión`;
}

const shownStates = shown.map((state) => [state, shortWords[state] ?? state] as const);

const credits = (visit: LenderVisit, items: readonly Row[]): Html =>
  table(
    { caption: "Créditos, los más nuevos primero", path: visit.path, query: visit.query },
    [
      {
        title: "Pide (S/)",
        cell: ({ id, amountCentimos }) => html`<a href="${visit.path}/${id}">${soles(amountCentimos)}</a>`,
      },
      { title: "Plazo", cell: ({ months }) => monthsCount(months) },
      { title: "Para", cell: ({ purpose }) => word("purpose", purpose) },
      { title: "De quién es", cell: ({ kind }) => ownerWords[kind] },
      { title: "Distrito", cell: ({ districtCode }) => placeName(districtCode) },
      { title: "Llegó", cell: ({ submittedAt }) => onDay(submittedAt, visit.today) },
      { title: "Estado", cell: ({ state }) => lenderMark(state) },
    ],
    items,
  );

function keptBack(visit: LenderVisit, kept: readonly Kept[]): Content {
  if (kept.length === 0) return null;
  const payments = `/mi-servicio/${visit.params.providerId}/pagos`;
  return html`<h2>Descontado de cosechas para ustedes</h2>
    <p class="quiet">
      Las organizaciones descuentan cuotas de lo que pagan por la cosecha, y se lo pasan a ustedes.
      <a href="${payments}">Confirmar pagos</a>
    </p>
    ${table(
      { caption: "Lo más nuevo primero", path: visit.path, query: visit.query },
      [
        { title: "Organización", cell: ({ organization }) => organization.name ?? "Una organización" },
        { title: "Descontó el", cell: ({ keptAt }) => onDay(keptAt, visit.today) },
        { title: "Descontó (S/)", cell: ({ keptCentimos }) => soles(keptCentimos), number: true },
        { title: "Les pagó (S/)", cell: ({ paidCentimos }) => soles(paidCentimos), number: true },
        {
          title: "Falta (S/)",
          cell: ({ keptCentimos, paidCentimos }) => soles(keptCentimos - paidCentimos),
          number: true,
        },
        {
          title: "Crédito",
          cell: ({ creditId }) => html`<a href="${visit.path}/${creditId}">Ver el crédito</a>`,
        },
      ],
      kept,
    )}`;
}
