import { readFairness as contract } from "@minka/contracts/fairness";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { readFairness } from "./read-fairness.ts";

export function fairnessRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract, ({ query }, { trace }) => readFairness(kit, query, trace));
}
