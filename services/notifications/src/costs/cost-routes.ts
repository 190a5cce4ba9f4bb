import { readMessageCosts } from "@minka/contracts/message-costs";
import type { Database } from "@minka/database/connect";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { readCosts, type Prices } from "./read-costs.ts";

export function costRoutes(app: App, kit: { db: Database; prices: Prices }): void {
  mountEndpoint(app, readMessageCosts, async ({ query }) => readCosts(kit, query));
}
