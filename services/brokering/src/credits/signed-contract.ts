import type { Queries } from "@minka/database/connect";
import { eq } from "@minka/database/query";
import { lotContracts } from "../lots/contracts-tables.ts";
import { lots } from "../lots/lots-tables.ts";

const gramsAKilogram = 1000;

/**
 * Whose a contract for a lot is that both sides signed, and what it is surely worth: its least weight at its price,
 * without what was paid ahead. Null for any other.
 */
export async function signedContract(
  queries: Queries,
  contractId: string,
): Promise<{ organizationId: string | null; centimos: number } | null> {
  const [found] = await queries
    .select({
      state: lotContracts.state,
      terms: lotContracts.terms,
      organizerKind: lots.organizerKind,
      organizerId: lots.organizerId,
    })
    .from(lotContracts)
    .innerJoin(lots, eq(lots.id, lotContracts.lotId))
    .where(eq(lotContracts.id, contractId));
  if (!found || found.state !== "signed" || !found.terms) return null;
  const { minimumKg, centimosPerKg, advanceCentimos } = found.terms;
  const grams = Math.round(minimumKg * gramsAKilogram);
  const worth = Math.floor((grams * centimosPerKg) / gramsAKilogram) - advanceCentimos;
  return {
    organizationId: found.organizerKind === "organization" ? found.organizerId : null,
    centimos: Math.max(0, worth),
  };
}
