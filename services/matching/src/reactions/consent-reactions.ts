import { consentWithdrawn } from "@minka/contracts/events";
import { readPerson } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { CallOptions, Caller } from "@minka/http/caller";
import { on, type EventHandler, type ServiceKit } from "@minka/service/define-service";
import { actOf, type Context } from "@minka/service/act";
import { doubtVisits, releaseProvider } from "../matches/release-provider.ts";
import { leaveAsAgent, leaveAsProducer } from "../plans/leave-plans.ts";
import { cancelOpenRequests } from "../requests/cancel-open-requests.ts";

/**
 * Who no longer agrees that Minka serves them has their requests called off as if they had done it, and is asked for
 * nothing: nobody would write to them. Who has agreed again meanwhile keeps everything.
 */
export function consentReactions(kit: ServiceKit): EventHandler[] {
  return [
    on(consentWithdrawn, async ({ payload: { personId, purpose }, trace, once }) => {
      if (purpose !== "service" || (await agrees(kit.call, personId, { trace }))) return;
      const context: Context = { actor: { kind: "service", service: "profiles" }, trace, claim: null };
      const act = actOf(context, kit.clock());
      const leaver = { as: "providerPersonId", id: personId } as const;
      await cancelOpenRequests(kit, context, personId);
      await leaveAsProducer(kit, act, personId);
      await leaveAsAgent(kit, act, leaver);
      await releaseProvider(kit, act, leaver);
      await once((tx) => doubtVisits(tx, act, leaver));
    }),
  ];
}

async function agrees(call: Caller, personId: string, options: CallOptions): Promise<boolean> {
  try {
    const { person } = await call(readPerson, { params: { personId } }, options);
    return person.consented;
  } catch (error) {
    // Erased meanwhile, which ends the same and more.
    if (error instanceof DomainError && error.category === "not-found") return false;
    throw error;
  }
}
