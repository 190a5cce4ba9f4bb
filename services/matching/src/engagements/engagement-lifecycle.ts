import { engagementDisputed, reworkAgreed, reworkAsked } from "@minka/contracts/disputes";
import { engagementDone, engagementMissed, requestCancelled } from "@minka/contracts/events";
import { engagementCalledOff, engagementMoved } from "@minka/contracts/follow-ups";
import type { engagementStates } from "@minka/contracts/engagements";
import type { LifecycleTable } from "../lifecycle-table.ts";

export type EngagementState = (typeof engagementStates)[number];
export type EngagementTransition =
  | "finish"
  | "miss"
  | "contest"
  | "call-off"
  | "cancel"
  | "move"
  | "ask-rework"
  | "agree-rework"
  | "decline-rework"
  | "leave-rework"
  | "dispute"
  | "give-up"
  | "settle-done"
  | "settle-no-show"
  | "settle-cancelled"
  | "settle-rework";

const either = ["requester", "provider", "operator"] as const;

export const engagementLifecycle: LifecycleTable<EngagementState, EngagementTransition> = {
  finish: { from: ["agreed"], to: "done", by: either, emits: [engagementDone] },
  miss: { from: ["agreed"], to: "no_show", by: either, emits: [engagementMissed] },
  /** The provider said "done" and the producer says that nobody came. */
  contest: { from: ["done"], to: "no_show", by: ["requester", "operator"], emits: [engagementMissed] },
  /** The provider cannot come, and says so before the day. A plan that moves the visit tells it in its own events. */
  "call-off": {
    from: ["agreed"],
    to: "cancelled",
    by: ["provider", "operator"],
    emits: [engagementCalledOff],
  },
  /** With its request. */
  cancel: {
    from: ["agreed", "rework"],
    to: "cancelled",
    by: ["requester", "operator"],
    emits: [requestCancelled],
  },
  /** Another day that both want. */
  move: { from: ["agreed"], to: "agreed", by: either, emits: [engagementMoved] },
  /** What was done must be done again. */
  "ask-rework": { from: ["done"], to: "rework", by: ["requester", "operator"], emits: [reworkAsked] },
  "agree-rework": { from: ["rework"], to: "agreed", by: ["provider", "operator"], emits: [reworkAgreed] },
  "decline-rework": {
    from: ["rework"],
    to: "disputed",
    by: ["provider", "operator"],
    emits: [engagementDisputed],
  },
  "leave-rework": { from: ["rework"], to: "disputed", by: ["timer"], emits: [engagementDisputed] },
  dispute: { from: ["agreed", "done", "rework"], to: "disputed", by: either, emits: [engagementDisputed] },
  /** Nobody says whether it took place. */
  "give-up": { from: ["agreed"], to: "disputed", by: ["timer"], emits: [engagementDisputed] },
  /** An operator decides; and each side may say what is in the other's favour. */
  "settle-done": { from: ["disputed"], to: "done", by: ["requester", "operator"], emits: [engagementDone] },
  "settle-no-show": {
    from: ["disputed"],
    to: "no_show",
    by: ["provider", "operator"],
    emits: [engagementMissed],
  },
  "settle-cancelled": {
    from: ["disputed"],
    to: "cancelled",
    by: ["operator", "system"],
    emits: [requestCancelled],
  },
  "settle-rework": { from: ["disputed"], to: "rework", by: ["operator"], emits: [reworkAsked] },
};
