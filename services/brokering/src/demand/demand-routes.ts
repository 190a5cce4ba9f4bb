import { readDemand as contract } from "@minka/contracts/demand";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { readDemand } from "./read-demand.ts";

export function demandRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract, (input, context) => readDemand(kit, context, input));
}
