import * as contract from "@minka/contracts/presence";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { listPresentNow, readOnePresence, readPresencesOf } from "./read-presence.ts";
import { arrive, depart, togglePresence } from "./report-presence.ts";

export function presenceRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.reportArrival, (input, context) => arrive(kit, context, input));
  mountEndpoint(app, contract.reportDeparture, (input, context) => depart(kit, context, input));
  mountEndpoint(app, contract.togglePresence, (input, context) => togglePresence(kit, context, input));
  mountEndpoint(app, contract.readPresences, ({ params }, { actor }) =>
    readPresencesOf(kit, actor, params.personId),
  );
  mountEndpoint(app, contract.listPresent, ({ query }) => listPresentNow(kit, query));
  mountEndpoint(app, contract.readPresence, ({ params }) => readOnePresence(kit, params.presenceId));
}
