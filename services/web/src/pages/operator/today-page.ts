import { listComplaints } from "@minka/contracts/complaints";
import { readServedPeople } from "@minka/contracts/coverage";
import { listRequests } from "@minka/contracts/matching";
import { readMessageCosts } from "@minka/contracts/message-costs";
import { listMisunderstood } from "@minka/contracts/misunderstood";
import { listAttention } from "@minka/contracts/notifications";
import { readOutcomes } from "@minka/contracts/outcome-reports";
import { listPresent } from "@minka/contracts/presence";
import { listProviderRecords } from "@minka/contracts/providers";
import { readQueue } from "@minka/contracts/queues";
import { listReviews } from "@minka/contracts/reviews";
import { owningServices } from "@minka/contracts/service-names";
import { listSponsorships } from "@minka/contracts/sponsorships";
import { addDays } from "@minka/domain/lima-time";
import { html, type Content } from "../../design/html.ts";
import { chips, empty, row, rows, stateMark } from "../../design/parts.ts";
import { operatorPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { soles } from "../../words/field-words.ts";
import { attentionPath, placeToAct, type AttentionItem } from "./attention.ts";
import { readSubjects, type Subjects } from "./attention-subjects.ts";
import { attentionWords } from "./desk-words.ts";
import { numberWords, shareWords, waitedWords } from "./list-query.ts";

/** Lists are no counts: of a longer one it is enough to know that it is long, at the price of one page. */
const most = 20;
const shown = 5;

type Waiting = {
  readonly count: string;
  readonly some: boolean;
  readonly words: string;
  readonly href: string;
  readonly line: string;
};

/** What waits for a person today, each with where one acts; and how the week goes. */
export const todayPage = operatorPage("/operador")({
  read: async (visit) => {
    const [attention, waiting, week] = await Promise.all([
      visit.call(listAttention, { query: { limit: most } }),
      readWaiting(visit),
      readWeek(visit),
    ]);
    const subjects = await readSubjects(visit, attention.items.slice(0, shown));
    return { attention, waiting, week, subjects };
  },
  show: (visit, { attention, waiting, week, subjects }) => ({
    title: "Hoy",
    desk: true,
    main: html`<h1>
        ${heading(attention.items.length, attention.next, waiting.filter(({ some }) => some).length)}
      </h1>
      <div class="columns">
        <section>
          <h2>Lo que más espera</h2>
          ${firstOnes(visit, attention.items, subjects)}
        </section>
        <section>
          <h2>Por hacer</h2>
          ${toDo(waiting)}
        </section>
      </div>
      <h2>Los últimos siete días</h2>
      ${week}`,
  }),
});

function toDo(waiting: readonly Waiting[]): Content {
  const [some, none] = [waiting.filter((one) => one.some), waiting.filter((one) => !one.some)];
  return html`${
    some.length === 0
      ? null
      : rows(
          some.map(({ count, words, href, line }) =>
            row({ title: words, href, side: stateMark(count, "waiting"), lines: [line] }),
          ),
        )
  }
  ${
    none.length === 0
      ? null
      : chips(
          "Sin nada por hacer",
          none.map(({ words, href }) => ({ href, words: `${words}: 0`, current: false })),
        )
  }`;
}

function heading(count: number, next: string | null, kinds: number): string {
  if (count === 0 && kinds > 0)
    return kinds === 1 ? "Hay algo por hacer en 1 lista" : `Hay algo por hacer en ${kinds} listas`;
  if (count === 0) return "Nada espera a una persona ahora";
  if (next) return `Más de ${most} cosas esperan a una persona`;
  return count === 1 ? "1 cosa espera a una persona" : `${count} cosas esperan a una persona`;
}

function firstOnes(visit: SignedVisit, items: readonly AttentionItem[], subjects: Subjects): Content {
  if (items.length === 0)
    return empty("Cuando Minka no pueda resolver algo sola, aparece aquí.", {
      href: "/operador/conversaciones",
      words: "Ver las conversaciones",
    });
  return html`${rows(
      items.slice(0, shown).map((item) => {
        const { kind, text, at } = item;
        const about = subjects.get(item);
        const place = placeToAct(item, about);
        return row({
          title: attentionWords[kind].words,
          href: `${attentionPath}?clase=${kind}`,
          side: html`<small>hace ${waitedWords(at, visit.now)}</small>`,
          lines: [
            about ? html`<strong>${about.words}</strong>` : null,
            text ? html`«${text}»` : null,
            attentionWords[kind].todo,
          ],
          more: place ? html`<p><a class="more" href="${place.href}">${place.words}</a></p>` : null,
        });
      }),
    )}
    <p><a class="more" href="${attentionPath}">Ver y responder todo lo que espera</a></p>`;
}

type Counted = { items: readonly unknown[]; next: string | null } | null;

function waiting(page: Counted, words: string, href: string, line: string): Waiting {
  if (page === null)
    return { count: "No se pudo contar", some: true, words, href, line: "Esa parte no responde ahora." };
  const count = page.items.length;
  return { count: page.next ? `${most} o más` : numberWords(count), some: count > 0, words, href, line };
}

async function readWaiting({ callIfAny }: SignedVisit): Promise<Waiting[]> {
  const limit = most;
  const [handed, disputed, complaints, overdue, submitted, reviews, drafts, unread, ...queues] =
    await Promise.all([
      callIfAny(listRequests, { query: { state: "with_operator", limit } }),
      callIfAny(listRequests, { query: { engagement: "disputed", limit } }),
      callIfAny(listComplaints, { query: { state: "raised", limit } }),
      callIfAny(listPresent, { query: { overdue: "true" } }),
      callIfAny(listProviderRecords, { query: { state: "submitted", limit } }),
      callIfAny(listReviews, { query: { state: "open", limit } }),
      callIfAny(listSponsorships, { query: { state: "draft", limit } }),
      callIfAny(listMisunderstood, { query: { limit } }),
      ...owningServices.map((service) => callIfAny(readQueue[service], {})),
    ]);
  const parked = queues.reduce((sum, queue) => sum + (queue?.deliveries.parked ?? 0), 0);
  return [
    waiting(
      overdue && { items: overdue.presences, next: null },
      "Visitas sin aviso de salida",
      "/operador/quejas/presencia",
      "Llame primero: es la seguridad de alguien.",
    ),
    waiting(
      complaints,
      "Quejas por decidir",
      "/operador/quejas?estado=raised",
      "Quien recibió la queja no recibe pedidos hasta que usted decida.",
    ),
    waiting(
      handed,
      "Pedidos sin nadie",
      "/operador/pedidos?estado=with_operator",
      "Quien pidió espera que una persona le busque.",
    ),
    waiting(
      disputed,
      "Desacuerdos",
      "/operador/pedidos?acuerdo=disputed",
      "Las dos partes esperan que usted decida.",
    ),
    waiting(
      submitted,
      "Proveedores por revisar",
      "/operador/proveedores?estado=submitted",
      "Nadie ve sus ofertas hasta que usted los revise.",
    ),
    waiting(
      reviews,
      "Listas por revisar",
      "/operador/pedidos/revisiones",
      "Alguien no está de acuerdo con el orden de su lista.",
    ),
    waiting(
      drafts,
      "Auspicios por aprobar",
      "/operador/auspicios?estado=draft",
      "No se paga nada hasta que otra persona apruebe.",
    ),
    waiting(
      unread,
      "Mensajes que no se entendieron",
      "/operador/no-entendidos",
      "Diga qué quisieron decir, para que Minka aprenda.",
    ),
    {
      count: queues.includes(null) ? "No se pudo contar" : numberWords(parked),
      some: parked > 0 || queues.includes(null),
      words: "Avisos detenidos entre partes de Minka",
      href: "/operador/sistema",
      line: "Fallaron muchas veces y no se mueven solos.",
    },
  ];
}

async function readWeek({ callIfAny, today }: SignedVisit): Promise<Content> {
  const query = { from: addDays(today, -6), until: today };
  const [results, served, costs] = await Promise.all([
    callIfAny(readOutcomes, { query }),
    callIfAny(readServedPeople, { query }),
    callIfAny(readMessageCosts, { query }),
  ]);
  const of = results?.outcomes.requests;
  const figures: readonly (readonly [string, string] | null)[] = [
    of ? [numberWords(of.requests), "pedidos"] : null,
    of ? [shareWords(of.agreed, of.requests), "con acuerdo"] : null,
    of ? [numberWords(of.unserved), "sin nadie"] : null,
    served ? [numberWords(served.people), "personas atendidas"] : null,
    costs ? [numberWords(costs.total.messagesOut), "SMS enviados"] : null,
    costs?.total.costCentimos ? [soles(costs.total.costCentimos), "en SMS"] : null,
  ];
  return html`<ul class="figures">
      ${figures.filter((figure) => figure !== null).map(([value, words]) => html`<li><b>${value}</b>${words}</li>`)}
    </ul>
    <p>
      <a class="more" href="/operador/cobertura">Dónde y para quién</a>
      · <a class="more" href="/operador/informes">Informes</a>
    </p>`;
}
