import { readOrganization } from "@minka/contracts/organizations";
import { listPlans, makePlan, type Plan } from "@minka/contracts/plans";
import { listPresent, type Presence } from "@minka/contracts/presence";
import { addMonths, limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import { form, numberField, optionsField, selectField, submit } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, pager, row, rows, stateMark } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { askedCursor } from "../../visits/asked.ts";
import { goTo } from "../../visits/destination.ts";
import { action, type View } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, dayWords, monthWords, timeWords } from "../../words/field-words.ts";
import { visitCount } from "../field-work/work-words.ts";
import { agentsOf } from "./plan-agents.ts";
import type { Desk, DeskOf } from "./plan-desk.ts";
import { kmWords, planState } from "./plan-words.ts";
import { fieldWorkRefusals } from "../../words/refusals/field-work.ts";

type Agents = Awaited<ReturnType<typeof agentsOf>>;
type Data = {
  readonly desk: Desk;
  readonly plans: { readonly items: readonly Plan[]; readonly next: string | null };
  readonly agents: Agents;
  readonly present: readonly Presence[] | null;
  readonly names: ReadonlyMap<string, string>;
  /** Whose a plan is, where it is not shown at the organization's own desk. */
  readonly organizations: ReadonlyMap<string, string>;
};

/** How many months ahead a plan may be made from here. */
const monthsAhead = 3;

const wanted = z.object({
  mes: kinds.text(7, "Elija el mes.").required,
  quienes: kinds.list(kinds.id(), { most: 100 }),
  grupo: kinds.wholeNumber({ least: 1, most: 40 }).optional,
  caminar: kinds.decimal({ least: 0, most: 10, unit: "km" }).optional,
  conservar: kinds.decimal({ least: 0, most: 100, unit: "km" }).optional,
});

/** The list of plans and the making of one: the same for an organization and for operators. */
export const plansPageOf = <Params>(deskOf: DeskOf<Params>) => ({
  async read(visit: SignedVisit<Params>): Promise<Data> {
    const desk = deskOf(visit);
    const { organizationId } = desk;
    const [plans, agents, now] = await Promise.all([
      visit.call(listPlans, {
        query: {
          ...(organizationId === null ? {} : { organizationId }),
          cursor: askedCursor(visit),
          limit: 20,
        },
      }),
      agentsOf(visit, desk),
      organizationId === null ? visit.callIfAny(listPresent, { query: {} }) : null,
    ]);
    const present = now?.presences ?? null;
    const names = await visit.namesOf((present ?? []).map(({ personId }) => personId));
    const organizations = organizationId === null ? await organizationNames(visit, plans.items) : new Map();
    return { desk, plans, agents, present, names, organizations };
  },
  show(
    visit: SignedVisit<Params>,
    { desk, plans, agents, present, names, organizations }: Data,
    attempt: Attempt | null,
  ): View {
    const waiting = plans.items.filter(({ state }) => state === "draft").length;
    return {
      title: "Planes de visitas",
      desk: true,
      main: html`<h1>
          ${waiting > 0 ? (waiting === 1 ? "Un plan espera su aprobación" : `${waiting} planes esperan su aprobación`) : "Planes de visitas, mes por mes"}
        </h1>
        <div class="columns">
          <section>
            <h2>Planes</h2>
            ${
              plans.items.length === 0
                ? empty(
                    "Todavía no hay ningún plan. Con la lista de a quiénes atiende cada técnica o técnico, Minka arma el mes: a quién visita, qué día y en qué orden.",
                  )
                : rows(plans.items.map((plan) => planRow(desk, plan, { today: visit.today, organizations })))
            }
            ${pager(desk.base, visit.query, plans.next)} ${present ? presentNow(present, names) : null}
          </section>
          <section>
            <h2>Hacer un plan</h2>
            ${making(visit, attempt, agents, desk)}
            ${
              agents.length > 0
                ? html`<h2>A quiénes atiende cada persona</h2>
                    <details>
                      <summary>Ver las ${agents.length === 1 ? "listas" : `${agents.length} listas`}</summary>
                      ${rows(agents.map(({ id, name }) => row({ title: name, href: `/mi-servicio/${id}/atendidos` })))}
                    </details>`
                : null
            }
          </section>
        </div>`,
    };
  },
  actions: {
    hacer: action(
      wanted,
      async (visit: SignedVisit<Params>, { mes, quienes, grupo, caminar, conservar }) => {
        const { base, organizationId } = deskOf(visit);
        const { planId } = await visit.call(makePlan, {
          body: {
            month: mes,
            organizationId,
            ...(quienes.length > 0 ? { agentProviderIds: quienes } : {}),
            ...(grupo === undefined ? {} : { groupMax: grupo }),
            ...(caminar === undefined ? {} : { groupRadiusKm: caminar }),
            ...(conservar === undefined ? {} : { keepKm: conservar }),
          },
        });
        return goTo(`${base}/${planId}`, "empezado");
      },
      (path: string) =>
        path.endsWith("month") ? "mes" : path.includes("agentProviderIds") ? "quienes" : undefined,
    ),
  },
  refusals: fieldWorkRefusals,
  notices: { descartado: "Plan descartado. Nadie recibió nada de él." },
});

