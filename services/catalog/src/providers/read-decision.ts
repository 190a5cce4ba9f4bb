import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { readProviderDecision as contract } from "@minka/contracts/provider-decisions";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import { providers } from "../tables.ts";
import { providerDecisions } from "./providers-tables.ts";

/** A decision with whom to tell about it. */
export async function readDecision(
  queries: Queries,
  decisionId: string,
): Promise<HandlerAnswer<typeof contract>> {
  const [found] = await queries
    .select({ decision: providerDecisions, provider: providers })
    .from(providerDecisions)
    .innerJoin(providers, eq(providers.id, providerDecisions.providerId))
    .where(eq(providerDecisions.id, decisionId));
  if (!found) throw new DomainError("not-found", "decision-unknown", "No decision has this id.");
  const { decision, provider } = found;
  return {
    decision: {
      ...decision,
      at: decision.at.toISOString(),
      providerName: provider.name,
      personId: provider.personId,
      state: provider.state,
    },
  };
}
