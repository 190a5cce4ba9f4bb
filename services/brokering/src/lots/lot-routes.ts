import * as compositions from "@minka/contracts/lot-compositions";
import * as contracts from "@minka/contracts/lot-contracts";
import * as settlements from "@minka/contracts/lot-settlements";
import * as lots from "@minka/contracts/lots";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { cancelLot, closeLot, extendLot } from "./change-lot.ts";
import { decideComposition, listCompositions } from "./decide-composition.ts";
import { answerDelivery, recordDelivery } from "./deliver-lot.ts";
import { openLot, type Calling } from "./open-lot.ts";
import { payAdvance } from "./pay-advance.ts";
import { readPremiumReport } from "./premium-report.ts";
import { proposeComposition } from "./propose-composition.ts";
import { quoteLot } from "./quote-lot.ts";
import { readContract } from "./read-contract.ts";
import { listInvitees, listLots, readLot } from "./read-lots.ts";
import { readStatement } from "./read-statement.ts";
import { decideSettlement, proposeSettlement, readSettlement } from "./settle-lot.ts";
import { answerLotQuote, signContract } from "./sign-contract.ts";
import { exportLotPlots, readTrace } from "./trace-lot.ts";

export function lotRoutes(app: App, kit: Calling): void {
  mountEndpoint(app, lots.openLot, (input, context) => openLot(kit, context, input));
  mountEndpoint(app, lots.listLots, (input, context) => listLots(kit, context, input));
  mountEndpoint(app, lots.readLot, (input, context) => readLot(kit, context, input));
  mountEndpoint(app, lots.extendLot, (input, context) => extendLot(kit, context, input));
  mountEndpoint(app, lots.closeLot, (input, context) => closeLot(kit, context, input));
  mountEndpoint(app, lots.cancelLot, (input, context) => cancelLot(kit, context, input));
  mountEndpoint(app, lots.listLotInvitees, (input, context) => listInvitees(kit, context, input));
  mountEndpoint(app, compositions.proposeComposition, (input, context) =>
    proposeComposition(kit, context, input),
  );
  mountEndpoint(app, compositions.listCompositions, (input, context) =>
    listCompositions(kit, context, input),
  );
  mountEndpoint(app, compositions.decideComposition, (input, context) =>
    decideComposition(kit, context, input),
  );
  mountEndpoint(app, contracts.quoteLot, (input, context) => quoteLot(kit, context, input));
  mountEndpoint(app, contracts.answerLotQuote, (input, context) => answerLotQuote(kit, context, input));
  mountEndpoint(app, contracts.signLotContract, (input, context) => signContract(kit, context, input));
  mountEndpoint(app, contracts.readLotContract, (input, context) => readContract(kit, context, input));
  mountEndpoint(app, contracts.recordLotDelivery, (input, context) => recordDelivery(kit, context, input));
  mountEndpoint(app, contracts.answerLotDelivery, (input, context) => answerDelivery(kit, context, input));
  mountEndpoint(app, settlements.payAdvance, (input, context) => payAdvance(kit, context, input));
  mountEndpoint(app, settlements.proposeSettlement, (input, context) =>
    proposeSettlement(kit, context, input),
  );
  mountEndpoint(app, settlements.readSettlement, (input, context) => readSettlement(kit, context, input));
  mountEndpoint(app, settlements.decideSettlement, (input, context) => decideSettlement(kit, context, input));
  mountEndpoint(app, settlements.readStatement, (input, context) => readStatement(kit, context, input));
  mountEndpoint(app, settlements.readPremiumReport, (input, context) =>
    readPremiumReport(kit, context, input),
  );
  mountEndpoint(app, settlements.readLotTrace, (input, context) => readTrace(kit, context, input));
  mountEndpoint(app, settlements.exportLotPlots, (input, context) => exportLotPlots(kit, context, input));
}
