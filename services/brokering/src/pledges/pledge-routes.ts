import * as contract from "@minka/contracts/lot-pledges";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Calling } from "../lots/open-lot.ts";
import { carryPledge } from "./carry-pledge.ts";
import { confirmPledge, withdrawPledge } from "./end-pledge.ts";
import { changePledge, makePledge } from "./make-pledge.ts";
import { listLotPledges, listOwnPledges, readPledge } from "./read-pledges.ts";
import { recordCertificates } from "./record-certificates.ts";
import { recordQuality } from "./record-quality.ts";
import { correctReceipt, weighContribution } from "./weigh-contribution.ts";

export function pledgeRoutes(app: App, kit: Calling): void {
  mountEndpoint(app, contract.makePledge, (input, context) => makePledge(kit, context, input));
  mountEndpoint(app, contract.changePledge, (input, context) => changePledge(kit, context, input));
  mountEndpoint(app, contract.withdrawPledge, (input, context) => withdrawPledge(kit, context, input));
  mountEndpoint(app, contract.confirmPledge, (input, context) => confirmPledge(kit, context, input));
  mountEndpoint(app, contract.readPledge, (input, context) => readPledge(kit, context, input));
  mountEndpoint(app, contract.listLotPledges, (input, context) => listLotPledges(kit, context, input));
  mountEndpoint(app, contract.listOwnPledges, (input, context) => listOwnPledges(kit, context, input));
  mountEndpoint(app, contract.weighContribution, (input, context) => weighContribution(kit, context, input));
  mountEndpoint(app, contract.correctReceipt, (input, context) => correctReceipt(kit, context, input));
  mountEndpoint(app, contract.recordQuality, (input, context) => recordQuality(kit, context, input));
  mountEndpoint(app, contract.recordCertificates, (input, context) =>
    recordCertificates(kit, context, input),
  );
  mountEndpoint(app, contract.carryPledge, (input, context) => carryPledge(kit, context, input));
}
