import { readServedPeople } from "@minka/contracts/coverage";
import type { Answer } from "@minka/contracts/endpoint";
import { readMessageCosts } from "@minka/contracts/message-costs";
import { html, type Content } from "../../design/html.ts";
import { empty, notice } from "../../design/parts.ts";
import { filters, table } from "../../design/table.ts";
import { withMisread } from "../../visits/asked.ts";
import { operatorPage, signedFile } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, dayWords, soles } from "../../words/field-words.ts";
import { csvFile } from "./desk-list.ts";
import { boundPeriod, decimalWords, numberWords, periodFilters, solesValue } from "./list-query.ts";

const path = "/operador/costos";

type Costs = Answer<typeof readMessageCosts>;
type Day = Costs["days"][number];

const gatewayNames: Readonly<Record<string, string>> = {
  simulator: "Simulador",
  android: "Celular Android",
  twilio: "Twilio",
  "twilio-whatsapp": "WhatsApp por Twilio",
};
export const gatewayWords = (gateway: string): string => gatewayNames[gateway] ?? gateway;
const readCosts = (visit: SignedVisit) => visit.call(readMessageCosts, { query: boundPeriod(visit, 30) });

/** What messages cost by day, and what one producer served costs in all. */
export const costsPage = operatorPage(path)({
  read: async (visit) => {
    const period = boundPeriod(visit, 30);
    const [costs, served] = await Promise.all([
      readCosts(visit),
      visit.callIfAny(readServedPeople, { query: period }),
    ]);
    return { period, costs, served };
  },
  show: (visit, { period, costs, served }) => {
    const { total, days } = costs;
    const each =
      served && served.people > 0 && total.costCentimos !== null
        ? Math.round((total.costCentimos + served.sponsorCentimos) / served.people)
        : null;
    return {
      title: "Costos",
      desk: true,
      main: html`<h1>${heading(each, total)}</h1>
        ${filters(path, withMisread(visit, { del: period.from, al: period.until }), periodFilters, `${path}.csv`)}
        <ul class="figures">
          ${figure(numberWords(total.messagesOut), "SMS enviados")}
          ${figure(numberWords(total.messagesIn), "SMS recibidos")}
          ${figure(total.costCentimos === null ? "—" : soles(total.costCentimos), "en SMS")}
          ${served ? figure(numberWords(served.people), "personas atendidas") : null}
          ${served ? figure(soles(served.sponsorCentimos), "de auspicios") : null}
          ${each === null ? null : figure(soles(each), "por persona atendida")}
        </ul>
        ${total.costCentimos === null ? notice("Falta el precio de un canal en la configuración: por eso no se puede sumar lo que cuesta.") : null}
        ${total.inDoubt > 0 ? notice(`De ${total.inDoubt} SMS no se sabe si salieron; no están en la cuenta.`) : null}
        ${
          days.length === 0
            ? empty("En esos días no hubo mensajes.")
            : html`${bars(visit.today, byDay(days))}${dayTable(visit, days)}`
        }
        ${prices(costs)}`,
    };
  },
});

const figure = (value: string, words: string): Content => html`<li><b>${value}</b>${words}</li>`;

function heading(each: number | null, total: Costs["total"]): string {
  if (each !== null) return `Atender a una persona cuesta ${soles(each)}`;
  return total.costCentimos === null
    ? `Se enviaron ${numberWords(total.messagesOut)} SMS`
    : `Los SMS costaron ${soles(total.costCentimos)}`;
}

type Bar = { readonly day: string; readonly messages: number; readonly cost: number | null };

function byDay(days: readonly Day[]): Bar[] {
  const sums = new Map<string, Bar>();
  for (const { day, messagesOut, costCentimos } of days) {
    const before = sums.get(day);
    sums.set(day, {
      day,
      messages: (before?.messages ?? 0) + messagesOut,
      cost: costCentimos === null || before?.cost === null ? null : (before?.cost ?? 0) + costCentimos,
    });
  }
  return [...sums.values()].toSorted((one, other) => one.day.localeCompare(other.day));
}

