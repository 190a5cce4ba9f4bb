import * as contract from "@minka/contracts/caseloads";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import * as calendar from "./agent-calendar.ts";
import { listCaseload, removePeople } from "./list-caseload.ts";
import { listPlaceDays, putPlaceDays } from "./place-days.ts";
import { putCaseload } from "./put-caseload.ts";

export function caseloadRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.putCaseload, (input, context) => putCaseload(kit, context, input));
  mountEndpoint(app, contract.listCaseload, (input, context) => listCaseload(kit, context, input));
  mountEndpoint(app, contract.removeFromCaseload, (input, context) => removePeople(kit, context, input));
  mountEndpoint(app, contract.putAgentCalendar, (input, context) =>
    calendar.putAgentCalendar(kit, context, input),
  );
  mountEndpoint(app, contract.readAgentCalendar, (input, context) =>
    calendar.readAgentCalendar(kit, context, input),
  );
  mountEndpoint(app, contract.addAppointment, (input, context) =>
    calendar.addAppointment(kit, context, input),
  );
  mountEndpoint(app, contract.removeAppointment, (input, context) =>
    calendar.removeAppointment(kit, context, input),
  );
  mountEndpoint(app, contract.putPlaceDays, (input, context) => putPlaceDays(kit, context, input));
  mountEndpoint(app, contract.listPlaceDays, (input) => listPlaceDays(kit.db, input));
}
