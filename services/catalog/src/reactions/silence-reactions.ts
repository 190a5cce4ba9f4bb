import { providerSilent } from "@minka/contracts/events";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { on, type EventHandler, type ServiceKit } from "@minka/service/define-service";
import { restSilentProvider } from "../providers/rest-providers.ts";

const actor = { kind: "service", service: "matching" } as const;

/** Long enough for whoever waits to be served by others, short enough to be missed by nobody who comes back. */
const restDays = 14;

/** Who answers nothing is proposed to nobody for two weeks, and then again; their contact person may end it any time. */
export function silenceReactions({ clock }: Pick<ServiceKit, "clock">): EventHandler[] {
  return [
    on(providerSilent, ({ payload: { providerId }, trace, once }) =>
      once((tx) => {
        const at = clock();
        const until = addDays(limaDay(at), restDays);
        return restSilentProvider(tx, { actor, trace }, { providerId, until, at });
      }),
    ),
  ];
}
