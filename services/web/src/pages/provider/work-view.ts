import { disputeReasons } from "@minka/contracts/disputes";
import { cancelReasons } from "@minka/contracts/follow-ups";
import { addDays } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { sayDueDay } from "@minka/language/say-due-day";
import { actionButton, dayField, form, hidden, optionsField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink, empty, facts, waits } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import type { View } from "../../visits/page.ts";
import { capitalized, weekdayWords } from "../../words/field-words.ts";
import { providerPath } from "./own-provider.ts";
import type { WorkData, WorkVisit } from "./work-page.ts";
import { callOffWords, disputeWords, meetingPlace, priceWords, quoteWords, type Work } from "./work-words.ts";
import { askedNeedTitle } from "../../words/need-words.ts";

export function workView(visit: WorkVisit, data: WorkData, attempt: Attempt | null): View {
  const { work, provider } = data;
  if (!work)
    return {
      title: "Este trabajo ya terminó",
      desk: true,
      main: html`<h1>Este trabajo ya terminó</h1>
        ${empty("No queda nada por hacer aquí.", { href: providerPath(provider.id), words: "Ver mis pedidos" })}`,
    };
  return {
    title: askedNeedTitle(work),
    desk: true,
    main: html`<h1>${heading(work, data, visit.today)}</h1>
      ${workFacts(work, data, visit.today)} ${nextStep(visit, work, data, attempt)}`,
  };
}

function heading(work: Work, { contact }: WorkData, today: string): string {
  const whom = contact?.name ? ` para ${contact.name}` : "";
  if (work.state === "rework") return `Le piden hacer de nuevo: ${askedNeedTitle(work).toLowerCase()}`;
  if (work.state === "disputed") return "Una persona de Minka ve este trabajo";
  if (work.state === "done") return `Ya está hecho: ${askedNeedTitle(work).toLowerCase()}`;
  return `${askedNeedTitle(work)}${whom}, ${sayDueDay(work.visitOn, today)}`;
}

function workFacts(work: Work, { contact }: WorkData, today: string): Html {
  return facts([
    work.state !== "agreed" && ["Qué", askedNeedTitle(work)],
    ["Día", capitalized(weekdayWords(work.visitOn, today))],
    ["Dónde", meetingPlace(work)],
    contact !== null && ["Quién pide", contact.name ?? "No dijo su nombre"],
    contact !== null && [
      "Celular",
      contact.phone ? html`<a href="tel:${contact.phone}">${readablePhone(contact.phone)}</a>` : "No tiene",
    ],
    ["Precio acordado", priceWords(work)],
  ]);
}

function nextStep(
  visit: WorkVisit,
  work: Work,
  { provider, contact }: WorkData,
  attempt: Attempt | null,
): Content {
  if (work.state === "disputed")
    return waits("Minka habla con los dos y decide. Le avisamos por SMS. No tiene que hacer nada más.");
  if (work.state === "rework") return reworkForms(visit, attempt);
  if (work.state === "done") return ratingForm(visit, contact?.name ?? null, attempt);
  const checksIn = provider.kinds.includes("agent") && work.visitOn === visit.today;
  const came = work.visitOn <= visit.today;
  return html`${proposal(visit, work, attempt)}
  ${checksIn ? html`<p>${actionLink(providerPath(provider.id, `/visita/${work.id}`), "Avisar que llegué o que salí", { quiet: true })}</p>` : null}
  ${came ? actionButton(visit, formState(attempt, "hecho"), "Ya está hecho") : null}
  ${moveForm(visit, work, attempt)} ${came ? missed(visit, attempt) : callOff(visit, attempt)}
  ${problem(visit, attempt)} ${inDanger}`;
}

/** Another day that one of the two wants; what was agreed holds until the other has said yes. */
function proposal(visit: WorkVisit, { quote, visitOn }: Work, attempt: Attempt | null): Content {
  if (!quote) return null;
  const before = sayDueDay(visitOn, visit.today);
  if (quote.by === "provider")
    return waits(`Usted propuso ${quoteWords(quote, visit.now)}. Mientras no le respondan vale ${before}.`);
  const state = formState(attempt, "responder");
  return html`<section>
    <h2>Piden otro día: ${quoteWords(quote, visit.now)}</h2>
    ${actionButton(visit, state, `Sí, voy ${quoteWords(quote, visit.now)}`, { values: { si: "si", propuesta: quote.id } })}
    ${actionButton(visit, state, `No, que quede ${before}`, { values: { si: "no", propuesta: quote.id }, quiet: true })}
  </section>`;
}

