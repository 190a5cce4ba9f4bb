import { planAgentTold, planVisitProposed, planVisitWithdrawn } from "@minka/contracts/plan-visits";
import type { Plan, PlanVisitState } from "@minka/contracts/plans";
import { engagementAgreed } from "@minka/contracts/events";
import type { LifecycleTable } from "../lifecycle-table.ts";

export type PlanState = Plan["state"];
export type PlanTransition = "draw-up" | "fail" | "approve" | "discard" | "close";

/** `operator` is whoever reviews it: an operator, or a manager of its organization. */
export const planLifecycle: LifecycleTable<PlanState, PlanTransition> = {
  "draw-up": { from: ["computing"], to: "draft", by: ["system"], emits: [] },
  fail: { from: ["computing"], to: "failed", by: ["system"], emits: [] },
  approve: { from: ["draft"], to: "approved", by: ["operator"], emits: [planAgentTold] },
  /** Nothing of it was told to anybody. By the timer, when its month is over. */
  discard: {
    from: ["computing", "failed", "draft"],
    to: "discarded",
    by: ["operator", "timer"],
    emits: [],
  },
  close: { from: ["approved"], to: "closed", by: ["timer"], emits: [planVisitWithdrawn] },
};

export type PlanVisitTransition = "place" | "propose" | "accept" | "refuse" | "take-away" | "drop";

/** The provider is the visit's agent, the requester its producer. */
export const planVisitLifecycle: LifecycleTable<PlanVisitState, PlanVisitTransition> = {
  /** At a day and hour, with an agent; what had been told of another is told anew. */
  place: {
    from: ["unassigned", "refused", "planned", "proposed"],
    to: "planned",
    by: ["system", "operator"],
    emits: [planVisitWithdrawn],
  },
  propose: { from: ["planned"], to: "proposed", by: ["timer"], emits: [planVisitProposed] },
  /** The agent has said yes before: both have. */
  accept: {
    from: ["proposed"],
    to: "accepted",
    by: ["requester", "operator"],
    emits: [engagementAgreed],
  },
  refuse: { from: ["proposed"], to: "refused", by: ["requester", "operator"], emits: [] },
  /** Its agent cannot, or not then, or is gone. */
  "take-away": {
    from: ["planned", "proposed", "accepted", "refused", "unassigned"],
    to: "unassigned",
    by: ["provider", "operator", "timer", "system"],
    emits: [planVisitWithdrawn],
  },
  drop: {
    from: ["planned", "proposed", "accepted", "refused", "unassigned"],
    to: "dropped",
    by: ["requester", "operator", "timer", "system"],
    emits: [planVisitWithdrawn],
  },
};
