import * as contract from "@minka/contracts/complaints";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { listComplaints, readComplaint } from "./list-complaints.ts";
import { moveComplaint } from "./move-complaint.ts";
import { raiseComplaint } from "./raise-complaint.ts";
import { settleComplaint } from "./settle-complaint.ts";

export function complaintRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.raiseComplaint, (input, context) => raiseComplaint(kit, context, input));
  mountEndpoint(app, contract.listComplaints, ({ query }) => listComplaints(kit.db, query));
  mountEndpoint(app, contract.readComplaint, ({ params }) => readComplaint(kit.db, params.complaintId));
  mountEndpoint(app, contract.settleComplaint, (input, context) => settleComplaint(kit, context, input));
  mountEndpoint(app, contract.moveComplaint, (input, context) => moveComplaint(kit, context, input));
}
