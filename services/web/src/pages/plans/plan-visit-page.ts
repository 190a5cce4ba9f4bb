import {
  listPlanVisits,
  movePlanVisit,
  readPlan,
  removePlanVisit,
  type PlanVisit,
} from "@minka/contracts/plans";
import type { Answer } from "@minka/contracts/endpoint";
import { DomainError } from "@minka/domain/errors";
import { sayLesson } from "@minka/language/say-plan";
import { limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import { actionButton, dayField, form, selectField, submit, textField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { facts, row, rows, stateMark, waits, withQuery } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, type View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, dayWords, timeWords } from "../../words/field-words.ts";
import { placeWords } from "../field-work/work-words.ts";
import type { Desk, DeskOf } from "./plan-desk.ts";
import { kmWords, visitStateWords, whenWords, whyWords } from "./plan-words.ts";
import { allVisits } from "./read-visits.ts";
import { agentName } from "./visit-columns.ts";
import { fieldWorkRefusals } from "../../words/refusals/field-work.ts";

type VisitParams = { readonly planId: string; readonly planVisitId: string };
type OnePlan = Answer<typeof readPlan>["plan"];
type Data = {
  readonly desk: Desk;
  readonly plan: OnePlan;
  readonly planned: PlanVisit;
  /** Sessions of the same lesson that they may join. */
  readonly sessions: readonly { readonly visit: PlanVisit; readonly people: number }[];
  readonly names: ReadonlyMap<string, string>;
};

const hour = kinds
  .text(5, "Escriba la hora, por ejemplo 08:30.")
  .required.pipe(z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, { error: "Escriba la hora así: 08:30." }));

/** One visit of a plan: put to another agent, day, hour or group, or taken out. */
export const planVisitPageOf = <Params extends VisitParams>(deskOf: DeskOf<Params>) => {
  const planPath = (visit: SignedVisit<Params>) => `${deskOf(visit).base}/${visit.params.planId}`;
  const moved = (visit: SignedVisit<Params>, { id, providerId, day }: PlanVisit) =>
    goTo(withQuery(`${planPath(visit)}/visitas/${id}`, { agente: providerId, dia: day }), "movida");
  return {
    async read(visit: SignedVisit<Params>): Promise<Data> {
      const { planId, planVisitId } = visit.params;
      const { plan } = await visit.call(readPlan, { params: { planId } });
      const { items } = await visit.call(listPlanVisits, {
        params: { planId },
        query: { planVisitId, limit: 1 },
      });
      const [planned] = items;
      if (!planned) throw new DomainError("not-found", "no-such-page", "Nothing is here.");
      const others = await allVisits(visit, planId, { agente: planned.providerId ?? undefined }, 300);
      const sessions = sessionsFor(planned, others, visit.today);
      const names = await visit.namesOf([planned.personId, ...sessions.map((each) => each.visit.personId)]);
      return { desk: deskOf(visit), plan, planned, sessions, names };
    },
    show(visit: SignedVisit<Params>, data: Data, attempt: Attempt | null): View {
      const { desk, plan, planned, names } = data;
      const name = names.get(planned.personId) ?? "Alguien sin nombre";
      const why = whyWords(planned.why, visit.today);
      const open = !plan.computing && (plan.state === "draft" || plan.state === "approved");
      return {
        title: `Visita a ${name}`,
        desk: true,
        main: html`<h1>Visita a ${name}</h1>
          <p>${stateMark(...visitStateWords(planned))}</p>
          ${facts([
            ["Sobre qué", capitalized(sayLesson(planned))],
            ["Dónde", placeWords(planned)],
            ["Quién visita", agentName(plan, planned.providerId)],
            ["Cuándo", `${whenWords(planned)}${planned.kind === "group" ? ", en grupo" : ""}`],
            planned.km === null ? null : ["Desde donde sale quien visita", kmWords(planned.km)],
            planned.previousProviderId === null
              ? null
              : [
                  "El mes pasado",
                  planned.previousProviderId === planned.providerId ? "la misma persona" : "otra persona",
                ],
            why === null ? null : ["Por qué", why],
          ])}
          ${plan.computing ? waits("Minka está acomodando el plan. Mire otra vez en un momento: hasta entonces no se mueve nada.") : null}
          ${open && planned.state !== "dropped" ? html`${moving(visit, data, attempt)} ${joining(visit, data, attempt)} ${removing(visit, name, attempt)}` : null}
          ${planned.moves.length > 0 ? history(data, visit.today) : null}
          <p><a class="more" href="${desk.base}/${plan.id}#visitas">Todo el plan</a></p>`,
      };
    },
    actions: {
      mover: action(
        z.object({ tecnico: kinds.id(), dia: kinds.day().required, hora: hour }),
        async (visit: SignedVisit<Params>, { tecnico, dia, hora }) => {
          const { visit: after } = await visit.call(movePlanVisit, {
            params: { planVisitId: visit.params.planVisitId },
            body: { providerId: tecnico, day: dia, startsAt: hora.padStart(5, "0") },
          });
          return moved(visit, after);
        },
        (path: string) =>
          ({ providerId: "tecnico", day: "dia", startsAt: "hora" })[path.split(".").at(-1) ?? ""],
      ),
      juntar: action(z.object({ grupo: kinds.id() }), async (visit: SignedVisit<Params>, { grupo }) => {
        const { visit: after } = await visit.call(movePlanVisit, {
          params: { planVisitId: visit.params.planVisitId },
          body: { sessionId: grupo },
        });
        return moved(visit, after);
      }),
      quitar: action(z.object({}), async (visit: SignedVisit<Params>) => {
        await visit.call(removePlanVisit, { params: { planVisitId: visit.params.planVisitId } });
        return goTo(planPath(visit), "quitada");
      }),
    },
    refusals: fieldWorkRefusals,
    notices: { movida: "Visita movida. A quien ya le habíamos preguntado, le preguntamos otra vez." },
  };
};

