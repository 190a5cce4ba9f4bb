import { personTokenSeconds, signPersonToken } from "@minka/auth/authentication";
import * as contract from "@minka/contracts/acting";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { SigningKey } from "../sign-in/signing-key.ts";
import { askToAct } from "./ask-to-act.ts";
import { listDelegations } from "./list-delegations.ts";
import { recordSpokenDelegation } from "./record-spoken.ts";
import { registerAssisted } from "./register-assisted.ts";
import { startActing } from "./start-acting.ts";
import { withdrawDelegation } from "./withdraw-delegation.ts";

export function actingRoutes(app: App, means: { db: Database; clock: Clock; key: SigningKey }): void {
  const { db, clock, key } = means;
  mountEndpoint(app, contract.askToAct, ({ body }, context) => askToAct(means, context, body));
  mountEndpoint(app, contract.recordSpokenDelegation, ({ body }, context) =>
    recordSpokenDelegation(means, context, body),
  );
  mountEndpoint(app, contract.listDelegations, ({ query }, { actor }) =>
    listDelegations({ read: db.read, clock }, actor, query),
  );
  mountEndpoint(app, contract.withdrawDelegation, ({ params }, context) =>
    withdrawDelegation(means, context, params.delegationId),
  );
  mountEndpoint(app, contract.registerAssisted, ({ body }, context) =>
    registerAssisted(means, context, body),
  );
  mountEndpoint(app, contract.startActing, async ({ body }, context) => {
    const { personId, through } = await startActing(means, context, body);
    return {
      accessToken: signPersonToken(app, key.privateKey, { id: personId, operator: false, through }),
      expiresInSeconds: personTokenSeconds,
      personId,
      through,
    };
  });
}
