import { providerDecided } from "@minka/contracts/events";
import { readProviderDecision, type ProviderState } from "@minka/contracts/providers";
import { on, type EventHandler, type ServiceKit } from "@minka/service/define-service";
import { actOf, type Context } from "../acting.ts";
import { doubtVisits, releaseProvider } from "../matches/release-provider.ts";

const gone: readonly ProviderState[] = ["suspended", "closed"];

/** A provider that is suspended or closed is asked for nothing any more. What counts is its state now. */
export function providerReactions(kit: ServiceKit): EventHandler[] {
  return [
    on(providerDecided, async ({ payload: { providerId, decisionId }, trace, once }) => {
      const { decision } = await kit.call(readProviderDecision, { params: { decisionId } }, { trace });
      if (!gone.includes(decision.state)) return;
      const context: Context = { actor: { kind: "service", service: "catalog" }, trace, claim: null };
      const act = actOf(context, kit.clock());
      const leaver = { as: "providerId", id: providerId } as const;
      await releaseProvider(kit, act, leaver);
      await once((tx) => doubtVisits(tx, act, leaver));
    }),
  ];
}
