import { chooseAttendance as attendance } from "@minka/contracts/attendance";
import { reportUnreachable } from "@minka/contracts/asks";
import * as contract from "@minka/contracts/matching";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { rateEngagement } from "./engagements/rate-engagement.ts";
import { reportOutcome } from "./engagements/report-outcome.ts";
import { complaintRoutes } from "./complaints/complaint-routes.ts";
import { answerAsk } from "./matches/answer-ask.ts";
import { chooseMatch } from "./matches/choose-match.ts";
import { listAsks } from "./matches/list-asks.ts";
import { giveUpAsk } from "./matches/give-up-ask.ts";
import { matchTermsReader } from "./matches/read-match-terms.ts";
import { personalDataRoutes } from "./personal-data/personal-data-routes.ts";
import { cancelRequest } from "./requests/cancel-request.ts";
import { chooseAttendance } from "./requests/choose-attendance.ts";
import { listRequests } from "./requests/list-requests.ts";
import { searchAgain } from "./requests/search-again.ts";
import { openMattersReader } from "./requests/open-matters.ts";
import { openRequest } from "./requests/open-request.ts";
import { requestReader } from "./requests/read-request.ts";
import { refuseList } from "./requests/refuse-list.ts";
import { requestViews } from "./requests/request-views.ts";
import { requestsByDistrict } from "./requests/requests-by-district.ts";

export function mountRoutes(app: App, kit: ServiceKit): void {
  const { db, clock } = kit;
  const views = requestViews(db);
  const readRequest = requestReader(db, views);
  const readTerms = matchTermsReader(kit, readRequest);
  const openMatters = openMattersReader(db, views);

  personalDataRoutes(app, kit);
  complaintRoutes(app, kit);
  mountEndpoint(app, contract.openRequest, (input, context) => openRequest(kit, context, input));
  mountEndpoint(app, contract.refuseList, (input, context) => refuseList(kit, context, input));
  mountEndpoint(app, contract.searchAgain, (input, context) => searchAgain(kit, context, input));
  mountEndpoint(app, attendance, (input, context) => chooseAttendance(kit, context, input));
  mountEndpoint(app, contract.cancelRequest, (input, context) => cancelRequest(kit, context, input));
  mountEndpoint(app, contract.chooseMatch, (input, context) => chooseMatch(kit, context, input));
  mountEndpoint(app, contract.answerAsk, (input, context) => answerAsk(kit, context, input));
  mountEndpoint(app, reportUnreachable, (input, context) => giveUpAsk(kit, context, input));
  mountEndpoint(app, contract.reportOutcome, (input, context) => reportOutcome(kit, context, input));
  mountEndpoint(app, contract.rateEngagement, (input, context) => rateEngagement(kit, context, input));

  mountEndpoint(app, contract.readRequest, async ({ params }, { actor }) => ({
    request: await readRequest(actor, params.requestId),
  }));
  mountEndpoint(app, contract.readMatchTerms, (input, context) => readTerms(context, input));
  mountEndpoint(app, contract.listRequests, (input, { actor }) => listRequests(db, views, actor, input));
  mountEndpoint(app, contract.listAsks, (_, { actor }) => listAsks(kit, actor));
  mountEndpoint(app, contract.openMatters, ({ params }) => openMatters(params.personId));
  mountEndpoint(app, contract.requestsByDistrict, () => requestsByDistrict(db, clock));
}
