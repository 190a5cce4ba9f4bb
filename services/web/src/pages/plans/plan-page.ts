import {
  approvePlan,
  discardPlan,
  listPlanVisits,
  readPlan,
  replanPlan,
  type PlanVisit,
} from "@minka/contracts/plans";
import type { Answer } from "@minka/contracts/endpoint";
import { z } from "zod";
import { actionButton } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { chips, empty, notice, pager, stateMark, waits, withQuery } from "../../design/parts.ts";
import { filters, table } from "../../design/table.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { askedCursor } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, type View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { counted, monthWords } from "../../words/field-words.ts";
import { pointsOf } from "../field-work/place-points.ts";
import { agentReason } from "../field-work/visit-actions.ts";
import { visitCount } from "../field-work/work-words.ts";
import type { Desk, DeskOf } from "./plan-desk.ts";
import { planMap } from "./plan-map.ts";
import {
  agentAnswer,
  kmWords,
  peopleCount,
  planState,
  planWhy,
  qualityWords,
  visitStateOptions,
  whyWords,
  type PlanAgent,
} from "./plan-words.ts";
import { visitFilter } from "./read-visits.ts";
import { replanning } from "./replanning.ts";
import { visitColumns } from "./visit-columns.ts";
import { fieldWorkRefusals } from "../../words/refusals/field-work.ts";

type PlanParams = { readonly planId: string };
type OnePlan = Answer<typeof readPlan>["plan"];
type Data = {
  readonly desk: Desk;
  readonly plan: OnePlan;
  readonly visits: { readonly items: readonly PlanVisit[]; readonly next: string | null };
  readonly names: ReadonlyMap<string, string>;
  /** Those of the whole plan that are with nobody. */
  readonly unassigned: readonly PlanVisit[];
  readonly pointOf: Awaited<ReturnType<typeof pointsOf>>;
};

const days = kinds.list(z.iso.date({ error: "Elija entre los días." }), { most: 31 });

/** One plan: how good it is, who visits whom and when, what is with nobody and why; approved or thrown away. */
export const planPageOf = <Params extends PlanParams>(deskOf: DeskOf<Params>) => ({
  async read(visit: SignedVisit<Params>): Promise<Data> {
    const params = { planId: visit.params.planId };
    const [{ plan }, visits, unassigned] = await Promise.all([
      visit.call(readPlan, { params }),
      visit.call(listPlanVisits, {
        params,
        query: { ...visitFilter(visit), cursor: askedCursor(visit), limit: 100 },
      }),
      visit.call(listPlanVisits, { params, query: { state: "unassigned", limit: 100 } }),
    ]);
    const [names, pointOf] = await Promise.all([
      visit.namesOf(visits.items.map(({ personId }) => personId)),
      pointsOf(visit, visits.items),
    ]);
    return { desk: deskOf(visit), plan, visits, names, unassigned: unassigned.items, pointOf };
  },
  show(visit: SignedVisit<Params>, data: Data, attempt: Attempt | null): View {
    const { desk, plan } = data;
    const said = monthWords(plan.month, visit.today);
    return {
      title: `Plan de ${said}`,
      desk: true,
      main: html`<h1>Plan de ${said}: ${titleWords(plan)}</h1>
        <p>${stateMark(...planState(plan))}</p>
        ${plan.computing ? waits(html`Minka está armando el plan. Suele tardar menos de un minuto. <a href="${desk.base}/${plan.id}">Mirar otra vez</a>`) : null}
        ${plan.why && !plan.computing ? notice(planWhy(plan.why)) : null} ${decision(visit, data, attempt)}
        ${plan.figures ? figures(plan.figures) : null} ${plan.agents.length > 0 ? agents(data, visit) : null}
        ${whyNot(data, visit.today)} ${plan.figures ? visitList(visit, data) : null}
        ${plan.computing || !isOpen(plan) ? null : replanning(visit, attempt, plan)}
        <p><a class="more" href="${desk.base}">Todos los planes</a></p>`,
    };
  },
  actions: {
    aprobar: action(z.object({}), async (visit: SignedVisit<Params>) => {
      await visit.call(approvePlan, { params: { planId: visit.params.planId } });
      return goTo(`${deskOf(visit).base}/${visit.params.planId}`, "aprobado");
    }),
    descartar: action(z.object({}), async (visit: SignedVisit<Params>) => {
      await visit.call(discardPlan, { params: { planId: visit.params.planId } });
      return goTo(deskOf(visit).base, "descartado");
    }),
    acomodar: action(
      z.object({ tecnico: kinds.optionalId(), dias: days, motivo: agentReason }),
      async (visit: SignedVisit<Params>, { tecnico, dias, motivo }) => {
        const unavailable = tecnico && {
          providerId: tecnico,
          ...(dias.length > 0 ? { days: dias } : {}),
          ...(motivo ? { reason: motivo } : {}),
        };
        await visit.call(replanPlan, {
          params: { planId: visit.params.planId },
          body: unavailable ? { unavailable } : {},
        });
        return goTo(`${deskOf(visit).base}/${visit.params.planId}`, "acomodando");
      },
    ),
  },
  refusals: fieldWorkRefusals,
  notices: {
    empezado: "Empezamos a armar el plan. Mírelo antes de aprobarlo: nadie recibe nada hasta entonces.",
    aprobado:
      "Plan aprobado. Le preguntamos a cada técnica o técnico si acepta su mes, y después a cada persona.",
    acomodando: "Estamos acomodando lo que falta, moviendo a las menos personas posibles.",
    quitada: "Esa visita ya no está en el plan. Avisamos a quien la esperaba.",
  },
});

