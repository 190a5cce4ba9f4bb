import { catalogPersonalData } from "@minka/contracts/personal-data";
import type { Database } from "@minka/database/connect";
import { showHoldings } from "@minka/database/holdings";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { eraseData } from "./erase-data.ts";
import { ownHoldings } from "./own-holdings.ts";

export function personalDataRoutes(app: App, kit: { db: Database; clock: Clock }): void {
  mountEndpoint(app, catalogPersonalData.exportData, async ({ body }) => ({
    sections: await showHoldings(kit.db.read, ownHoldings, body),
  }));
  mountEndpoint(app, catalogPersonalData.eraseData, (input, context) => eraseData(kit, context, input));
}
