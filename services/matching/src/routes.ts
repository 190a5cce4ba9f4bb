import { chooseAttendance as attendance } from "@minka/contracts/attendance";
import { reportUnreachable } from "@minka/contracts/asks";
import * as follow from "@minka/contracts/follow-ups";
import { requestDemand as requestDemandContract } from "@minka/contracts/demand";
import * as contract from "@minka/contracts/matching";
import { countVisitsDone as visitsDone } from "@minka/contracts/visits-done";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { callOffVisit } from "./engagements/call-off-visit.ts";
import { countVisitsDone } from "./engagements/count-visits-done.ts";
import { sayHelp } from "./engagements/say-help.ts";
import { reportOutcome } from "./engagements/report-outcome.ts";
import { blockRoutes } from "./blocks/block-routes.ts";
import { closureRoutes } from "./closures/closure-routes.ts";
import { caseloadRoutes } from "./caseloads/caseload-routes.ts";
import { complaintRoutes } from "./complaints/complaint-routes.ts";
import { answerAsk } from "./matches/answer-ask.ts";
import { chooseMatch } from "./matches/choose-match.ts";
import { listAsks } from "./matches/list-asks.ts";
import { giveUpAsk } from "./matches/give-up-ask.ts";
import { matchTermsReader } from "./matches/read-match-terms.ts";
import { fairnessRoutes } from "./fairness/fairness-routes.ts";
import { reportRoutes } from "./reports/report-routes.ts";
import { rankingRoutes } from "./ranking/ranking-routes.ts";
import { reviewRoutes } from "./reviews/review-routes.ts";
import { withdrawMatch } from "./matches/withdraw-match.ts";
import { personalDataRoutes } from "./personal-data/personal-data-routes.ts";
import { planRoutes } from "./plans/plan-routes.ts";
import { presenceRoutes } from "./presence/presence-routes.ts";
import { disputeRoutes } from "./disputes/dispute-routes.ts";
import { quoteRoutes } from "./quotes/quote-routes.ts";
import { cancelRequest } from "./requests/cancel-request.ts";
import { chooseAttendance } from "./requests/choose-attendance.ts";
import { listRequests } from "./requests/list-requests.ts";
import { searchAgain } from "./requests/search-again.ts";
import { openMattersReader } from "./requests/open-matters.ts";
import { openRequest } from "./requests/open-request.ts";
import { readHistory } from "./requests/read-history.ts";
import { requestReader } from "./requests/read-request.ts";
import { refuseList } from "./requests/refuse-list.ts";
import { requestDemand } from "./requests/request-demand.ts";
import { requestViews } from "./requests/request-views.ts";
import { requestsByDistrict } from "./requests/requests-by-district.ts";
import { sponsorshipRoutes } from "./sponsorships/sponsorship-routes.ts";

export function mountRoutes(app: App, kit: ServiceKit): void {
  const { db, clock } = kit;
  const views = requestViews(db);
  const readRequest = requestReader(db, views);
  const readTerms = matchTermsReader(kit, readRequest);
  const openMatters = openMattersReader(db, views);

  personalDataRoutes(app, kit);
  complaintRoutes(app, kit);
  caseloadRoutes(app, kit);
  planRoutes(app, kit);
  quoteRoutes(app, kit);
  disputeRoutes(app, kit);
  closureRoutes(app, kit);
  presenceRoutes(app, kit);
  blockRoutes(app, kit);
  rankingRoutes(app, kit);
  reviewRoutes(app, kit);
  fairnessRoutes(app, kit);
  reportRoutes(app, kit);
  sponsorshipRoutes(app, kit);
  mountEndpoint(app, contract.openRequest, (input, context) => openRequest(kit, context, input));
  mountEndpoint(app, contract.refuseList, (input, context) => refuseList(kit, context, input));
  mountEndpoint(app, contract.searchAgain, (input, context) => searchAgain(kit, context, input));
  mountEndpoint(app, attendance, (input, context) => chooseAttendance(kit, context, input));
  mountEndpoint(app, contract.cancelRequest, (input, context) => cancelRequest(kit, context, input));
  mountEndpoint(app, contract.chooseMatch, (input, context) => chooseMatch(kit, context, input));
  mountEndpoint(app, contract.withdrawMatch, (input, context) => withdrawMatch(kit, context, input));
  mountEndpoint(app, contract.answerAsk, (input, context) => answerAsk(kit, context, input));
  mountEndpoint(app, reportUnreachable, (input, context) => giveUpAsk(kit, context, input));
  mountEndpoint(app, contract.reportOutcome, (input, context) => reportOutcome(kit, context, input));
  mountEndpoint(app, follow.callOffVisit, (input, context) => callOffVisit(kit, context, input));
  mountEndpoint(app, follow.sayHelp, (input, context) => sayHelp(kit, context, input));
  mountEndpoint(app, visitsDone, ({ params }) => countVisitsDone(db, params.personId));
  mountEndpoint(app, follow.readHistory, (input, { actor }) => readHistory(db, actor, input));

  mountEndpoint(app, contract.readRequest, async ({ params }, { actor }) => ({
    request: await readRequest(actor, params.requestId),
  }));
  mountEndpoint(app, contract.readMatchTerms, (input, context) => readTerms(context, input));
  mountEndpoint(app, contract.listRequests, (input, { actor }) => listRequests(db, views, actor, input));
  mountEndpoint(app, contract.listAsks, (_, { actor }) => listAsks(kit, actor));
  mountEndpoint(app, contract.openMatters, ({ params, query }) =>
    openMatters(params.personId, query.endedSince),
  );
  mountEndpoint(app, contract.requestsByDistrict, () => requestsByDistrict(db, clock));
  mountEndpoint(app, requestDemandContract, (input) => requestDemand(db, clock, input));
}
