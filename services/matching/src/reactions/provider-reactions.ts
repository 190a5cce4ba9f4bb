import { providerDecided } from "@minka/contracts/events";
import { providerRested } from "@minka/contracts/rests";
import {
  readProviderDecision,
  type ProviderState,
  type ProviderTransition,
} from "@minka/contracts/provider-decisions";
import type { Transaction } from "@minka/database/connect";
import { on, type EventHandler, type ServiceKit } from "@minka/service/define-service";
import { actOf, type Context } from "@minka/service/act";
import { settleComplaintsAbout } from "../complaints/settle-complaint.ts";
import { pauseSponsor } from "../sponsorships/leave-sponsor.ts";
import { leaveAsAgent } from "../plans/leave-plans.ts";
import { doubtVisits, releaseProvider, unlistProvider } from "../matches/release-provider.ts";

const gone: readonly ProviderState[] = ["held", "suspended", "closed"];
/** What an operator decides on a provider says also what they think of the complaints about it. */
const settling: Partial<Record<ProviderTransition, "upheld" | "dismissed">> = {
  reinstate: "dismissed",
  suspend: "upheld",
  expel: "upheld",
};

/**
 * A provider that is held, suspended or closed is asked for nothing any more. What counts is its state now. One that
 * begins to rest is asked for nothing new.
 */
export function providerReactions(kit: ServiceKit): EventHandler[] {
  return [
    on(providerDecided, async ({ payload: { providerId, decisionId }, trace, once }) => {
      const { decision } = await kit.call(readProviderDecision, { params: { decisionId } }, { trace });
      const outcome = settling[decision.transition];
      const settle = async (tx: Transaction) => {
        const decided = { at: new Date(decision.at), by: decision.by, trace };
        if (outcome) await settleComplaintsAbout(tx, decided, { providerId, outcome });
      };
      if (!gone.includes(decision.state)) return outcome ? once(settle) : undefined;
      const context: Context = { actor: { kind: "service", service: "catalog" }, trace, claim: null };
      const act = actOf(context, kit.clock());
      const leaver = { as: "providerId", id: providerId } as const;
      await leaveAsAgent(kit, act, leaver);
      await releaseProvider(kit, act, leaver);
      await once(async (tx) => {
        await settle(tx);
        await doubtVisits(tx, act, leaver);
        await pauseSponsor(tx, act, providerId);
      });
    }),
    on(providerRested, async ({ payload: { providerId }, trace }) => {
      const context: Context = { actor: { kind: "service", service: "catalog" }, trace, claim: null };
      await unlistProvider(kit, actOf(context, kit.clock()), { as: "providerId", id: providerId });
    }),
  ];
}
