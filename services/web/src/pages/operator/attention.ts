import type { Answer } from "@minka/contracts/endpoint";
import {
  attentionKinds,
  listAttention,
  readAttentionContact,
  replyToAttention,
  resolveAttention,
} from "@minka/contracts/notifications";
import { readablePhone } from "@minka/domain/phone";
import { z } from "zod";
import { actionButton, areaField, form, hidden, submit, textField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, notice, pager, row, rows, withQuery } from "../../design/parts.ts";
import { filters } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { asked, askedCursor, askedOf } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, operatorPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { readSubjects, type Subject } from "./attention-subjects.ts";
import { listFile, type DeskList } from "./desk-list.ts";
import { attentionWords } from "./desk-words.ts";
import {
  momentValue,
  momentWords,
  optionsOf,
  periodFilters,
  periodOf,
  sentence,
  waitedWords,
} from "./list-query.ts";

export type AttentionItem = Answer<typeof listAttention>["items"][number];

export const attentionPath = "/operador/pendientes";

/** Which page what waits is dealt with on, besides the answer by SMS; null where there is none. */
export function placeToAct(
  { kind, subject, conversationId }: AttentionItem,
  about: Subject | undefined,
): { href: string; words: string } | null {
  switch (kind) {
    case "request_handed_over":
    case "review_asked":
    case "visit_in_doubt":
      return subject ? { href: `/operador/pedidos/${subject}`, words: "Abrir el pedido" } : null;
    case "provider_silent":
      return subject ? { href: `/operador/proveedores/${subject}`, words: "Abrir el proveedor" } : null;
    case "complaint":
      return about?.href
        ? { href: about.href, words: "Abrir la queja" }
        : { href: "/operador/quejas", words: "Ver las quejas" };
    case "presence_overdue":
      return { href: "/operador/quejas/presencia", words: "Ver quién está en visita" };
    case "channel_paused":
      return { href: "/operador/sistema", words: "Ver los canales" };
    case "plan_visits_left":
      return { href: "/operador/planes", words: "Ver los planes" };
    case "credit_unattended":
      return { href: "/operador/creditos", words: "Ver los créditos" };
    default:
      return conversationId
        ? { href: `/operador/conversaciones/${conversationId}`, words: "Abrir la conversación" }
        : null;
  }
}

const words = Object.fromEntries(attentionKinds.map((kind) => [kind, attentionWords[kind].words]));

const list: DeskList<AttentionItem> = {
  path: attentionPath,
  fileName: "pendientes",
  caption: "Lo que espera a una persona",
  filters: [
    { name: "clase", label: "Qué es", options: optionsOf(words), all: "Todo" },
    ...periodFilters,
    {
      name: "orden",
      label: "Primero",
      options: [{ value: "-fecha", words: "Lo más nuevo" }],
      all: "Lo que más espera",
    },
  ],
  read: (visit, page) =>
    visit.call(listAttention, {
      query: {
        ...page,
        ...periodOf(visit),
        kind: askedOf(visit, "clase", attentionKinds),
        subject: askedSubject(visit),
        order: visit.query["orden"] === "-fecha" ? "newest" : "oldest",
      },
    }),
  columns: async (visit) => [
    {
      title: "Qué es",
      cell: ({ kind }) => attentionWords[kind].words,
      value: ({ kind }) => attentionWords[kind].words,
    },
    { title: "Desde", cell: ({ at }) => momentWords(at, visit.today), value: ({ at }) => momentValue(at) },
    { title: "Celular", cell: ({ phone }) => phone, value: ({ phone }) => phone },
    { title: "Mensaje", cell: ({ text }) => text ?? "—", value: ({ text }) => text },
  ],
};

/** `asunto`: what one thing is about, where one comes from its own page. */
const askedSubject = (visit: SignedVisit) => asked(visit, "asunto", kinds.optionalId(), "Asunto");

export const attentionFile = listFile(list);

const itemField = { pendiente: kinds.id() };

