import * as contract from "@minka/contracts/closures";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { closePlace } from "./close-place.ts";
import { listClosures } from "./list-closures.ts";
import { openPlace } from "./open-place.ts";

export function closureRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.closePlace, (input, context) => closePlace(kit, context, input));
  mountEndpoint(app, contract.openPlace, (input, context) => openPlace(kit, context, input));
  mountEndpoint(app, contract.listClosures, ({ query }) => listClosures(kit, query));
}
