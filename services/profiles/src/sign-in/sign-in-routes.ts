import { personTokenSeconds, signPersonToken } from "@minka/auth/authentication";
import * as contract from "@minka/contracts/auth";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { maskPhone } from "@minka/domain/phone";
import type { App } from "@minka/http/app";
import type { Caller } from "@minka/http/caller";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { codeValidMinutes } from "./code-limits.ts";
import type { AddressLimits } from "./address-limits.ts";
import { signOut, signOutEverywhere } from "./end-sign-ins.ts";
import { exchangeCode } from "./exchange-code.ts";
import { refreshSignIn } from "./refresh-sign-in.ts";
import { requestCode } from "./request-code.ts";
import type { SigningKey } from "./signing-key.ts";
import type { SignedIn } from "./start-sign-in.ts";

type Parts = {
  db: Database;
  clock: Clock;
  call: Caller;
  key: SigningKey;
  limits: AddressLimits;
  afterAnswer: ServiceKit["afterAnswer"];
};

export function signInRoutes(app: App, { afterAnswer, ...means }: Parts): void {
  const { key } = means;
  mountEndpoint(app, contract.requestCode, async ({ body }, context) => {
    const { send } = await requestCode(means, context, body);
    afterAnswer(() =>
      send().catch((error: unknown) =>
        context.log.error({ err: error, phone: maskPhone(body.phone) }, "sign-in code not sent"),
      ),
    );
    return { sent: true as const, validMinutes: codeValidMinutes };
  });
  mountEndpoint(app, contract.exchangeCode, async ({ body }, context) =>
    tokens(await exchangeCode(means, context, body)),
  );
  mountEndpoint(app, contract.refreshSignIn, async ({ body }, context) =>
    tokens(await refreshSignIn(means, context, body)),
  );
  mountEndpoint(app, contract.signOut, async ({ body }, context) => {
    await signOut(means, context, body.refreshToken);
    return { signedOut: true as const };
  });
  mountEndpoint(app, contract.signOutEverywhere, (_, context) => signOutEverywhere(means, context));
  mountEndpoint(app, contract.authKeys, async () => ({ publicKey: key.publicKey }));

  function tokens(signedIn: SignedIn) {
    const { person, refreshToken, refreshExpiresAt } = signedIn;
    return {
      accessToken: signPersonToken(app, key.privateKey, person),
      expiresInSeconds: personTokenSeconds,
      refreshToken,
      refreshExpiresAt: refreshExpiresAt.toISOString(),
      personId: person.id,
    };
  }
}
