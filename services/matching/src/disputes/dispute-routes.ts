import * as contract from "@minka/contracts/disputes";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Means } from "@minka/service/act";
import { answerRework } from "./answer-rework.ts";
import { askRework } from "./ask-rework.ts";
import { disputeEngagement } from "./dispute-engagement.ts";
import { settleDispute } from "./settle-dispute.ts";

export function disputeRoutes(app: App, means: Means): void {
  mountEndpoint(app, contract.askRework, (input, context) => askRework(means, context, input));
  mountEndpoint(app, contract.answerRework, (input, context) => answerRework(means, context, input));
  mountEndpoint(app, contract.disputeEngagement, (input, context) =>
    disputeEngagement(means, context, input),
  );
  mountEndpoint(app, contract.settleDispute, (input, context) => settleDispute(means, context, input));
}
