import type { Answer } from "@minka/contracts/endpoint";
import {
  correctMisunderstood,
  dismissMisunderstood,
  exportMisunderstood,
  listMisunderstood,
} from "@minka/contracts/misunderstood";
import { intents, type Intent } from "@minka/domain/intents";
import { z } from "zod";
import { actionButton, form, hidden, selectField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { chips, empty, pager, row, rows } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { askedCursor, askedOf } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, Download, operatorPage, signedFile } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { momentWords, sentence } from "./list-query.ts";

const path = "/operador/no-entendidos";

type Message = Answer<typeof listMisunderstood>["items"][number];

const intentWords: Record<Intent, string> = {
  request_assistance: "Pide una visita técnica",
  request_training: "Pide capacitación",
  request_input: "Pide abono u otro insumo",
  request_equipment: "Pide herramienta o equipo",
  request_credit: "Pide crédito",
  request_service: "Pide un servicio (secado, laboratorio…)",
  find_organization: "Busca una organización",
  complain: "Se queja",
  request_buyer: "Quiere vender",
  ask_price: "Pregunta un precio",
  join_pool: "Quiere entrar a una compra en grupo",
  register: "Dice quién es",
  set_place: "Dice dónde está",
  choose: "Elige de una lista",
  confirm: "Dice que sí",
  decline: "Dice que no",
  rate: "Pone una nota",
  report_done: "Dice que se hizo",
  report_no_show: "Dice que no vino nadie",
  ask_status: "Pregunta en qué va lo suyo",
  cancel_request: "Anula su pedido",
  human: "Quiere hablar con una persona",
  help: "Pregunta cómo se usa",
  opt_out: "No quiere más mensajes",
  opt_in: "Quiere recibir mensajes otra vez",
  safety_help: "Está en peligro o sufre violencia",
  several: "Pide varias cosas a la vez",
  unknown: "No es para Minka",
};

const contextWords: Readonly<Record<string, string>> = {
  choosing: "que elija de una lista",
  confirming: "un sí o un no",
  rating: "una nota",
  offered: "la respuesta de un proveedor",
};

const intentOf = (written: string) => intents.find((one) => one === written);
const states = ["open", "corrected", "dismissed"] as const;
const stateWords = { open: "Por mirar", corrected: "Corregidos", dismissed: "Descartados" } as const;

const item = { mensaje: kinds.id() };

/** What Minka did not understand: somebody says what it meant, and the next version learns from it. */
export const misunderstoodPage = operatorPage(path)({
  read: (visit) =>
    visit.call(listMisunderstood, {
      query: {
        limit: 20,
        state: askedOf(visit, "estado", states) ?? "open",
        cursor: askedCursor(visit),
      },
    }),
  show: (visit, { items, next }, attempt) => {
    const state = askedOf(visit, "estado", states) ?? "open";
    const { hecho: _done, ...query } = visit.query;
    return {
      title: "Lo que no se entendió",
      desk: true,
      main: html`<h1>Mensajes que Minka no entendió</h1>
        <p class="quiet">
          Decir qué quiso decir no cambia nada para quien escribió: sirve para que Minka aprenda. Para
          responderle, use las <a href="/operador/conversaciones">conversaciones</a>.
        </p>
        ${chips(
          "Qué mensajes",
          states.map((one) => ({
            href: one === "open" ? path : `${path}?estado=${one}`,
            words: stateWords[one],
            current: one === state,
          })),
        )}
        ${
          items.length === 0
            ? empty(state === "open" ? "No queda ninguno por mirar." : "Aquí no hay ninguno todavía.")
            : html`<h2>${stateWords[state]}</h2>
                ${rows(items.map((message) => messageRow(visit, message, attempt)))}`
        }
        ${pager(path, query, next)}
        <p>
          <a class="more" href="${path}.jsonl">Descargar los corregidos (para enseñar a Minka)</a>
        </p>
        <p class="quiet">Sin nombres ni números largos. Queda anotado quién lo descargó.</p>`,
    };
  },
  actions: {
    corregir: action(
      z.object({ ...item, sentido: kinds.choice(intents, "Elija qué quiso decir.").required }),
      async (visit, { mensaje, sentido }) => {
        await visit.call(correctMisunderstood, {
          params: { misunderstoodId: mensaje },
          body: { intent: sentido },
        });
        return goTo(path, "corregido");
      },
    ),
    descartar: action(z.object(item), async (visit, { mensaje }) => {
      await visit.call(dismissMisunderstood, { params: { misunderstoodId: mensaje } });
      return goTo(path, "descartado");
    }),
  },
  notices: {
    corregido: "Guardado. Sale en la próxima descarga.",
    descartado: "Descartado: no se usa para aprender.",
  },
});

function messageRow(visit: SignedVisit, message: Message, attempt: Attempt | null): Html {
  const { text, at, phone, context, correction } = message;
  return row({
    title: text === null ? "Ya se borró lo escrito" : `«${text}»`,
    side: html`<small>${phone}</small>`,
    lines: [
      `${sentence(momentWords(at, visit.today))} ${context === "idle" ? "Minka no esperaba ninguna respuesta." : `Minka esperaba ${contextWords[context] ?? "otra cosa"}.`}`,
      correction ? `Se dijo: ${intentWords[intentOf(correction.intent) ?? "unknown"].toLowerCase()}.` : null,
    ],
    more: text === null ? null : teaching(visit, message, attempt),
  });
}

function teaching(
  visit: SignedVisit,
  { id, proposals, correction }: Message,
  attempt: Attempt | null,
): Content {
  const of = { mensaje: id };
  const near = proposals.flatMap(({ intent }) => intentOf(intent) ?? []);
  const ordered = [...near, ...intents.filter((intent) => !near.includes(intent))];
  const state = formState(attempt, "corregir", { sentido: correction?.intent ?? near[0] ?? "" }, of);
  return html`<div class="acts">
    ${form(
      visit,
      state,
      html`${hidden("mensaje", id)}${selectField(state, {
        name: "sentido",
        label: "Quiso decir",
        of: id,
        none: "Elija",
        options: ordered.map((value) => ({ value, words: intentWords[value] })),
      })}${submit("Guardar")}`,
      { to: path },
    )}
    ${actionButton(visit, formState(attempt, "descartar", {}, of), "No sirve para aprender", { values: of, quiet: true, to: path })}
  </div>`;
}

export const misunderstoodFile = signedFile(
  `${path}.jsonl`,
  async (visit) => {
    const { fileName, contentType, bytes } = await visit.call(exportMisunderstood, { query: {} });
    return new Download({ fileName, contentType, bytes });
  },
  "operator",
);
