import {
  answerPlanVisit,
  listProposedVisits,
  producerRefusals,
  type PlanProposal,
} from "@minka/contracts/plan-visits";
import { listRequests } from "@minka/contracts/matching";
import { sayLesson, sayPlanReason } from "@minka/language/say-plan";
import { z } from "zod";
import { actionButton, dayField, form, hidden, optionsField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, counted, deadlineWords, wallTimeWords } from "../../words/field-words.ts";
import { requestRow } from "../requests/request-list.ts";
import { agreedMatch, onDay, placeName, priceOf } from "../requests/request-words.ts";

const plannedVisitsPath = "/mi/visitas";

const refusalWords: Readonly<Record<(typeof producerRefusals)[number], string>> = {
  busy: "Ese día tengo trabajo",
  away: "Ese día no estoy",
  not_needed: "No necesito la visita",
  other: "Otra cosa",
};

/** The day and hour that were read: a yes counts for no other. */
const told = { visita: kinds.id(), dia: kinds.day().required, hora: kinds.text(5).required };

/** Visits that an agent planned for the month, and those that were asked for and agreed on. */
export const plannedVisitsPage = signedPage(plannedVisitsPath)({
  read: async ({ call, person: { personId } }) => {
    const [{ visits }, { items }] = await Promise.all([
      call(listProposedVisits, { params: { personId } }),
      call(listRequests, { query: { personId, kind: "assistance", state: "agreed", limit: 20 } }),
    ]);
    // A planned visit that was agreed to is a request as well: it stands here with its hour.
    const planned = new Set(visits.map(({ providerId, day }) => `${providerId} ${day}`));
    const requested = items.filter(
      (request) => !planned.has(`${agreedMatch(request)?.providerId} ${request.engagement?.visitOn}`),
    );
    return { visits, requested };
  },
  show: (visit, { visits, requested }, attempt) => {
    const asked = visits.filter(({ answerBy }) => answerBy !== null);
    return {
      title: "Mis visitas",
      main: html`<h1>${heading(visits.length + requested.length, asked.length)}</h1>
        ${
          visits.length + requested.length === 0
            ? empty("Su técnica o técnico todavía no planeó una visita para usted. Si la necesita, pídala.", {
                href: "/pedir?tipo=assistance",
                words: "Pedir una visita",
              })
            : rows([
                ...visits.map((proposal) => visitRow(visit, proposal, attempt)),
                ...requested.map((request) => requestRow(visit, request)),
              ])
        }`,
    };
  },
  actions: {
    si: action(z.object(told), async (visit, { visita, dia, hora }) => {
      await visit.call(answerPlanVisit, {
        params: { planVisitId: visita },
        body: { accept: true, told: { day: dia, startsAt: hora } },
      });
      return goTo(plannedVisitsPath, "si");
    }),
    no: action(
      z.object({
        ...told,
        motivo: kinds.choice(producerRefusals).optional,
        otro: kinds.day().optional,
      }),
      async (visit, { visita, dia, hora, motivo, otro }) => {
        await visit.call(answerPlanVisit, {
          params: { planVisitId: visita },
          body: {
            accept: false,
            told: { day: dia, startsAt: hora },
            ...(motivo ? { reason: motivo } : {}),
            ...(otro ? { otherDay: otro } : {}),
          },
        });
        return goTo(plannedVisitsPath, otro ? "otro" : "no");
      },
      (path) => (path === "body.otherDay" ? "otro" : undefined),
    ),
  },
  notices: {
    si: "Listo, la visita queda. Le recordamos la tarde anterior.",
    no: "Está bien. Avisamos que ese día no.",
    otro: "Está bien. Buscamos otro día y le avisamos.",
  },
});

function heading(all: number, asked: number): string {
  if (asked === 1) return "Le proponen una visita";
  if (asked > 1) return `Le proponen ${asked} visitas`;
  if (all === 0) return "No tiene visitas planeadas";
  return all === 1 ? "Tiene una visita acordada" : `Tiene ${all} visitas acordadas`;
}

function whereWords({
  kind,
  people,
  atTheirs,
  hostName,
  placeName: hamlet,
  districtCode,
}: PlanProposal): string {
  const place = hamlet ?? placeName(districtCode);
  if (kind === "single" || atTheirs)
    return people > 1
      ? `En su chacra, con ${counted(people - 1, "vecino más", "vecinos más")}.`
      : "En su chacra.";
  return hostName ? `En grupo, en casa de ${hostName}, ${place}.` : `En grupo, en ${place}.`;
}

function visitRow(visit: SignedVisit, proposal: PlanProposal, attempt: Attempt | null): Html {
  const { planVisitId, state, day, startsAt, providerName, topic, crop, moved, answerBy } = proposal;
  const price = priceOf(proposal);
  return row({
    title: `${capitalized(onDay(day, visit.today))}, ${wallTimeWords(startsAt)}`,
    side: state === "accepted" ? stateMark("Acordada", "good") : stateMark("Responda", "waiting"),
    lines: [
      `${capitalized(sayLesson({ topic, crop }))}. Va ${providerName}${price ? `, ${price}` : ""}.`,
      whereWords(proposal),
      moved ? movedWords(visit, moved) : null,
      answerBy ? `Tiene hasta ${deadlineWords(answerBy, visit.now)} para responder.` : null,
    ],
    more: answerBy ? answerForms(visit, { planVisitId, day, startsAt }, attempt) : null,
  });
}

function movedWords({ today }: SignedVisit, moved: NonNullable<PlanProposal["moved"]>): string {
  const why = sayPlanReason(moved.why, today);
  return `Antes era ${onDay(moved.day, today)}${why ? `: ${why}` : ""}.`;
}

function answerForms(
  visit: SignedVisit,
  { planVisitId, day, startsAt }: Pick<PlanProposal, "planVisitId" | "day" | "startsAt">,
  attempt: Attempt | null,
): Content {
  const values = { visita: planVisitId, dia: day, hora: startsAt };
  const no = formState(attempt, "no", {}, { visita: planVisitId });
  const failed = attempt?.action === "no" && attempt.typed["visita"] === planVisitId;
  return html`${actionButton(visit, formState(attempt, "si", {}, { visita: planVisitId }), "Sí, les espero ese día", { values })}
    <details ${failed ? html` open` : null}>
      <summary>No puedo ese día</summary>
      ${form(
        visit,
        no,
        html`${Object.entries(values).map(([name, value]) => hidden(name, value))}
        ${optionsField(no, {
          name: "motivo",
          label: "¿Por qué?",
          optional: true,
          of: planVisitId,
          options: producerRefusals.map((value) => ({ value, words: refusalWords[value] })),
        })}
        ${dayField(no, { name: "otro", label: "¿Qué día sí puede?", optional: true, of: planVisitId })}
        ${submit("Decir que no puedo", { quiet: true })}`,
      )}
    </details>`;
}
