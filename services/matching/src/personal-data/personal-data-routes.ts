import { matchingPersonalData } from "@minka/contracts/personal-data";
import { showHoldings } from "@minka/database/holdings";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Means } from "@minka/service/act";
import { eraseData } from "./erase-data.ts";
import { ownHoldings } from "./own-holdings.ts";

export function personalDataRoutes(app: App, means: Means): void {
  mountEndpoint(app, matchingPersonalData.exportData, async ({ body }) => ({
    sections: await showHoldings(means.db.read, ownHoldings, body),
  }));
  mountEndpoint(app, matchingPersonalData.eraseData, (input, context) => eraseData(means, context, input));
}
