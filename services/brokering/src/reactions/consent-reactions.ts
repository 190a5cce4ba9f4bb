import { consentWithdrawn } from "@minka/contracts/events";
import { readPerson } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import { actOf, type Context } from "@minka/service/act";
import { on, type EventHandler, type ServiceKit } from "@minka/service/define-service";
import { leaveCredits } from "../credits/leave-credits.ts";
import { withdrawPledges } from "../lots/leave-lots.ts";
import { leavePools } from "../pools/leave-pools.ts";

/**
 * Who no longer agrees that Minka serves them leaves what is not yet bought together, and what they offered to lots or
 * asked to be lent is withdrawn: nobody would ask them about it. What is owed stays so. Who has agreed again meanwhile
 * keeps everything.
 */
export function consentReactions(kit: ServiceKit): EventHandler[] {
  return [
    on(consentWithdrawn, async ({ payload: { personId, purpose }, trace, once }) => {
      if (purpose !== "service" || (await agrees(kit.call, personId, trace))) return;
      const context: Context = { actor: { kind: "service", service: "profiles" }, trace, claim: null };
      const act = actOf(context, kit.clock());
      await leavePools(kit.db, act, personId);
      await withdrawPledges(kit, act, personId);
      await leaveCredits(kit, act, personId);
      await once(async () => {});
    }),
  ];
}

async function agrees(call: Caller, personId: string, trace: string): Promise<boolean> {
  try {
    const { person } = await call(readPerson, { params: { personId } }, { trace });
    return person.consented;
  } catch (error) {
    // Erased meanwhile, which ends the same and more.
    if (error instanceof DomainError && error.category === "not-found") return false;
    throw error;
  }
}
