import * as contract from "@minka/contracts/pool-deliveries";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { answerDeliveryClaims, listDeliveryClaims } from "./answer-claims.ts";
import { answerReceipt } from "./answer-receipt.ts";
import { markDeliveryMissed } from "./miss-delivery.ts";
import { readPackingList } from "./packing-list.ts";
import { listPoolReceipts } from "./read-receipts.ts";
import { listPoolDeliveries, markDeliveryBrought, setDeliveryDay } from "./set-day.ts";

export function deliveryRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.listPoolDeliveries, (input, context) =>
    listPoolDeliveries(kit, context, input),
  );
  mountEndpoint(app, contract.setDeliveryDay, (input, context) => setDeliveryDay(kit, context, input));
  mountEndpoint(app, contract.markDeliveryBrought, (input, context) =>
    markDeliveryBrought(kit, context, input),
  );
  mountEndpoint(app, contract.markDeliveryMissed, (input, context) =>
    markDeliveryMissed(kit, context, input),
  );
  mountEndpoint(app, contract.readPackingList, (input, context) => readPackingList(kit, context, input));
  mountEndpoint(app, contract.listPoolReceipts, (input, context) => listPoolReceipts(kit, context, input));
  mountEndpoint(app, contract.answerPoolReceipt, (input, context) => answerReceipt(kit, context, input));
  mountEndpoint(app, contract.listDeliveryClaims, (input, context) =>
    listDeliveryClaims(kit, context, input),
  );
  mountEndpoint(app, contract.answerDeliveryClaims, (input, context) =>
    answerDeliveryClaims(kit, context, input),
  );
}
