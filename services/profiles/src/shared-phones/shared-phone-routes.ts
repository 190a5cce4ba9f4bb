import { joinPhone, listSharers, recogniseWord, setPrivateWord } from "@minka/contracts/shared-phones";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { SigningKey } from "../sign-in/signing-key.ts";
import { joinPhone as join } from "./join-phone.ts";
import { listSharers as list } from "./list-sharers.ts";
import { recogniseWord as recognise } from "./recognise-word.ts";
import { setPrivateWord as setWord } from "./set-private-word.ts";

export function sharedPhoneRoutes(app: App, kit: { db: Database; clock: Clock; key: SigningKey }): void {
  mountEndpoint(app, listSharers, ({ body }) => list(kit.db.read, body.phone));
  mountEndpoint(app, recogniseWord, ({ body }) => recognise(kit, body));
  mountEndpoint(app, joinPhone, ({ body }, context) => join(kit, context, body));
  mountEndpoint(app, setPrivateWord, (input, context) => setWord(kit, context, input));
}
