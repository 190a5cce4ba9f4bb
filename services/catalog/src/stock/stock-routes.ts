import * as contract from "@minka/contracts/stock";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Services } from "../providers/register-provider.ts";
import { listStock, listStockMovements, readStockMargins } from "./read-stock.ts";
import { addStockItem, writeStockMovement } from "./write-stock.ts";

export function stockRoutes(app: App, services: Services): void {
  mountEndpoint(app, contract.addStockItem, (input, context) => addStockItem(services, context, input));
  mountEndpoint(app, contract.listStock, (input, context) => listStock(services, context, input));
  mountEndpoint(app, contract.writeStockMovement, (input, context) =>
    writeStockMovement(services, context, input),
  );
  mountEndpoint(app, contract.listStockMovements, (input, context) =>
    listStockMovements(services, context, input),
  );
  mountEndpoint(app, contract.readStockMargins, (input, context) =>
    readStockMargins(services, context, input),
  );
}
