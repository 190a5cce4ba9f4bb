import * as answering from "@minka/contracts/plan-visits";
import * as contract from "@minka/contracts/plans";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { answerMonth } from "./answer-month.ts";
import { answerVisit } from "./answer-visit.ts";
import { approvePlan, discardPlan } from "./approve-plan.ts";
import { addPlanVisit, movePlanVisit, removePlanVisit } from "./edit-visit.ts";
import { listPlans, listPlanVisits, readPlan } from "./list-plans.ts";
import { makePlan } from "./make-plan.ts";
import { listPlanDays } from "./plan-days.ts";
import { listProposals, readProposal } from "./proposals.ts";
import { replanPlan } from "./replan-plan.ts";

export function planRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.makePlan, (input, context) => makePlan(kit, context, input));
  mountEndpoint(app, contract.listPlans, (input, context) => listPlans(kit, context, input));
  mountEndpoint(app, contract.readPlan, (input, context) => readPlan(kit, context, input));
  mountEndpoint(app, contract.listPlanVisits, (input, context) => listPlanVisits(kit, context, input));
  mountEndpoint(app, contract.addPlanVisit, (input, context) => addPlanVisit(kit, context, input));
  mountEndpoint(app, contract.movePlanVisit, (input, context) => movePlanVisit(kit, context, input));
  mountEndpoint(app, contract.removePlanVisit, (input, context) => removePlanVisit(kit, context, input));
  mountEndpoint(app, contract.approvePlan, (input, context) => approvePlan(kit, context, input));
  mountEndpoint(app, contract.discardPlan, (input, context) => discardPlan(kit, context, input));
  mountEndpoint(app, contract.replanPlan, (input, context) => replanPlan(kit, context, input));
  mountEndpoint(app, answering.listPlanDays, (input, context) => listPlanDays(kit, context, input));
  mountEndpoint(app, answering.answerPlanMonth, (input, context) => answerMonth(kit, context, input));
  mountEndpoint(app, answering.readPlanVisit, (input, context) => readProposal(kit, context, input));
  mountEndpoint(app, answering.listProposedVisits, (input, context) => listProposals(kit, context, input));
  mountEndpoint(app, answering.answerPlanVisit, (input, context) => answerVisit(kit, context, input));
}
