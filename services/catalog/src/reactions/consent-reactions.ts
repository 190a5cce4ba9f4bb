import { consentWithdrawn } from "@minka/contracts/events";
import { on, type EventHandler, type ServiceKit } from "@minka/service/define-service";
import { pauseOffersOf } from "../offers/pause-offers-of.ts";
import { agrees } from "../providers/read-agreed-person.ts";

/**
 * Who no longer agrees that Minka serves them cannot be asked, so what they would be asked about is found no more.
 * Who has agreed again meanwhile keeps everything.
 */
export function consentReactions(kit: ServiceKit): EventHandler[] {
  return [
    on(consentWithdrawn, async ({ payload: { personId, purpose }, trace, once }) => {
      if (purpose !== "service" || (await agrees(kit.call, personId, trace))) return;
      const context = { actor: { kind: "service", service: "profiles" }, trace } as const;
      await once((tx) => pauseOffersOf(tx, context, { personId, at: kit.clock() }));
    }),
  ];
}