/** Stops ahead on the same lesson, other than their own, each by the first who is at it. */
function sessionsFor(planned: PlanVisit, others: readonly PlanVisit[], today: string): Data["sessions"] {
  const same = others.filter(
    (each) =>
      each.sessionId !== null &&
      each.sessionId !== planned.sessionId &&
      each.topic === planned.topic &&
      each.crop === planned.crop &&
      (each.day ?? "") > today,
  );
  return [...Map.groupBy(same, ({ sessionId }) => sessionId).values()].flatMap((people) =>
    people[0] ? [{ visit: people[0], people: people.length }] : [],
  );
}

function moving(visit: SignedVisit, { plan, planned }: Data, attempt: Attempt | null): Html {
  const state = formState(attempt, "mover", {
    tecnico: planned.providerId,
    dia: planned.day,
    hora: planned.startsAt,
  });
  return html`<h2>Moverla</h2>
    ${form(
      visit,
      state,
      html`${selectField(state, { name: "tecnico", label: "¿Quién visita?", none: "Elija", options: plan.agents.map(({ providerId, providerName }) => ({ value: providerId, words: providerName })) })}
      ${dayField(state, { name: "dia", label: "¿Qué día?" })}
      ${textField(state, { name: "hora", type: "time", label: "¿A qué hora?", autocomplete: "off" })}
      ${submit("Mover la visita")}`,
    )}`;
}

function joining(visit: SignedVisit, { sessions, names }: Data, attempt: Attempt | null): Content {
  if (sessions.length === 0) return null;
  const state = formState(attempt, "juntar");
  return html`<h2>Juntarla con otra</h2>
    ${form(
      visit,
      state,
      html`${selectField(state, {
        name: "grupo",
        label: "¿Con quién?",
        none: "Elija",
        options: sessions.slice(0, 60).map(({ visit: one, people }) => ({
          value: one.sessionId ?? "",
          words: `${whenWords(one)}, ${names.get(one.personId) ?? "alguien"}${people > 1 ? ` y ${people - 1} más` : ""}, ${placeWords(one)}`,
        })),
      })}
      ${submit("Juntar las visitas", { quiet: true })}`,
    )}`;
}

const removing = (visit: SignedVisit, name: string, attempt: Attempt | null): Html =>
  html`<h2>Sacarla del plan</h2>
    <p>Si ya le preguntamos a ${name}, le avisamos que no va.</p>
    ${actionButton(visit, formState(attempt, "quitar"), "Sacar esta visita del plan", { danger: true })}`;

function history({ planned, plan }: Data, today: string): Html {
  const where = (at: PlanVisit["moves"][number]["from"]) =>
    at === null ? "con nadie" : `${agentName(plan, at.providerId)}, ${whenWords(at)}`;
  return html`<h2>Lo que se movió</h2>
    ${rows(
      planned.moves.map(({ at, from, to, why }) =>
        row({
          title: to === null ? "Quedó con nadie" : `Pasó a ${where(to)}`,
          lines: [
            `Antes: ${where(from)}. El ${dayWords(limaDay(new Date(at)), today)} a las ${timeWords(at)}`,
            whyWords(why, today),
          ],
        }),
      ),
    )}`;
}
