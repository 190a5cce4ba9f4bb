import * as contract from "@minka/contracts/reviews";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { askReview } from "./ask-review.ts";
import { listReviews } from "./list-reviews.ts";
import { settleReview } from "./settle-review.ts";

export function reviewRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.askReview, (input, context) => askReview(kit, context, input));
  mountEndpoint(app, contract.listReviews, ({ query }) => listReviews(kit.db, query));
  mountEndpoint(app, contract.settleReview, (input, context) => settleReview(kit, context, input));
}
