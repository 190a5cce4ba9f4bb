import { listChannels, type channelStates, type lanes } from "@minka/contracts/channels";
import type { Answer } from "@minka/contracts/endpoint";
import { listParked, readQueue, retryParked } from "@minka/contracts/queues";
import { owningServices, type OwningService } from "@minka/contracts/service-names";
import { z } from "zod";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, notice, pager, row, rows, stateMark, type Tone } from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { askedCursor } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { counted } from "../../words/field-words.ts";
import { gatewayWords } from "./costs-page.ts";
import { serviceWords } from "./desk-words.ts";
import { decimalWords, momentWords, numberWords, oneOf, sentence, waitedWords } from "./list-query.ts";

const path = "/operador/sistema";

type Queue = {
  readonly service: OwningService;
  readonly queue: Answer<(typeof readQueue)["catalog"]> | null;
};
type Channels = Answer<typeof listChannels>;

/** What waits between the parts of Minka, and how SMS leave. */
export const systemPage = operatorPage(path)({
  read: async ({ callIfAny }) => {
    const [channels, ...queues] = await Promise.all([
      callIfAny(listChannels, {}),
      ...owningServices.map((service) => callIfAny(readQueue[service], {})),
    ]);
    return {
      channels,
      queues: owningServices.map((service, index): Queue => ({ service, queue: queues[index] ?? null })),
    };
  },
  show: (visit, { channels, queues }) => {
    const parked = queues.reduce((sum, { queue }) => sum + (queue?.deliveries.parked ?? 0), 0);
    const away = queues.filter(({ queue }) => queue === null).length;
    return {
      title: "Sistema",
      desk: true,
      main: html`<h1>${heading(parked, away)}</h1>
        ${table(
          { caption: "Lo que cada parte tiene por hacer", path, query: {} },
          [
            {
              title: "Parte",
              cell: ({ service }: Queue) => html`<a href="${path}/${service}">${serviceWords[service]}</a>`,
            },
            { title: "Cómo está", cell: ({ queue }) => queueMark(queue) },
            {
              title: "Avisos que esperan",
              number: true,
              cell: ({ queue }) => (queue ? numberWords(queue.deliveries.waiting) : "—"),
            },
            {
              title: "El que más espera",
              cell: ({ queue }) =>
                queue?.deliveries.oldestSince ? waitedWords(queue.deliveries.oldestSince, visit.now) : "—",
            },
            {
              title: "Fallaron y se repiten",
              number: true,
              cell: ({ queue }) => queue?.deliveries.failing ?? "—",
            },
            { title: "Detenidos", number: true, cell: ({ queue }) => queue?.deliveries.parked ?? "—" },
            {
              title: "Tareas de ahora",
              number: true,
              cell: ({ queue }) =>
                queue
                  ? `${numberWords(queue.jobs.reduce((sum, { due }) => sum + due, 0))}${queue.jobs.some(({ more }) => more) ? " o más" : ""}`
                  : "—",
            },
          ],
          queues,
        )}
        <p class="quiet">
          Un aviso detenido falló muchas veces y no se mueve solo: abra la parte y póngalo de nuevo cuando la
          causa esté reparada.
        </p>
        <h2>Por dónde salen los SMS</h2>
        ${channels ? channelsPart(visit, channels) : notice("La parte de mensajes no responde ahora.")}`,
    };
  },
});

function heading(parked: number, away: number): string {
  if (away > 0) return away === 1 ? "Una parte de Minka no responde" : `${away} partes de Minka no responden`;
  if (parked === 0) return "Todo se mueve: no hay avisos detenidos";
  return parked === 1 ? "1 aviso está detenido" : `${parked} avisos están detenidos`;
}

function queueMark(queue: Queue["queue"]): Html {
  if (!queue) return stateMark("No responde", "bad");
  if (queue.deliveries.parked > 0) return stateMark("Con detenidos", "bad");
  return queue.deliveries.failing > 0 ? stateMark("Repitiendo", "waiting") : stateMark("Al día", "good");
}

const channelMarks: Record<(typeof channelStates)[number], readonly [string, Tone]> = {
  working: ["Funciona", "good"],
  slowed: ["Va más lento: le mandamos demasiado", "waiting"],
  paused: ["Rechaza todo: revise la cuenta y la clave", "bad"],
  spared: ["No contesta: se deja descansar", "bad"],
  probing: ["Se prueba con un mensaje", "waiting"],
};

const laneWords: Record<(typeof lanes)[number], string> = {
  reply: "Respuestas",
  news: "Avisos",
  bulk: "Mensajes a muchos",
};

