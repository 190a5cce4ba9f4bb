import * as contract from "@minka/contracts/errands";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import type { Caller } from "@minka/http/caller";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { RefusalKey } from "../invitations/refusals.ts";
import { readErrand, readNews } from "./read-errand.ts";
import { runErrand } from "./run-errand.ts";

export function errandRoutes(
  app: App,
  means: { db: Database; clock: Clock; call: Caller; key: RefusalKey },
): void {
  mountEndpoint(app, contract.runErrand, (input, context) => runErrand(means, context, input));
  mountEndpoint(app, contract.readErrand, ({ params }) => readErrand(means.db.read, params.errandId));
  mountEndpoint(app, contract.errandNews, ({ params }) => readNews(means.db.read, params.errandId));
}
