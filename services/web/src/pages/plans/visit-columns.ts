import type { Plan, PlanVisit } from "@minka/contracts/plans";
import { sayLesson } from "@minka/language/say-plan";
import { html } from "../../design/html.ts";
import { stateMark, withQuery } from "../../design/parts.ts";
import type { Column } from "../../design/table.ts";
import { capitalized } from "../../words/field-words.ts";
import { placeWords } from "../field-work/work-words.ts";
import { visitStateWords, whenWords, whyWords, type PlanAgent } from "./plan-words.ts";

type Known = {
  /** Of the plan. */
  readonly path: string;
  readonly names: ReadonlyMap<string, string>;
  readonly plan: Plan & { readonly agents: readonly PlanAgent[] };
  readonly today: string;
};

export const agentName = ({ agents }: Known["plan"], providerId: string | null): string =>
  agents.find((each) => each.providerId === providerId)?.providerName ?? "nadie";

/** Narrows the plan to where the visit is found again. */
const visitPath = (path: string, { id, providerId, day }: PlanVisit): string =>
  withQuery(`${path}/visitas/${id}`, { agente: providerId, dia: day });

export const visitColumns = ({ path, names, plan, today }: Known): Column<PlanVisit>[] => [
  {
    title: "A quién",
    cell: (visit) =>
      html`<a href="${visitPath(path, visit)}">${names.get(visit.personId) ?? "Alguien sin nombre"}</a>`,
  },
  { title: "Dónde", cell: placeWords },
  { title: "Sobre qué", cell: (visit) => capitalized(sayLesson(visit)) },
  { title: "Quién visita", cell: ({ providerId }) => agentName(plan, providerId) },
  {
    title: "Cuándo",
    cell: (visit) =>
      html`${whenWords(visit)}${visit.kind === "group" ? html`<br /><small>en grupo</small>` : null}`,
  },
  { title: "Distancia (km)", number: true, cell: ({ km }) => km ?? "" },
  {
    title: "Cómo está",
    cell: (visit) => {
      const why =
        visit.state === "unassigned" || visit.state === "dropped" ? whyWords(visit.why, today) : null;
      return html`${stateMark(...visitStateWords(visit))}${why ? html`<br /><small>${why}</small>` : null}`;
    },
  },
];