function channelsPart(visit: SignedVisit, { channels, waiting, inDoubt }: Channels): Content {
  return html`${
    channels.length === 0
      ? empty("En la última hora no salió ningún SMS.")
      : table(
          { caption: "Canales", path, query: {} },
          [
            {
              title: "Canal",
              cell: ({ gateway }: Channels["channels"][number]) => gatewayWords(gateway),
            },
            {
              title: "Cómo está",
              cell: ({ state, until, code }) =>
                html`${stateMark(...channelMarks[state])}${until ? html`<br />Hasta ${momentWords(until, visit.today)}` : null}${code ? html`<br />Dijo: ${code}` : null}`,
            },
            {
              title: "Partes por segundo",
              number: true,
              cell: ({ segmentsPerSecond }) =>
                segmentsPerSecond === null ? "Sin límite" : decimalWords(segmentsPerSecond),
            },
            { title: "Intentos, última hora", number: true, cell: ({ attempts }) => numberWords(attempts) },
            { title: "Aceptados", number: true, cell: ({ accepted }) => numberWords(accepted) },
          ],
          channels,
        )
  }
  ${table(
    { caption: "Lo que espera para salir: las respuestas van primero", path, query: {} },
    [
      { title: "Qué", cell: ({ lane }: Channels["waiting"][number]) => laneWords[lane] },
      { title: "SMS", number: true, cell: ({ messages }) => numberWords(messages) },
      {
        title: "El que más espera",
        cell: ({ oldestSince }) => (oldestSince ? waitedWords(oldestSince, visit.now) : "—"),
      },
    ],
    waiting,
  )}
  ${inDoubt > 0 ? notice(`De ${inDoubt} SMS no se sabe si el canal los tomó.`) : null}`;
}

type ServiceVisit = SignedVisit<{ service: string }>;
const serviceOf = ({ params }: ServiceVisit) => oneOf(owningServices, params.service) ?? "profiles";

/** What no longer moves by itself in one part of Minka, with why, to be put back. */
export const parkedPage = operatorPage(`${path}/:service`)({
  read: (visit: ServiceVisit) =>
    visit.call(listParked[serviceOf(visit)], {
      query: { limit: 20, cursor: askedCursor(visit) },
    }),
  show: (visit: ServiceVisit, { items, next }, attempt) => ({
    title: "Avisos detenidos",
    desk: true,
    main: html`<h1>
        ${serviceWords[serviceOf(visit)]}: ${items.length === 0 ? "nada detenido" : "avisos detenidos"}
      </h1>
      ${
        items.length === 0
          ? empty("Todo lo que le avisaron a esta parte ya lo tomó.")
          : html`<h2>Primero lo que más espera</h2>
              ${rows(items.map((item) => parkedRow(visit, item, attempt)))}`
      }
      ${pager(visit.path, visit.query, next)}
      <p><a class="more" href="${path}">Todo el sistema</a></p>`,
  }),
  actions: {
    reponer: action(z.object({ aviso: kinds.id() }), async (visit: ServiceVisit, { aviso }) => {
      await visit.call(retryParked[serviceOf(visit)], { body: { deliveryIds: [aviso] } });
      return goTo(visit.path, "repuesto");
    }),
    reponertodos: action(
      z.object({ clase: kinds.text(80).required }),
      async (visit: ServiceVisit, { clase }) => {
        await visit.call(retryParked[serviceOf(visit)], { body: { event: clase } });
        return goTo(visit.path, "repuestos");
      },
    ),
  },
  notices: {
    repuesto: "Puesto de nuevo. Si vuelve a fallar muchas veces, regresa aquí.",
    repuestos: "Puestos de nuevo todos los de esa clase.",
  },
});

type Parked = Answer<(typeof listParked)["catalog"]>["items"][number];

function parkedRow(
  visit: ServiceVisit,
  { id, event, emitter, attempts, lastError, since }: Parked,
  attempt: Attempt | null,
): Html {
  const of = { aviso: id };
  const from = emitter === "web" ? "las páginas" : serviceWords[emitter].toLowerCase();
  return row({
    title: `Aviso de ${from}`,
    side: html`<small>hace ${waitedWords(since, visit.now)}</small>`,
    lines: [
      `${sentence(`De ${momentWords(since, visit.today)}`)} Se intentó ${counted(attempts, "vez", "veces")}.`,
    ],
    more: html`<details>
        <summary>Para quien lo repara</summary>
        <p lang="en"><code>${event}</code>${lastError ? html`: <code>${lastError}</code>` : null}</p>
      </details>
      <div class="acts">
        ${actionButton(visit, formState(attempt, "reponer", {}, of), "Poner de nuevo este", { values: of })}
        ${actionButton(visit, formState(attempt, "reponertodos", {}, { clase: event }), "Poner de nuevo todos los iguales", { values: { clase: event }, quiet: true })}
      </div>`,
  });
}
