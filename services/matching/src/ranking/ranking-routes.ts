import { explainOffer as explanation } from "@minka/contracts/explanations";
import * as contract from "@minka/contracts/weights";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { explainOffer } from "./explain-offer.ts";
import { listWeights, replaceWeights, weightsView } from "./replace-weights.ts";
import { currentWeights } from "./weight-sets.ts";

export function rankingRoutes(app: App, kit: ServiceKit): void {
  const { db, clock } = kit;
  mountEndpoint(app, explanation, (input, context) => explainOffer(kit, context, input));
  mountEndpoint(app, contract.readWeights, async () => ({
    current: weightsView(await currentWeights(db, clock())),
  }));
  mountEndpoint(app, contract.listWeights, ({ query }) => listWeights(db, clock(), query));
  mountEndpoint(app, contract.replaceWeights, (input, context) => replaceWeights(kit, context, input));
}
