import { declineReasons } from "@minka/contracts/asks";
import { answerAsk, readMatchTerms } from "@minka/contracts/matching";
import { listAsks } from "@minka/contracts/provider-asks";
import { makeQuote } from "@minka/contracts/quotes";
import { addDays, limaHour } from "@minka/domain/lima-time";
import { kinds as allKinds, type Kind } from "@minka/domain/vocabulary";
import { z } from "zod";
import { dayField, form, hidden, moneyField, optionsField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, facts, notice, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, deadlineWords, offerTitle } from "../../words/field-words.ts";
import { totalWords } from "../requests/match-terms.ts";
import { providerPath, readOwnProvider } from "./own-provider.ts";
import {
  declineWords,
  placeWords,
  priceWords,
  quoteWords,
  sponsorWords,
  timeLeft,
  type Ask,
  type Quoted,
} from "./work-words.ts";
import { askedNeedTitle } from "../../words/need-words.ts";

type AskVisit = SignedVisit<{ providerId: string; matchId: string }>;

async function readAsk(visit: AskVisit) {
  const { providerId, matchId } = visit.params;
  const provider = await readOwnProvider(visit);
  const { asks, quoted } = await visit.call(listAsks, {});
  const isIt = (ask: Ask | Quoted) => ask.matchId === matchId && ask.providerId === providerId;
  const ask = asks.find(isIt) ?? null;
  const proposed = quoted.find(isIt) ?? null;
  if (!ask && !proposed) return { provider, ask: null, proposed: null, offer: null, total: null };
  const said = await visit.callIfAny(readMatchTerms, { params: { matchId } });
  const shown = ask ?? proposed;
  return {
    provider,
    ask,
    proposed,
    offer: said && offerTitle(said.terms),
    total: said && shown ? totalWords(shown, said.terms) : null,
  };
}
type AskData = Awaited<ReturnType<typeof readAsk>>;

/** Not everybody goes somewhere: what is sold is delivered, and who buys a harvest receives it. */
const dayOf = (kind: Kind | undefined) => (kind && dayVerbs[kind]) ?? "qué día puede ir";
const dayVerbs: Partial<Record<Kind, string>> = {
  input: "qué día lo entrega",
  equipment: "qué día lo entrega",
  service: "qué día lo hace",
  purchase: "qué día la recibe",
};

/** An emptied day promises none; only where the day was proposed no field asks for it, nor says for what it is. */
const acceptance = z
  .object({ dia: kinds.day().optional, para: kinds.choice(allKinds).optional })
  .superRefine(({ dia, para }, context) => {
    if (para !== undefined && dia === undefined)
      context.addIssue({ code: "custom", path: ["dia"], message: `Diga ${dayOf(para)}.` });
  });

const fieldOf = (path: string) =>
  ({ "body.visitOn": "dia", "body.priceCentimos": "precio", "body.reason": "razon" })[path];

/** One order that a provider is asked for: yes with a day, another price or day, or no. */
export const askPage = signedPage("/mi-servicio/:providerId/pedidos/:matchId")({
  read: readAsk,
  show: (visit: AskVisit, data: AskData, attempt) => {
    const { ask, proposed, provider } = data;
    const shown = ask ?? proposed;
    return {
      title: shown ? askedNeedTitle(shown) : "Este pedido ya no espera",
      desk: true,
      main: shown
        ? html`<h1>${askedNeedTitle(shown)}</h1>
            ${ask ? waits(timeLeft(ask.askExpiresAt, visit.now)) : null} ${askFacts(shown, data, visit)}
            ${ask ? answers(visit, ask, attempt) : proposed ? waitsForThem(proposed, visit) : null}`
        : html`<h1>Este pedido ya no espera su respuesta</h1>
            ${empty("Ya se respondió, se pasó el tiempo o quien pidió eligió a otra persona.", {
              href: providerPath(provider.id),
              words: "Ver mis pedidos",
            })}`,
    };
  },
  actions: {
    aceptar: action(
      acceptance,
      async (visit: AskVisit, { dia }) => {
        const { providerId, matchId } = visit.params;
        const { engagementId } = await visit.call(answerAsk, {
          params: { matchId },
          body: { accept: true, ...(dia ? { visitOn: dia } : {}) },
        });
        return goTo(providerPath(providerId, engagementId ? `/trabajos/${engagementId}` : ""), "acordado");
      },
      fieldOf,
    ),
    proponer: action(
      z
        .object({ precio: kinds.money().optional, dia: kinds.day().optional })
        .refine(({ precio, dia }) => precio !== undefined || dia !== undefined, {
          path: ["precio"],
          message: "Escriba un precio, un día o los dos.",
        }),
      async (visit: AskVisit, { precio, dia }) => {
        const { providerId, matchId } = visit.params;
        await visit.call(makeQuote, {
          params: { matchId },
          body: {
            ...(precio === undefined ? {} : { priceCentimos: precio }),
            ...(dia ? { visitOn: dia } : {}),
          },
        });
        return goTo(providerPath(providerId), "propuesto");
      },
      fieldOf,
    ),
    negar: action(
      z.object({ razon: kinds.choice(declineReasons).required }),
      async (visit: AskVisit, { razon }) => {
        const { providerId, matchId } = visit.params;
        await visit.call(answerAsk, { params: { matchId }, body: { accept: false, reason: razon } });
        return goTo(providerPath(providerId), "negado");
      },
      fieldOf,
    ),
  },
});

