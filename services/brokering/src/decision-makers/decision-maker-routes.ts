import { readDecisionMakers as contract } from "@minka/contracts/decision-makers";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { readDecisionMakers } from "./read-decision-makers.ts";

export function decisionMakerRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract, (input, context) => readDecisionMakers(kit, context, input));
}
