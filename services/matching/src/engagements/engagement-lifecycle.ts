import { engagementDone, engagementMissed, requestCancelled } from "@minka/contracts/events";
import type { engagementStates } from "@minka/contracts/matching";
import type { LifecycleTable } from "../lifecycle-table.ts";

export type EngagementState = (typeof engagementStates)[number];
export type EngagementTransition = "finish" | "miss" | "contest" | "cancel";

export const engagementLifecycle: LifecycleTable<EngagementState, EngagementTransition> = {
  finish: {
    from: ["agreed"],
    to: "done",
    by: ["requester", "provider", "operator"],
    emits: [engagementDone],
  },
  miss: {
    from: ["agreed"],
    to: "no_show",
    by: ["requester", "provider", "operator"],
    emits: [engagementMissed],
  },
  /** The provider said "done" and the producer says that nobody came. */
  contest: { from: ["done"], to: "no_show", by: ["requester", "operator"], emits: [engagementMissed] },
  cancel: { from: ["agreed"], to: "cancelled", by: ["requester", "operator"], emits: [requestCancelled] },
};
