import { readPlan } from "@minka/contracts/plans";
import { sayLesson } from "@minka/language/say-plan";
import { csv } from "../../design/table.ts";
import {
  Download,
  operatorPage,
  signedFile,
  signedPage,
  type FileRoute,
  type Page,
} from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { placeWords } from "../field-work/work-words.ts";
import { operatorDesk, organizationDesk } from "./plan-desk.ts";
import { planPageOf } from "./plan-page.ts";
import { planVisitPageOf } from "./plan-visit-page.ts";
import { visitStateWords, whyWords } from "./plan-words.ts";
import { plansPageOf } from "./plans-page.ts";
import { allVisits } from "./read-visits.ts";
import { agentName } from "./visit-columns.ts";

const organization = "/mi-organizacion/:organizationId/planes" as const;
const operator = "/operador/planes" as const;
type Organization = { readonly organizationId: string };
type Plan = { readonly planId: string };
type Planned = { readonly planVisitId: string };

/** Plans of agents' months for whoever makes them: the same views at an organization's desk and at an operator's. */
export const planPages: readonly Page[] = [
  signedPage(organization)(plansPageOf(organizationDesk)),
  signedPage(`${organization}/:planId`)(planPageOf<Organization & Plan>(organizationDesk)),
  signedPage(`${organization}/:planId/visitas/:planVisitId`)(
    planVisitPageOf<Organization & Plan & Planned>(organizationDesk),
  ),
  operatorPage(operator)(plansPageOf(operatorDesk)),
  operatorPage(`${operator}/:planId`)(planPageOf(operatorDesk)),
  operatorPage(`${operator}/:planId/visitas/:planVisitId`)(planVisitPageOf(operatorDesk)),
];

export const planFiles: readonly FileRoute[] = [
  signedFile(`${organization}/:planId/visitas.csv`, visitsFile),
  signedFile(`${operator}/:planId/visitas.csv`, visitsFile, "operator"),
];

/** The visits of a plan for a spreadsheet, with the filters of the page. */
async function visitsFile(visit: SignedVisit<{ readonly planId: string }>): Promise<Download> {
  const { planId } = visit.params;
  const { plan } = await visit.call(readPlan, { params: { planId } });
  const visits = await allVisits(visit, planId, visit.query);
  const names = await visit.namesOf(visits.map(({ personId }) => personId));
  const bytes = csv(
    [
      "A quién",
      "Dónde",
      "Sobre qué",
      "Quién visita",
      "Día",
      "Hora",
      "En grupo",
      "km",
      "Cómo está",
      "Por qué",
    ],
    visits.map((one) => [
      names.get(one.personId) ?? "",
      placeWords(one),
      sayLesson(one),
      one.providerId === null ? "" : agentName(plan, one.providerId),
      one.day,
      one.startsAt,
      one.kind === "group" ? "sí" : "no",
      one.km,
      visitStateWords(one)[0],
      whyWords(one.why, visit.today) ?? "",
    ]),
  );
  return new Download({
    fileName: `visitas-${plan.month}.csv`,
    contentType: "text/csv; charset=utf-8",
    bytes,
  });
}