async function organizationNames(
  visit: SignedVisit,
  plans: readonly Plan[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(plans.flatMap(({ organizationId }) => organizationId ?? []))];
  const read = await Promise.all(
    ids.map((organizationId) => visit.callIfAny(readOrganization, { params: { organizationId } })),
  );
  return new Map(
    read.flatMap((answer) => (answer ? [[answer.organization.id, answer.organization.name]] : [])),
  );
}

function planRow(
  desk: Desk,
  plan: Plan,
  { today, organizations }: { today: string } & Pick<Data, "organizations">,
): Html {
  const { figures } = plan;
  return row({
    title: capitalized(monthWords(plan.month, today)),
    href: `${desk.base}/${plan.id}`,
    side: stateMark(...planState(plan)),
    lines: [
      figures
        ? `${visitCount(figures.visits)}, ${figures.unassigned === 0 ? "todas con alguien" : `${figures.unassigned} con nadie`}. ${kmWords(figures.totalKm)} en todo el mes.`
        : null,
      `Hecho el ${dayWords(limaDay(new Date(plan.createdAt)), today)}`,
      organizations.get(plan.organizationId ?? ""),
    ],
  });
}

function making(visit: SignedVisit, attempt: Attempt | null, agents: Agents, desk: Desk): Content {
  const first = addMonths(`${visit.today.slice(0, 7)}-01`, 1).slice(0, 7);
  const months = Array.from({ length: monthsAhead + 1 }, (_, index) =>
    addMonths(`${visit.today.slice(0, 7)}-01`, index).slice(0, 7),
  );
  const state = formState(attempt, "hacer", { mes: first, grupo: 8, caminar: "1.5", conservar: 5 });
  if (agents.length === 0 && desk.organizationId !== null)
    return empty(
      "Su organización todavía no tiene técnicas ni técnicos. Cada quien le da permiso en su servicio: «Datos y personal», «Personal y permisos», «Organizaciones con permiso».",
    );
  return form(
    visit,
    state,
    html`${selectField(state, { name: "mes", label: "¿De qué mes?", options: months.map((value) => ({ value, words: capitalized(monthWords(value, visit.today)) })) })}
      <details ${state.isChosen("quienes", agents[0]?.id ?? "") ? html` open` : null}>
        <summary>Solo con algunas personas</summary>
        ${optionsField(state, { name: "quienes", label: "¿Con quiénes?", hint: "Si no marca a nadie, entran todas las personas que se pueda.", many: true, options: agents.map(({ id, name }) => ({ value: id, words: name })) })}
      </details>
      <details ${Object.keys(state.errors).length > 0 ? html` open` : null}>
        <summary>Grupos y distancias</summary>
        ${numberField(state, { name: "grupo", label: "¿Cuántas personas juntas, a lo más?", hint: "1: nadie en grupo.", inputmode: "numeric", unit: "personas", maxlength: 2 })}
        ${numberField(state, { name: "caminar", label: "¿Cuánto camina alguien hasta su grupo, a lo más?", unit: "km", maxlength: 4 })}
        ${numberField(state, { name: "conservar", label: "¿Cuánto más lejos se va para que les visite la misma persona?", unit: "km", maxlength: 4 })}
      </details>
      ${submit("Hacer el plan")}
      <p class="quiet">Nadie recibe nada hasta que usted lo apruebe.</p>`,
  );
}

/** Where somebody is told to nobody but operators. */
function presentNow(present: readonly Presence[], names: ReadonlyMap<string, string>): Html {
  return html`<h2>Quién está ahora en una visita</h2>
    ${
      present.length === 0
        ? html`<p>Ahora nadie avisó que está en una visita.</p>`
        : rows(
            present.map(({ personId, arrivedAt, expectedUntil, overdueAt }) =>
              row({
                title: names.get(personId) ?? "Alguien sin nombre",
                side: overdueAt ? stateMark("No avisó que salió", "bad") : stateMark("En la visita", "going"),
                lines: [
                  `Llegó a las ${timeWords(arrivedAt)} y pensaba salir a las ${timeWords(expectedUntil)}`,
                ],
              }),
            ),
          )
    }`;
}
