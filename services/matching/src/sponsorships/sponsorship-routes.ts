import * as contract from "@minka/contracts/sponsorships";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { exportReport } from "./export-report.ts";
import { listSponsorships, readSponsorship } from "./list-sponsorships.ts";
import { proposeSponsorship } from "./propose-sponsorship.ts";
import { raiseBudget } from "./raise-budget.ts";
import { readReport } from "./report.ts";
import { takeStep } from "./take-step.ts";

const steps = [
  [contract.approveSponsorship, "approve"],
  [contract.pauseSponsorship, "pause"],
  [contract.resumeSponsorship, "resume"],
  [contract.endSponsorship, "end"],
] as const;

export function sponsorshipRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.proposeSponsorship, (input, context) =>
    proposeSponsorship(kit, context, input),
  );
  mountEndpoint(app, contract.listSponsorships, (input, context) => listSponsorships(kit, context, input));
  mountEndpoint(app, contract.readSponsorship, ({ params }, context) =>
    readSponsorship(kit, context, params.sponsorshipId),
  );
  for (const [endpoint, step] of steps)
    mountEndpoint(app, endpoint, ({ params }, context) => takeStep(kit, context, { ...params, step }));
  mountEndpoint(app, contract.raiseBudget, (input, context) => raiseBudget(kit, context, input));
  mountEndpoint(app, contract.readSponsorshipReport, async ({ params }, context) => ({
    report: await readReport(kit, context, params.sponsorshipId),
  }));
  mountEndpoint(app, contract.exportSponsorshipReport, ({ params, query }, context) =>
    exportReport(kit, context, { ...params, ...query }),
  );
}
