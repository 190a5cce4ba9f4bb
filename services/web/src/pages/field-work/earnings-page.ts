import { readEarnings } from "@minka/contracts/earnings";
import type { Answer } from "@minka/contracts/endpoint";
import { html, type Content } from "../../design/html.ts";
import { empty, pager, withQuery } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { signedPage } from "../../visits/page.ts";
import { capitalized, dayWords, monthWords, soles } from "../../words/field-words.ts";
import { monthChips, monthOf } from "./months.ts";
import { placeWords, visitCount } from "./work-words.ts";

type Earnings = Answer<typeof readEarnings>;
type Price = Earnings["prices"][number];
type Done = Earnings["work"]["items"][number];

const workWords = {
  assistance: "Visita técnica",
  training: "Capacitación",
  service: "Otro trabajo",
} as const;

/** What a month's work brought, by price, with the work behind it. */
export const earningsPage = signedPage("/mi-servicio/:providerId/ganancias")({
  async read(visit) {
    const month = monthOf(visit);
    const earned = await visit.call(readEarnings, {
      params: visit.params,
      query: { month, cursor: visit.query["desde"], limit: 20 },
    });
    const names = await visit.namesOf(earned.work.items.map(({ whom }) => whom?.personId));
    return { month, earned, names };
  },
  show(visit, { month, earned, names }) {
    const path = `/mi-servicio/${visit.params.providerId}/ganancias`;
    const said = monthWords(month, visit.today);
    const frame = { path, query: visit.query };
    return {
      title: `Ganancias de ${said}`,
      desk: true,
      main: html`<h1>${title(earned, said)}</h1>
        ${monthChips(path, month, visit.today, [3, 0])}
        ${
          earned.expected.agreed > 0
            ? html`<p class="waits">
                Acordado y todavía no hecho:
                ${earned.expected.agreed === 1 ? "1 trabajo" : `${earned.expected.agreed} trabajos`},
                ${soles(earned.expected.centimos)}. Se cuenta cuando se marca como hecho.
              </p>`
            : null
        }
        ${
          earned.prices.length === 0
            ? empty(
                "En este mes todavía no hay trabajo hecho. Marque cada visita como hecha para que se cuente.",
                {
                  href: `/mi-servicio/${visit.params.providerId}/plan?mes=${month}`,
                  words: `Ver las visitas de ${said}`,
                },
              )
            : html`<div class="figures">
                  <p><b>${soles(earned.earnedCentimos)}</b> en total</p>
                  <p><b>${soles(earned.producersOweCentimos)}</b> pagan las personas</p>
                  <p><b>${soles(earned.sponsorsPayCentimos)}</b> pagan auspiciadores</p>
                </div>
                <p class="quiet">
                  ${countWords(earned)} Minka no ve el dinero en efectivo: aquí está lo acordado.
                </p>
                <h2>Por precio</h2>
                ${table({ caption: `Trabajo de ${said} por precio`, ...frame }, priceColumns, earned.prices)}
                <h2>Trabajo por trabajo</h2>
                ${table(
                  { caption: `Trabajos hechos en ${said}, lo último primero`, ...frame },
                  [
                    { title: "Día", cell: ({ day }: Done) => capitalized(dayWords(day, visit.today)) },
                    {
                      title: "Con quién",
                      cell: ({ whom }: Done) =>
                        whom
                          ? [names.get(whom.personId), placeWords(whom)].filter(Boolean).join(", ")
                          : "Sin nombre",
                    },
                    { title: "Qué", cell: whatWords },
                    { title: "Precio (S/)", number: true, cell: priceOf },
                    {
                      title: "Auspicio (S/)",
                      number: true,
                      cell: ({ sponsored }: Done) =>
                        sponsored
                          ? html`${soles(sponsored.paysCentimos)}<br /><small>${sponsored.name}</small>`
                          : "",
                    },
                  ],
                  earned.work.items,
                )}
                ${pager(path, visit.query, earned.work.next)}`
        }
        <p>
          <a class="more" href="${withQuery(`/mi-servicio/${visit.params.providerId}/almacen`, {})}"
            >Lo que gana vendiendo insumos</a
          >
        </p>`,
    };
  },
});

function title({ earnedCentimos, prices }: Earnings, said: string): string {
  if (prices.length === 0) return `En ${said} todavía no hay ganancias`;
  return `En ${said} ganó ${soles(earnedCentimos)} por su trabajo`;
}

function countWords({ visits, groupSessions, trainings, services }: Earnings): string {
  const group =
    groupSessions === 0
      ? ""
      : `, ${groupSessions === 1 ? "1 reunión en grupo" : `${groupSessions} reuniones en grupo`}`;
  const others = [
    trainings === 0
      ? ""
      : `, ${trainings === 1 ? "1 cupo de capacitación" : `${trainings} cupos de capacitación`}`,
    services === 0 ? "" : `, ${services === 1 ? "1 trabajo más" : `${services} trabajos más`}`,
  ];
  return `${visitCount(visits)}${group}${others.join("")}.`;
}

const money = (centimos: number | null): Content => (centimos === null ? "sin precio" : soles(centimos));

const priceColumns = [
  { title: "Trabajo", cell: ({ kind }: Price) => workWords[kind] },
  {
    title: "Precio (S/)",
    number: true,
    cell: ({ priceCentimos, priceUnit }: Price) =>
      html`${money(priceCentimos)}${priceCentimos !== null && priceUnit ? ` por ${priceUnit}` : null}`,
  },
  { title: "Hechos", number: true, cell: ({ done }: Price) => done },
  {
    title: "Pagan las personas (S/)",
    number: true,
    cell: ({ producersOweCentimos }: Price) =>
      producersOweCentimos === null ? "según cantidad" : soles(producersOweCentimos),
  },
  {
    title: "Pagan auspiciadores (S/)",
    number: true,
    cell: ({ sponsorsPayCentimos }: Price) => soles(sponsorsPayCentimos),
  },
];

const whatWords = ({ kind, byPhone, group }: Done): string =>
  `${byPhone ? "Consejo por teléfono" : workWords[kind]}${group ? ", en grupo" : ""}`;

const priceOf = ({ priceCentimos, priceUnit }: Done): Content =>
  html`${money(priceCentimos)}${priceCentimos !== null && priceUnit && priceUnit !== "visita" ? ` por ${priceUnit}` : null}`;
