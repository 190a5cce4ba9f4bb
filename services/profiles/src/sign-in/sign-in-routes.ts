import { personTokenSeconds, signPersonToken } from "@minka/auth/authentication";
import { authKeys, exchangeCode, requestCode } from "@minka/contracts/auth";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { maskPhone } from "@minka/domain/phone";
import type { App } from "@minka/http/app";
import type { Caller } from "@minka/http/caller";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { codeValidMinutes } from "./code-limits.ts";
import { exchangeCode as exchange } from "./exchange-code.ts";
import { requestCode as request } from "./request-code.ts";
import type { SigningKey } from "./signing-key.ts";

type Parts = {
  db: Database;
  clock: Clock;
  call: Caller;
  key: SigningKey;
  /** Codes on their way, so that a stop can wait for them. */
  sending: Set<Promise<void>>;
};

export function signInRoutes(app: App, { db, clock, call, key, sending }: Parts): void {
  mountEndpoint(app, requestCode, async ({ body }, { trace, log }) => {
    const { send } = await request({ db, clock, call, key }, { trace }, body);
    const sent = send()
      .catch((error: unknown) =>
        log.error({ err: error, phone: maskPhone(body.phone) }, "sign-in code not sent"),
      )
      .finally(() => sending.delete(sent));
    sending.add(sent);
    return { sent: true as const, validMinutes: codeValidMinutes };
  });
  mountEndpoint(app, exchangeCode, async ({ body }, { trace }) => {
    const person = await exchange({ db, clock, key }, { trace }, body);
    return {
      accessToken: signPersonToken(app, key.privateKey, person),
      expiresInSeconds: personTokenSeconds,
      personId: person.id,
    };
  });
  mountEndpoint(app, authKeys, async () => ({ publicKey: key.publicKey }));
}
