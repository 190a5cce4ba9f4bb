import { giveConsent, listConsents, withdrawConsent } from "@minka/contracts/people";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Means } from "@minka/service/act";
import { giveConsent as give } from "./give-consent.ts";
import { listConsents as list } from "./list-consents.ts";
import { withdrawConsent as withdraw } from "./withdraw-consent.ts";

export function consentRoutes(app: App, means: Means): void {
  mountEndpoint(app, listConsents, (input, { actor }) => list(means.db.read, actor, input));
  mountEndpoint(app, giveConsent, (input, context) => give(means, context, input));
  mountEndpoint(app, withdrawConsent, (input, context) => withdraw(means, context, input));
}
