import { listPlanVisits, planVisitStates, type PlanVisit } from "@minka/contracts/plans";
import * as kinds from "../../forms/field-kinds.ts";
import { asked, askedDay, askedOf, type Asking } from "../../visits/asked.ts";
import type { SignedVisit } from "../../visits/visit.ts";

type Filter = Readonly<Record<string, string | undefined>>;

/** What an address narrows visits by. */
export function visitFilter(visit: Asking) {
  const agent = asked(visit, "agente", kinds.optionalId("No está en este plan."));
  const [day, state] = [askedDay(visit, "dia"), askedOf(visit, "estado", planVisitStates)];
  return {
    ...(agent ? { providerId: agent } : {}),
    ...(day ? { day } : {}),
    ...(state ? { state } : {}),
  };
}

/** All visits of a plan that the filter leaves, up to a limit. */
export async function allVisits(
  visit: SignedVisit,
  planId: string,
  filter: Filter,
  most = 5_000,
): Promise<PlanVisit[]> {
  const visits: PlanVisit[] = [];
  let cursor: string | undefined;
  do {
    const page: { items: PlanVisit[]; next: string | null } = await visit.call(listPlanVisits, {
      params: { planId },
      query: { ...visitFilter({ query: filter, misread: visit.misread }), cursor, limit: 100 },
    });
    visits.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && visits.length < most);
  return visits;
}
