import * as contract from "@minka/contracts/pool-reports";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { exportPoolReport } from "./export-report.ts";
import { readPoolReport } from "./read-report.ts";

export function reportRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.readPoolReport, async ({ params: { poolId } }, context) => ({
    report: await readPoolReport(kit, context, poolId),
  }));
  mountEndpoint(app, contract.exportPoolReport, (input, context) => exportPoolReport(kit, context, input));
}