const isOpen = ({ state }: OnePlan) => state === "draft" || state === "approved";

function titleWords({ figures: made, agents: all, state }: OnePlan): string {
  if (made?.assigned === 0) return "sin visitas";
  if (made)
    return `${peopleCount(all.length)} ${all.length === 1 ? "hace" : "hacen"} ${visitCount(made.assigned)}`;
  return state === "failed" ? "no se pudo hacer" : "en camino";
}

function decision(visit: SignedVisit, { plan, desk }: Data, attempt: Attempt | null): Content {
  if (plan.computing) return null;
  if (plan.state === "draft" && plan.figures?.assigned === 0)
    return html`${notice(
      plan.figures.visits === 0
        ? html`No hay visitas porque nadie está en las listas de a quiénes atiende cada técnica o técnico.
            Ponga ahí a quienes toca visitar, descarte este plan y haga otro.
            <a href="${desk.base}">Ver las listas</a>`
        : "Ninguna visita quedó con alguien: abajo dice por qué. Descarte este plan y haga otro.",
    )}
    ${actionButton(visit, formState(attempt, "descartar"), "Descartar este plan", { danger: true })}`;
  if (plan.state === "draft")
    return html`<p>
        Mírelo abajo. Con su aprobación avisamos a ${peopleCount(plan.agents.length)}, y después a quienes
        reciben la visita.
      </p>
      ${actionButton(visit, formState(attempt, "aprobar"), `Aprobar el plan · ${visitCount(plan.figures?.assigned ?? 0)}`)}
      ${actionButton(visit, formState(attempt, "descartar"), "Descartar este plan", { danger: true })}`;
  if (plan.state === "failed")
    return actionButton(visit, formState(attempt, "descartar"), "Descartar este plan", { danger: true });
  if (plan.state === "discarded")
    return html`<p>Este plan no vale. <a href="${desk.base}">Haga otro</a> si hace falta.</p>`;
  return null;
}