function moveForm(visit: WorkVisit, { quote, matchId }: Work, attempt: Attempt | null): Content {
  if (quote?.by === "requester") return null;
  const state = formState(attempt, "mover", {});
  return folded(
    attempt,
    "mover",
    "Proponer otro día",
    form(
      visit,
      state,
      html`${hidden("encargo", matchId)}${dayField(state, { name: "dia", label: "Nuevo día", of: "mover", hint: "Vale cuando la otra persona diga que sí." })}${submit("Proponer ese día", { quiet: true })}`,
    ),
  );
}

function callOff(visit: WorkVisit, attempt: Attempt | null): Html {
  const state = formState(attempt, "cancelar", {});
  const options = cancelReasons.flatMap((reason) => {
    const words = callOffWords[reason];
    return words ? [{ value: reason, words }] : [];
  });
  return folded(
    attempt,
    "cancelar",
    "No voy a poder ir",
    form(
      visit,
      state,
      html`<p class="quiet">
          Buscamos a otra persona. Avisar con tiempo casi no baja su confianza; faltar, sí.
        </p>
        ${optionsField(state, { name: "razon", label: "¿Por qué?", options })}${submit("Avisar que no voy", { danger: true })}`,
    ),
  );
}

const missed = (visit: WorkVisit, attempt: Attempt | null): Html =>
  folded(
    attempt,
    "falte",
    "No fui",
    html`<p class="quiet">
        Lo pasamos a otra persona. Cuenta como una falta. Si todavía puede ir, proponga otro día.
      </p>
      ${actionButton(visit, formState(attempt, "falte"), "Decir que no fui", { danger: true })}`,
  );

function problem(visit: WorkVisit, attempt: Attempt | null): Html {
  const state = formState(attempt, "problema", {});
  return folded(
    attempt,
    "problema",
    "Hubo un problema",
    form(
      visit,
      state,
      html`${optionsField(state, {
        name: "razon",
        label: "¿Qué pasó?",
        of: "problema",
        hint: "Lo ve una persona de Minka, que habla con los dos.",
        options: disputeReasons.map((reason) => ({ value: reason, words: disputeWords[reason] })),
      })}${submit("Pedir que Minka lo vea", { quiet: true })}`,
    ),
  );
}

/** Who is in danger needs people who come, not a form. */
const inDanger = html`<details>
  <summary>Estoy en peligro</summary>
  <p>
    Si puede, salga de ahí. Llame gratis: <a href="tel:105">105</a> policía, <a href="tel:100">100</a> si
    sufre violencia, <a href="tel:116">116</a> bomberos. Atienden las 24 horas.
  </p>
</details>`;

function reworkForms(visit: WorkVisit, attempt: Attempt | null): Html {
  const state = formState(attempt, "rehacer", { dia: addDays(visit.today, 2) });
  return html`${waits("Si no responde, lo ve una persona de Minka.")}
  ${form(
    visit,
    state,
    html`${dayField(state, { name: "dia", label: "¿Qué día vuelve?" })}${submit("Vuelvo ese día")}`,
  )}
  ${actionButton(visit, formState(attempt, "norehacer"), "No, que lo vea Minka", { quiet: true })}`;
}

const scoreWords = ["Muy mal", "Mal", "Regular", "Bien", "Muy bien"] as const;

function ratingForm(visit: WorkVisit, name: string | null, attempt: Attempt | null): Html {
  const state = formState(attempt, "calificar", {});
  return html`<section id="calificar">
      <h2>¿Cómo le fue con ${name ?? "la persona que pidió"}?</h2>
      ${form(
        visit,
        state,
        html`${optionsField(state, {
          name: "nota",
          label: "Su nota",
          hint: "La otra persona la ve cuando ella también califique, o en una semana.",
          options: scoreWords
            .map((words, index) => ({ value: String(index + 1), words: `${index + 1} · ${words}` }))
            .toReversed(),
        })}${submit("Calificar")}`,
      )}
    </section>
    ${problem(visit, attempt)}`;
}

const folded = (attempt: Attempt | null, name: string, title: string, content: Content): Html =>
  html`<details ${attempt?.action === name ? html` open` : null}>
    <summary>${title}</summary>
    ${content}
  </details>`;
