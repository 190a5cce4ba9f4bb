import type { Outcomes, Served } from "@minka/contracts/outcome-reports";
import { html, type Content } from "../../design/html.ts";
import { facts, notice, progress } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { kindWords, soles } from "../../words/field-words.ts";
import { whyWords } from "../requests/request-words.ts";
import { requestMarks, sexWords } from "./desk-words.ts";
import { sizeWords } from "./fairness-view.ts";
import { decimalWords, districtName, numberWords, shareWords } from "./list-query.ts";

type Line = Served & { readonly who: string };

/** Figures of a period: how many asked, found, agreed and were served, and why not. */
export function outcomesPart(of: Outcomes): Content {
  const { requests, visits, broken } = of;
  const faults = broken.withoutNextStep + broken.oversoldPlaces + broken.withoutBothConsents;
  return html`${
      faults > 0
        ? notice(
            `Hay ${faults} promesas que no se cumplen (pedidos que no esperan a nadie, cupos de más o acuerdos sin los dos síes). Es una falla de Minka: avise a quien la mantiene.`,
          )
        : null
    }
    <ul class="figures">
      ${figure(numberWords(requests.requests), "pedidos")}
      ${figure(shareWords(requests.matched, requests.requests), "con alguna oferta")}
      ${figure(shareWords(requests.agreed, requests.requests), "con acuerdo")}
      ${figure(shareWords(requests.done, requests.requests), "hechos")}
      ${figure(numberWords(requests.unserved), "sin nadie")}
    </ul>
    ${progress({ part: requests.agreed, whole: requests.requests, words: `${numberWords(requests.agreed)} de ${numberWords(requests.requests)} ${requests.requests === 1 ? "pedido llegó" : "pedidos llegaron"} a un acuerdo` })}
    <div class="columns">
      <section>
        ${split(
          "Por tipo de pedido",
          of.byKind.map((line) => ({ ...line, who: kindWords[line.kind] })),
        )}
        ${split(
          "Por distrito",
          of.byDistrict.map((line) => ({ ...line, who: districtName(line.districtCode) })),
        )}
        ${split("Por persona", [
          ...of.bySex.map((line) => ({ ...line, who: line.sex ? sexWords[line.sex] : "No lo dijo" })),
          ...of.bySize.map((line) => ({
            ...line,
            who: line.sizeClass ? sizeWords[line.sizeClass] : "No se sabe el tamaño",
          })),
          ...of.byMembership.map((line) => ({
            ...line,
            who:
              line.member === null
                ? "No se sabe si es socia o socio"
                : line.member
                  ? "Con organización"
                  : "Sin organización",
          })),
        ])}
      </section>
      <section>
        <h2>Cuánto se espera</h2>
        ${facts([
          ["Hasta la lista, la mitad espera menos de", hoursWords(of.hoursToMatch.median)],
          ["Hasta el acuerdo, la mitad espera menos de", hoursWords(of.hoursToAgreement.median)],
          ["Hasta el acuerdo, nueve de diez", hoursWords(of.hoursToAgreement.p90)],
        ])}
        <h2>Visitas y entregas</h2>
        ${facts([
          ["Acordadas", numberWords(visits.agreed)],
          ["Hechas", numberWords(visits.done)],
          ["Nadie fue", numberWords(visits.noShows)],
          ["Anuladas", numberWords(visits.cancelled)],
          ["En desacuerdo", numberWords(visits.disputed)],
          [
            "Nota de quien pidió",
            visits.meanRating === null
              ? "—"
              : `${decimalWords(visits.meanRating)} de 5, ${numberWords(visits.ratings)} ${visits.ratings === 1 ? "nota" : "notas"}`,
          ],
          ["Le sirvió mucho", shareWords(visits.helpedMuch, visits.helpAnswers)],
        ])}
        ${why("Por qué no hubo ninguna oferta", of.unmatchedBecause)}
        ${why("Por qué no hubo acuerdo", of.unservedBecause)}
        ${
          of.sponsorships.length === 0
            ? null
            : html`<h2>Auspicios</h2>
                ${of.sponsorships.map(
                  ({ title, sponsorName, budgetCentimos, reservedCentimos, spentCentimos }) =>
                    progress({
                      part: spentCentimos + reservedCentimos,
                      whole: budgetCentimos,
                      words: `${sponsorName}, ${title}: ${soles(spentCentimos)} de ${soles(budgetCentimos)}`,
                    }),
                )}`
        }
      </section>
    </div>`;
}

const figure = (value: string, words: string): Content => html`<li><b>${value}</b>${words}</li>`;

function hoursWords(hours: number | null): string {
  if (hours === null) return "—";
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`;
  return hours < 48 ? `${decimalWords(hours)} h` : `${decimalWords(hours / 24)} días`;
}

const split = (caption: string, lines: readonly Line[]): Content =>
  lines.length === 0
    ? null
    : table(
        { caption, path: "", query: {} },
        [
          { title: "Grupo", cell: ({ who }: Line) => who },
          { title: "Pedidos", number: true, cell: ({ requests }) => numberWords(requests) },
          { title: "Con oferta", number: true, cell: ({ matched }) => numberWords(matched) },
          { title: "Con acuerdo", number: true, cell: ({ agreed }) => numberWords(agreed) },
          { title: "Hechos", number: true, cell: ({ done }) => numberWords(done) },
          { title: "Sin nadie", number: true, cell: ({ unserved }) => numberWords(unserved) },
        ],
        lines,
      );

/** Codes of a request's reason; the state it ended in where it had none. */
function because(code: string): string {
  const state = Object.entries(requestMarks).find(([one]) => one === code);
  if (code === "nobody-chosen") return "No eligió a nadie";
  return (whyWords({ code, parameters: {} }) ?? state?.[1][0] ?? "Otra razón").replace(/\.$/, "");
}

const why = (title: string, list: Outcomes["unmatchedBecause"]): Content =>
  list.length === 0
    ? null
    : html`<h2>${title}</h2>
        ${facts(list.map(({ code, requests }) => [because(code), numberWords(requests)]))}`;
