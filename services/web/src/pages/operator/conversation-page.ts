import {
  handBackConversation,
  openConversation,
  takeOverConversation,
  writeInConversation,
} from "@minka/contracts/conversations";
import type { Answer } from "@minka/contracts/endpoint";
import { readablePhone } from "@minka/domain/phone";
import { z } from "zod";
import { actionButton, areaField, form, hidden, submit } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { empty, notice, pager, row, rows, stateMark, waits, type Tone } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { askedCursor } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { conversationsPath } from "./conversations-page.ts";
import { momentWords, sentence } from "./list-query.ts";

type ConversationVisit = SignedVisit<{ conversationId: string }>;
type Opened = Answer<typeof openConversation>;
type Message = Opened["messages"]["items"][number];

const stateMarks: Record<NonNullable<Message["state"]>, readonly [string, Tone]> = {
  queued: ["Por salir", "waiting"],
  sending: ["Saliendo", "going"],
  sent: ["Salió", "going"],
  unknown: ["No se sabe si salió", "waiting"],
  delivered: ["Llegó", "good"],
  undelivered: ["No llegó", "bad"],
  failed: ["No salió", "bad"],
  expired: ["Venció antes de salir", "over"],
  withheld: ["No se envió", "over"],
};

/** What a phone and Minka wrote to each other; an operator takes it in hand, writes and hands it back. */
export const conversationPage = operatorPage(`${conversationsPath}/:conversationId`)({
  read: async (visit: ConversationVisit) => {
    const opened = await visit.call(openConversation, {
      params: visit.params,
      query: { limit: 30, cursor: askedCursor(visit) },
    });
    const names = await visit.namesOf([opened.conversation.takenOver?.operatorId]);
    return { ...opened, names };
  },
  show: (visit: ConversationVisit, { conversation, messages, names }, attempt) => {
    const { phone, shared, optedOut } = conversation;
    const { hecho: _done, ...query } = visit.query;
    return {
      title: "Una conversación",
      desk: true,
      main: html`<h1>Conversación con el ${readablePhone(phone)}</h1>
        ${shared ? notice("Este celular lo usan varias personas: escriba lo que cualquiera pueda leer. Se ve solo el último día.") : null}
        ${optedOut ? notice("Pidió que Minka no le escriba. Responda solo si esa persona preguntó algo.") : null}
        ${hand(visit, conversation, messages.items, names, attempt)}
        <h2>Lo escrito, lo último primero</h2>
        ${messages.items.length === 0 ? empty("Ya no queda nada de esta conversación.") : rows(messages.items.map((message) => messageRow(visit, message)))}
        ${pager(visit.path, query, messages.next)}
        <p><a class="more" href="${conversationsPath}">Todas las conversaciones</a></p>`,
    };
  },
  actions: {
    tomar: action(z.object({}), async (visit: ConversationVisit) => {
      await visit.call(takeOverConversation, { params: visit.params });
      return goTo(visit.path, "tomada");
    }),
    escribir: action(
      z.object({ texto: kinds.text(300, "Escriba el mensaje.").required, visto: kinds.optionalId() }),
      async (visit: ConversationVisit, { texto, visto }) => {
        await visit.call(writeInConversation, {
          params: visit.params,
          body: { text: texto, ...(visto ? { seen: visto } : {}) },
        });
        return goTo(visit.path, "escrito");
      },
      (path) => (path === "body.text" ? "texto" : undefined),
    ),
    devolver: action(z.object({ visto: kinds.optionalId() }), async (visit: ConversationVisit, { visto }) => {
      await visit.call(handBackConversation, { params: visit.params, body: visto ? { seen: visto } : {} });
      return goTo(visit.path, "devuelta");
    }),
  },
  notices: {
    tomada: "La conversación es suya. Minka calla ahí media hora desde lo último que usted escriba.",
    escrito: "El SMS va en camino.",
    devuelta: "Minka sigue la conversación y repite su pregunta.",
  },
});

function hand(
  visit: ConversationVisit,
  { takenOver }: Opened["conversation"],
  messages: readonly Message[],
  names: ReadonlyMap<string, string>,
  attempt: Attempt | null,
): Content {
  if (!takenOver)
    return html`<p>Minka responde aquí. Para escribir usted, tómela primero: Minka calla mientras tanto.</p>
      ${actionButton(visit, formState(attempt, "tomar"), "Tomar la conversación")}`;
  if (takenOver.operatorId !== visit.person.personId)
    return waits(
      sentence(
        `${names.get(takenOver.operatorId) ?? "Otra persona de Minka"} la tiene hasta ${momentWords(takenOver.until, visit.today)}`,
      ),
    );
  const [write, back] = [formState(attempt, "escribir"), formState(attempt, "devolver")];
  const newest = messages.find(({ direction }) => direction === "in");
  const seen = newest && !askedCursor(visit) ? hidden("visto", newest.id) : null;
  return html`${waits(`${sentence(`La tiene usted hasta ${momentWords(takenOver.until, visit.today)}`)} Sin un mensaje suyo vuelve a Minka.`)}
  ${form(
    visit,
    write,
    html`${seen}${areaField(write, { name: "texto", label: "Su SMS", hint: "Hasta 300 letras. No ponga nombres ni deudas si el celular es de varios.", maxlength: 300, rows: 3 })}${submit("Enviar SMS")}`,
  )}
  ${form(visit, back, html`${seen}${submit("Devolver la conversación a Minka", { quiet: true })}`, { className: "one" })}`;
}

const messageRow = (
  { today }: ConversationVisit,
  { direction, at, text, operator, state, unanswered }: Message,
) =>
  row({
    title:
      direction === "in"
        ? "Escribió"
        : operator
          ? `${operator.name ?? "Una persona de Minka"} respondió`
          : "Minka respondió",
    side: unanswered ? stateMark("Sin respuesta", "bad") : state ? stateMark(...stateMarks[state]) : null,
    lines: [momentWords(at, today)],
    more: html`<p>${text ?? "Ya se borró lo escrito."}</p>`,
  });
