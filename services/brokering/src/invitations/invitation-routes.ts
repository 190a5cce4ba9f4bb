import * as contract from "@minka/contracts/invitations";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { readInvitation, remindInvited } from "./remind-invited.ts";

export function invitationRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.readInvitation, (input, context) => readInvitation(kit, context, input));
  mountEndpoint(app, contract.remindInvited, (input, context) => remindInvited(kit, context, input));
}