const [width, height, floor] = [640, 134, 130];

/** A bar a day, as high as what was sent cost; the table below says the same. */
function bars(today: string, days: readonly Bar[]): Content {
  const priced = days.every(({ cost }) => cost !== null) && days.some(({ cost }) => cost !== 0);
  const valueOf = ({ messages, cost }: Bar) => (priced ? (cost ?? 0) : messages);
  const most = Math.max(1, ...days.map(valueOf));
  const step = width / days.length;
  const [first, last] = [days[0]?.day ?? today, days.at(-1)?.day ?? today].map((day) => dayWords(day, today));
  const which = days.length > 1 ? `Del ${first} al ${last}; el día con más` : capitalized(first ?? "");
  return html`<svg class="scale wide" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="barras">
      <title id="barras">
        ${priced ? "Lo que costaron los SMS cada día" : "SMS enviados cada día"}; la tabla de abajo dice lo
        mismo
      </title>
      ${days.map((day, index) => {
        const tall = Math.round((valueOf(day) / most) * (floor - 4));
        return html`<rect
          class="part"
          x="${Math.round(index * step + step * 0.1)}"
          y="${floor - tall}"
          width="${Math.max(2, Math.round(Math.min(48, step * 0.8)))}"
          height="${tall}"
        />`;
      })}
      <path d="M0 ${floor}h${width}" />
    </svg>
    <p class="quiet">${which}: ${priced ? soles(most) : `${numberWords(most)} SMS`}.</p>`;
}

const dayTable = ({ today }: SignedVisit, days: readonly Day[]): Content =>
  table(
    { caption: "Por día y canal, lo último primero", path, query: {} },
    [
      { title: "Día", cell: ({ day }: Day) => dayWords(day, today) },
      { title: "Canal", cell: ({ gateway }) => gatewayWords(gateway) },
      { title: "SMS recibidos", number: true, cell: ({ messagesIn }) => numberWords(messagesIn) },
      { title: "SMS enviados", number: true, cell: ({ messagesOut }) => numberWords(messagesOut) },
      { title: "Partes enviadas", number: true, cell: ({ segmentsOut }) => numberWords(segmentsOut) },
      { title: "Sin saber si salió", number: true, cell: ({ inDoubt }) => inDoubt },
      {
        title: "Costo (S/)",
        number: true,
        cell: ({ costCentimos }) => (costCentimos === null ? "—" : soles(costCentimos)),
      },
    ],
    days.toSorted((one, other) => other.day.localeCompare(one.day)),
  );

const prices = ({ prices: list }: Costs): Content =>
  list.length === 0
    ? null
    : html`<p>
        Precios de hoy, por parte de SMS:
        ${list
          .map(
            ({ gateway, segmentCentimos, receivedSegmentCentimos }) =>
              `${gatewayWords(gateway)}, ${priceWords(segmentCentimos)} al enviar y ${priceWords(receivedSegmentCentimos)} al recibir`,
          )
          .join("; ")}.
      </p>`;

const priceWords = (price: number | null): string =>
  price === null ? "sin precio" : `${decimalWords(price)} céntimos`;

export const costsFile = signedFile(
  `${path}.csv`,
  async (visit) => {
    const { days } = await readCosts(visit);
    return csvFile(
      `costos-${visit.today}`,
      [
        "Día",
        "Canal",
        "SMS recibidos",
        "Partes recibidas",
        "SMS enviados",
        "Partes enviadas",
        "Sin saber si salió",
        "Costo (S/)",
      ],
      days.map((day) => [
        day.day,
        gatewayWords(day.gateway),
        day.messagesIn,
        day.segmentsIn,
        day.messagesOut,
        day.segmentsOut,
        day.inDoubt,
        solesValue(day.costCentimos),
      ]),
    );
  },
  "operator",
);