/** What waits for a person, each with what to do and an answer by SMS. */
export const attentionPage = operatorPage(attentionPath)({
  read: async (visit) => {
    const cursor = askedCursor(visit);
    const page = await list.read(visit, { limit: 20, ...(cursor ? { cursor } : {}) });
    return { ...page, subjects: await readSubjects(visit, page.items) };
  },
  show: (visit, { items, next, subjects }, attempt) => {
    const { hecho: _done, ...query } = visit.query;
    const narrowed = ["clase", "del", "al", "asunto", "desde"].some((name) => query[name]);
    return {
      title: "Pendientes",
      desk: true,
      main: html`<h1>${heading(items.length, next, narrowed)}</h1>
        ${filters(attentionPath, query, list.filters, `${attentionPath}.csv`)} ${unsentWords(attempt, items)}
        ${
          items.length === 0
            ? narrowed
              ? empty("Con estos filtros no hay nada.", {
                  href: attentionPath,
                  words: "Ver todo lo que espera",
                })
              : empty("Lo que Minka no puede resolver sola aparece aquí.", {
                  href: "/operador",
                  words: "Volver a hoy",
                })
            : html`<h2>Por atender</h2>
                ${rows(items.map((item) => attentionRow(visit, item, attempt, subjects.get(item))))}`
        }
        ${pager(attentionPath, query, next)}`,
    };
  },
  actions: {
    responder: action(
      z.object({ ...itemField, texto: kinds.text(300, "Escriba la respuesta.").required }),
      async (visit, { pendiente, texto }) => {
        await visit.call(replyToAttention, { params: { itemId: pendiente }, body: { text: texto } });
        return goTo(backTo(visit), "respondido");
      },
      (path) => (path === "body.text" ? "texto" : undefined),
    ),
    resolver: action(
      z.object({ ...itemField, nota: kinds.text(200).optional }),
      async (visit, { pendiente, nota }) => {
        await visit.call(resolveAttention, {
          params: { itemId: pendiente },
          body: nota === undefined ? {} : { note: nota },
        });
        return goTo(backTo(visit), "resuelto");
      },
    ),
    llamar: action(z.object(itemField), async (visit, { pendiente }) => {
      const { phone } = await visit.call(readAttentionContact, { params: { itemId: pendiente } });
      return {
        title: "Llamar",
        desk: true,
        main: html`<h1>Llame al <a href="tel:${phone}">${readablePhone(phone)}</a></h1>
          ${notice("Quedó anotado que usted vio este número. No lo copie en otro lugar.")}
          <p><a class="more" href="${backTo(visit)}">Volver a los pendientes</a></p>`,
      };
    }),
  },
  notices: {
    respondido: "El SMS va en camino. El pendiente sigue abierto hasta que usted lo dé por resuelto.",
    resuelto: "Resuelto. Ya no está en la lista.",
  },
});

/** The list as it is looked at: its filters, and how far down. */
const backTo = ({ query: { hecho: _done, ...query } }: SignedVisit) => withQuery(attentionPath, query);

/** Where the forms of an item go: to the list that shows it, so that what was typed comes back with it. */
const sentTo = (visit: SignedVisit, { subject }: AttentionItem) =>
  visit.path === attentionPath ? backTo(visit) : withQuery(attentionPath, { asunto: subject });

/** What was typed for something that somebody else has dealt with meanwhile. */
function unsentWords(attempt: Attempt | null, items: readonly AttentionItem[]): Content {
  const { pendiente, texto } = attempt?.typed ?? {};
  if (typeof texto !== "string" || !texto || items.some(({ id }) => id === pendiente)) return null;
  return notice(html`Esto ya no está en la lista. Usted había escrito: «${texto}»`);
}

function heading(count: number, next: string | null, narrowed: boolean): string {
  if (count === 0) return narrowed ? "Nada de esto espera a una persona" : "Nada espera a una persona";
  if (next || narrowed) return "Esto espera a una persona";
  return count === 1 ? "1 cosa espera a una persona" : `${count} cosas esperan a una persona`;
}

/** `about` is left out on the page of what it is about. */
export function attentionRow(
  visit: SignedVisit,
  item: AttentionItem,
  attempt: Attempt | null,
  about?: Subject,
): Html {
  const { kind, text, phone, at } = item;
  const place = placeToAct(item, about);
  return row({
    title: attentionWords[kind].words,
    side: html`<small>hace ${waitedWords(at, visit.now)}</small>`,
    lines: [
      about ? html`<strong>${about.words}</strong>` : null,
      text ? html`«${text}»` : null,
      attentionWords[kind].todo,
      sentence(`${phone === "" ? "" : `Celular ${phone}. `}Desde ${momentWords(at, visit.today)}`),
    ],
    more: html`${place && place.href !== visit.path ? html`<p><a class="more" href="${place.href}">${place.words}</a></p>` : null}
    ${answerForms(visit, item, attempt)}`,
  });
}

/** Answer, call, or say that it is dealt with. */
function answerForms(visit: SignedVisit, item: AttentionItem, attempt: Attempt | null): Content {
  const [itemId, to] = [item.id, sentTo(visit, item)];
  const of = { pendiente: itemId };
  const [reply, resolve, look] = ["responder", "resolver", "llamar"].map((name) =>
    formState(attempt, name, {}, of),
  );
  if (!reply || !resolve || !look) return null;
  const open = attempt?.typed["pendiente"] === itemId;
  return html`<details ${open ? html` open` : null}>
    <summary>Responder, llamar o dar por resuelto</summary>
    ${form(
      visit,
      reply,
      html`${hidden("pendiente", itemId)}${areaField(reply, { name: "texto", label: "SMS que recibirá", of: itemId, maxlength: 300, rows: 2 })}${submit("Enviar este SMS")}`,
      { to },
    )}
    ${actionButton(visit, look, "Ver el número para llamar", { values: of, quiet: true, to })}
    ${form(
      visit,
      resolve,
      html`${hidden("pendiente", itemId)}${textField(resolve, { name: "nota", label: "Qué se hizo", of: itemId, optional: true, maxlength: 200 })}${submit("Dar por resuelto", { quiet: true })}`,
      { to },
    )}
  </details>`;
}
