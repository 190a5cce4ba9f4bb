import { readRequestCoverage, readServedPeople } from "@minka/contracts/coverage";
import * as contract from "@minka/contracts/outcome-reports";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { countCoverage } from "../outcomes/count-coverage.ts";
import { countServedPeople } from "../outcomes/count-served-people.ts";
import { readOutcomes } from "../outcomes/read-outcomes.ts";
import { keepReport } from "./keep-report.ts";
import { listReports, readReport } from "./read-reports.ts";

export function reportRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.readOutcomes, async ({ query }, { trace }) => ({
    outcomes: await readOutcomes(kit, query, trace),
  }));
  mountEndpoint(app, readRequestCoverage, ({ query }) => countCoverage(kit.db, query));
  mountEndpoint(app, readServedPeople, ({ query }) => countServedPeople(kit.db, query));
  mountEndpoint(app, contract.keepReport, (input, context) => keepReport(kit, context, input));
  mountEndpoint(app, contract.listReports, ({ query }) => listReports(kit.db, query));
  mountEndpoint(app, contract.readReport, ({ params }) => readReport(kit.db, params.reportId));
}
