import { notificationsPersonalData } from "@minka/contracts/personal-data";
import { showHoldings } from "@minka/database/holdings";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { eraseData } from "./erase-data.ts";
import { personHoldings, phoneHoldings } from "./own-holdings.ts";

export function personalDataRoutes(app: App, kit: Pick<ServiceKit, "db" | "clock" | "environment">): void {
  mountEndpoint(app, notificationsPersonalData.exportData, async ({ body }) => ({
    sections: await showHoldings(kit.db.read, [...phoneHoldings(), ...personHoldings], body),
  }));
  mountEndpoint(app, notificationsPersonalData.eraseData, (input, context) => eraseData(kit, context, input));
}
