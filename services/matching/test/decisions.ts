import { providerDecided } from "@minka/contracts/events";
import { readProviderDecision, type ProviderState } from "@minka/contracts/provider-decisions";
import type { Database } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";

const at = new Date("2026-11-24T12:00:00Z");
const steps = { held: "hold", suspended: "suspend", closed: "close", verified: "reinstate" } as const;
type Decision = { providerId: string; to: keyof typeof steps };

/** What a catalog decides on providers, as it would tell and answer it. */
export function createDecisions(db: () => Database | undefined) {
  const states = new Map<string, ProviderState>();
  const decisions = new Map<string, Decision>();
  return {
    routes(app: App): void {
      mountEndpoint(app, readProviderDecision, async ({ params: { decisionId: id } }) => {
        const { providerId, to } = decisions.get(id)!;
        const what = { id, transition: steps[to], from: "verified", to, reason: "quejas" } as const;
        const whose = { providerId, providerName: "Rosa Tuanama", personId: newId() };
        const decided = { by: `person:${newId()}`, at: at.toISOString() };
        return { decision: { ...what, ...whose, ...decided, state: states.get(providerId) ?? to } };
      });
    },
    /** The decision takes effect; the news of it is told when the answer is called. */
    decide(providerId: string, to: keyof typeof steps): () => Promise<void> {
      const decisionId = newId();
      decisions.set(decisionId, { providerId, to });
      states.set(providerId, to);
      return async () => {
        await db()?.transaction((tx) =>
          emit(tx, providerDecided, { providerId, decisionId, by: "operator" }, { at, trace: "decision" }),
        );
      };
    },
  };
}
