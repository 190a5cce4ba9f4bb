import * as contract from "@minka/contracts/group-guarantees";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { answerGuarantee } from "./answer-guarantee.ts";
import { listGuarantees } from "./list-guarantees.ts";
import { nameGuarantors } from "./name-guarantors.ts";

export function guaranteeRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.nameGuarantors, (input, context) => nameGuarantors(kit, context, input));
  mountEndpoint(app, contract.answerGuarantee, (input, context) => answerGuarantee(kit, context, input));
  mountEndpoint(app, contract.listGuarantees, (input, context) => listGuarantees(kit, context, input));
}