function figures(made: NonNullable<OnePlan["figures"]>): Html {
  return html`<h2>Las cifras</h2>
    <div class="figures">
      <p><b>${made.assigned}</b> visitas con alguien</p>
      <p><b>${made.unassigned}</b> con nadie</p>
      <p><b>${made.groupSessions}</b> en grupo</p>
      <p><b>${kmWords(made.totalKm)}</b> en todo el mes</p>
    </div>
    <p class="quiet">
      Como se calculó al comienzo: ${counted(made.sessions, "parada", "paradas")}. ${qualityWords(made)} Los
      kilómetros son en línea recta desde donde sale cada uno.
    </p>`;
}

function agents({ plan, desk }: Data, visit: SignedVisit): Html {
  const path = `${desk.base}/${plan.id}`;
  return html`<h2>Quiénes visitan</h2>
    ${table(
      { caption: "Técnicas y técnicos del plan", path, query: visit.query },
      [
        {
          title: "Nombre",
          cell: ({ providerId, providerName }: PlanAgent) =>
            html`<a href="${withQuery(path, { agente: providerId })}#visitas">${providerName}</a>`,
        },
        { title: "Visitas", number: true, cell: ({ visits }: PlanAgent) => visits },
        { title: "Días", number: true, cell: (agent: PlanAgent) => agent.days },
        { title: "Su respuesta", cell: (agent: PlanAgent) => stateMark(...agentAnswer(agent)) },
        {
          title: "Su lista",
          cell: ({ providerId, providerName }: PlanAgent) =>
            html`<a href="/mi-servicio/${providerId}/atendidos">A quiénes atiende ${providerName}</a>`,
        },
      ],
      plan.agents,
    )}`;
}

function visitList(visit: SignedVisit, { plan, desk, visits, names, pointOf }: Data): Html {
  const path = `${desk.base}/${plan.id}`;
  const { agente, estado } = visit.query;
  const chosen = plan.agents.find(({ providerId }) => providerId === agente);
  return html`<section id="visitas">
    <h2>Las visitas${chosen ? ` de ${chosen.providerName}` : ""}</h2>
    ${chips("Qué visitas", [
      { href: `${path}#visitas`, words: "Todas", current: !agente && !estado },
      {
        href: `${withQuery(path, { estado: "unassigned" })}#visitas`,
        words: "Con nadie",
        current: estado === "unassigned",
      },
    ])}
    ${filters(
      path,
      visit.query,
      [
        {
          name: "agente",
          label: "Quién visita",
          all: "Todas las personas",
          options: plan.agents.map(({ providerId, providerName }) => ({
            value: providerId,
            words: providerName,
          })),
        },
        { name: "dia", label: "Día", type: "date" },
        { name: "estado", label: "Cómo está", all: "Como sea", options: visitStateOptions },
      ],
      `${path}/visitas.csv`,
    )}
    ${
      visits.items.length === 0
        ? empty("No hay visitas así en este plan.", { href: path, words: "Ver todas" })
        : html`${planMap(visits.items, pointOf)}
          ${table({ caption: "Visitas por día y hora", path, query: visit.query }, visitColumns({ path, names, plan, today: visit.today }), visits.items)}
          ${pager(path, visit.query, visits.next)}`
    }
  </section>`;
}

/** Why visits are with nobody, the most frequent reason first. */
function whyNot({ plan, desk, unassigned }: Data, today: string): Content {
  if (unassigned.length === 0 || plan.computing) return null;
  const counts = new Map<string, number>();
  for (const { why } of unassigned) {
    const words = whyWords(why, today) ?? "Falta buscarle a alguien";
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const reasons = [...counts].toSorted((one, other) => other[1] - one[1]);
  return html`<h2>Por qué algunas están con nadie</h2>
    <ul class="rows">
      ${reasons.map(([words, count]) => html`<li>${words}: ${visitCount(count)}</li>`)}
    </ul>
    <p>
      <a class="more" href="${withQuery(`${desk.base}/${plan.id}`, { estado: "unassigned" })}#visitas"
        >Ver las que están con nadie</a
      >
    </p>`;
}
