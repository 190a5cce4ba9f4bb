import type { PoolState } from "@minka/contracts/pools";
import type { Lifecycle } from "@minka/domain/lifecycle";

export type PoolTransition =
  | "close"
  | "propose"
  | "reopen"
  | "recompute"
  | "ask_suppliers"
  | "ask_members"
  | "hesitate"
  | "order"
  | "complete"
  | "resume"
  | "cancel";

/**
 * `requester` here is the organizer, `provider` a supplier. Who approves asks the suppliers; what follows from answers
 * and from silence is nobody's decision: `system`.
 */
export const poolLifecycle: Lifecycle<PoolState, PoolTransition> = {
  close: { from: ["open"], to: "closed", by: ["timer"] },
  propose: { from: ["closed"], to: "proposed", by: ["timer"] },
  reopen: { from: ["closed", "proposed"], to: "open", by: ["timer", "requester", "operator"] },
  recompute: {
    from: ["proposed", "asking_suppliers", "asking_members", "undecided", "closed"],
    to: "closed",
    by: ["requester", "operator", "system"],
  },
  ask_suppliers: {
    from: ["proposed", "closed"],
    to: "asking_suppliers",
    by: ["requester", "operator", "system"],
  },
  ask_members: {
    from: ["proposed", "closed", "asking_suppliers"],
    to: "asking_members",
    by: ["system"],
  },
  hesitate: { from: ["proposed", "closed", "asking_suppliers"], to: "undecided", by: ["system"] },
  order: {
    from: ["proposed", "closed", "asking_suppliers", "asking_members"],
    to: "ordered",
    by: ["system"],
  },
  complete: { from: ["ordered"], to: "completed", by: ["system"] },
  resume: { from: ["completed"], to: "ordered", by: ["system"] },
  cancel: {
    from: ["open", "closed", "proposed", "asking_suppliers", "asking_members", "undecided"],
    to: "cancelled",
    by: ["requester", "operator", "timer", "system"],
  },
};

/** Orders of which a decision is still open, or that are settled: who left or is out holds no packs. */
export const standingOrders = ["joined", "asked", "confirmed"] as const;
