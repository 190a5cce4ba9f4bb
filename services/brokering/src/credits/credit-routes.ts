import * as decision from "@minka/contracts/credit-decisions";
import * as standing from "@minka/contracts/credit-standings";
import * as contract from "@minka/contracts/credits";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { answerApproval } from "./answer-approval.ts";
import { answerConsent } from "./answer-consent.ts";
import { askCredit } from "./ask-credit.ts";
import { answerMore, askMore } from "./ask-more.ts";
import { changeCredit } from "./change-credit.ts";
import { chooseProduct } from "./choose-product.ts";
import { compareProducts } from "./compare-products.ts";
import { approveCredit, refuseCredit, reviewCredit } from "./lender-steps.ts";
import { listLenderCredits, readLenderCredit } from "./lender-views.ts";
import { listCredits, listOriginatedCredits, readCredit } from "./read-credits.ts";
import { listWaitingCredits, readCreditStanding } from "./read-standing.ts";
import { submitCredit } from "./submit-credit.ts";
import { verifyUse } from "./verify-use.ts";
import { withdrawCredit } from "./withdraw-credit.ts";

export function creditRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.askCredit, (input, context) => askCredit(kit, context, input));
  mountEndpoint(app, contract.listCredits, (input, context) => listCredits(kit, context, input));
  mountEndpoint(app, contract.listOriginatedCredits, (input, context) =>
    listOriginatedCredits(kit, context, input),
  );
  mountEndpoint(app, contract.readCredit, (input, context) => readCredit(kit, context, input));
  mountEndpoint(app, contract.changeCredit, (input, context) => changeCredit(kit, context, input));
  mountEndpoint(app, contract.compareProducts, (input, context) => compareProducts(kit, context, input));
  mountEndpoint(app, contract.chooseProduct, (input, context) => chooseProduct(kit, context, input));
  mountEndpoint(app, contract.answerConsent, (input, context) => answerConsent(kit, context, input));
  mountEndpoint(app, contract.submitCredit, (input, context) => submitCredit(kit, context, input));
  mountEndpoint(app, contract.withdrawCredit, (input, context) => withdrawCredit(kit, context, input));
  mountEndpoint(app, contract.answerApproval, (input, context) => answerApproval(kit, context, input));
  mountEndpoint(app, contract.verifyUse, (input, context) => verifyUse(kit, context, input));
  mountEndpoint(app, decision.listLenderCredits, (input, context) => listLenderCredits(kit, context, input));
  mountEndpoint(app, decision.readLenderCredit, (input, context) => readLenderCredit(kit, context, input));
  mountEndpoint(app, decision.reviewCredit, (input, context) => reviewCredit(kit, context, input));
  mountEndpoint(app, decision.askMore, (input, context) => askMore(kit, context, input));
  mountEndpoint(app, decision.answerMore, (input, context) => answerMore(kit, context, input));
  mountEndpoint(app, decision.approveCredit, (input, context) => approveCredit(kit, context, input));
  mountEndpoint(app, decision.refuseCredit, (input, context) => refuseCredit(kit, context, input));
  mountEndpoint(app, standing.readCreditStanding, (input, context) =>
    readCreditStanding(kit, context, input),
  );
  mountEndpoint(app, standing.listWaitingCredits, (input, context) =>
    listWaitingCredits(kit, context, input),
  );
}