function askFacts(ask: Ask | Quoted, { offer, total }: AskData, { now }: AskVisit): Html {
  const sponsor = sponsorWords(ask);
  return facts([
    ["Dónde", placeWords(ask)],
    [ask.quote?.by === "requester" ? "Precio de su oferta" : "Precio", priceWords(ask)],
    // A price that they propose is another: what it comes to is theirs to say.
    total !== null && !ask.quote && ["Por todo", total],
    sponsor !== null && ["Quién paga", sponsor],
    offer !== null && ["De su oferta", offer],
    ask.need.urgency === "urgent" && ["Urgente", "Se pregunta a varios: vale el primer sí"],
    ask.quote?.by === "requester" && [
      "Le proponen",
      capitalized(quoteWords(ask.quote, now, ask.priceCentimos)),
    ],
    ["Nombre y número", "Los ve cuando acepte"],
  ]);
}

const lastHourToSetOut = 15;

/** As a plain yes by SMS would mean it. */
function proposedDay(ask: Ask, { today, now }: AskVisit): string {
  if (ask.quote?.visitOn) return ask.quote.visitOn;
  if (ask.need.urgency !== "urgent") return addDays(today, 2);
  return limaHour(now) < lastHourToSetOut ? today : addDays(today, 1);
}

function answers(visit: AskVisit, ask: Ask, attempt: Attempt | null): Html {
  const yes = formState(attempt, "aceptar", { dia: proposedDay(ask, visit) });
  const other = formState(attempt, "proponer", {});
  const no = formState(attempt, "negar", {});
  const { quote } = ask;
  const price = quote?.priceCentimos ?? ask.priceCentimos;
  const fixed = quote?.visitOn;
  return html`${form(
      visit,
      yes,
      html`${fixed ? null : html`${hidden("para", ask.need.kind)}${dayField(yes, { name: "dia", label: `¿${capitalized(dayOf(ask.need.kind))}?` })}`}${submit(
        price === null ? "Aceptar el pedido" : `Aceptar · ${priceWords({ ...ask, priceCentimos: price })}`,
      )}`,
    )}
    ${
      ask.need.urgency === "urgent"
        ? null
        : html`<details ${opened(attempt, "proponer")}>
            <summary>Proponer otro precio u otro día</summary>
            <p class="quiet">Quien pidió responde sí, no, o propone otra cosa. Hasta tres veces cada uno.</p>
            ${form(
              visit,
              other,
              html`${moneyField(other, { name: "precio", label: ask.priceUnit ? `Precio por ${ask.priceUnit}` : "Precio en total", optional: true, of: "propuesta" })}${dayField(other, { name: "dia", label: "Día", optional: true, of: "propuesta" })}${submit("Enviar la propuesta", { quiet: true })}`,
            )}
          </details>`
    }
    <details ${opened(attempt, "negar")}>
      <summary>No puedo</summary>
      ${form(
        visit,
        no,
        html`${optionsField(no, {
          name: "razon",
          label: "¿Por qué no?",
          options: declineReasons.map((reason) => ({ value: reason, words: declineWords[reason] })),
        })}${submit("Decir que no puedo", { danger: true })}`,
      )}
    </details>`;
}

const opened = (attempt: Attempt | null, name: string): Content =>
  attempt?.action === name ? html` open` : null;

const waitsForThem = ({ quote }: Quoted, { now }: AskVisit): Html =>
  html`${notice(`Usted propuso ${quoteWords(quote, now)}.`)}
  ${waits(`Quien pidió tiene hasta ${deadlineWords(quote.expiresAt, now)} para responder. Le avisamos por SMS.`)}`;
