import * as contract from "@minka/contracts/operators";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { appointOperator } from "./appoint-operator.ts";
import { dismissOperator } from "./dismiss-operator.ts";
import { listOperators } from "./list-operators.ts";

export function operatorRoutes(app: App, means: { db: Database; clock: Clock }): void {
  mountEndpoint(app, contract.listOperators, () => listOperators(means.db.read));
  mountEndpoint(app, contract.appointOperator, ({ body }, context) => appointOperator(means, context, body));
  mountEndpoint(app, contract.dismissOperator, ({ params }, context) =>
    dismissOperator(means, context, params.personId),
  );
}
