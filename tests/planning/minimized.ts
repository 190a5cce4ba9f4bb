import type { AssignedVisits } from "@minka/visit-planning/assign-visits";
import type { AssignmentInstance } from "@minka/visit-planning/eligible-pairs";

/** Km, less `keepKm` for each visit that stays with its agent. */
export function minimized(
  { visits, keepKm = 0 }: AssignmentInstance,
  { totalKm, assignments }: AssignedVisits,
): number {
  const previous = new Map(visits.map(({ id, previousAgent }) => [id, previousAgent]));
  const kept = assignments.filter(({ visit, agent }) => previous.get(visit) === agent).length;
  return totalKm - keepKm * kept;
}
