import { listOwnMessages } from "@minka/contracts/own-messages";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { listOwnMessages as list } from "./list-own-messages.ts";

export function ownMessagesRoutes(app: App, kit: Pick<ServiceKit, "db" | "call">): void {
  mountEndpoint(app, listOwnMessages, (input, context) => list(kit, context, input));
}
