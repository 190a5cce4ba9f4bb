import type { ContractState } from "@minka/contracts/lot-contracts";
import type { compositionStates } from "@minka/contracts/lot-compositions";
import type { PledgeState } from "@minka/contracts/lot-pledges";
import type { settlementStates } from "@minka/contracts/lot-settlements";
import type { LotState } from "@minka/contracts/lots";
import type { Actor } from "@minka/contracts/actor";
import type { Lifecycle, Role } from "@minka/domain/lifecycle";

/** `provider` is the organizer's people here, `requester` the member, or the buyer. */
export const lotLifecycle = {
  close: { from: ["open"], to: "collecting", by: ["provider", "operator", "timer"] },
  compose: { from: ["collecting"], to: "composed", by: ["provider", "operator"] },
  /** What was approved is taken back, as long as nothing was delivered. */
  recompose: { from: ["composed"], to: "collecting", by: ["provider", "operator"] },
  settle: { from: ["composed"], to: "settled", by: ["provider", "operator"] },
  cancel: {
    from: ["open", "collecting", "composed"],
    to: "cancelled",
    by: ["provider", "operator", "system"],
  },
} as const satisfies Lifecycle<LotState, string>;
export type LotStep = keyof typeof lotLifecycle;

export const pledgeLifecycle = {
  change: { from: ["open"], to: "open", by: ["requester", "provider", "operator"] },
  withdraw: { from: ["open"], to: "withdrawn", by: ["requester", "provider", "operator", "system"] },
  /** Its lot was given up. */
  release: { from: ["open"], to: "released", by: ["system"] },
} as const satisfies Lifecycle<PledgeState, string>;

export const contractLifecycle = {
  propose: { from: ["negotiating"], to: "negotiating", by: ["provider", "requester", "operator"] },
  accept: { from: ["negotiating"], to: "agreed", by: ["provider", "requester", "operator"] },
  refuse: { from: ["negotiating"], to: "ended", by: ["provider", "requester", "operator", "system"] },
  /** The first of the two signatures changes nothing but itself. */
  "sign-first": { from: ["agreed"], to: "agreed", by: ["provider", "requester", "operator"] },
  sign: { from: ["agreed"], to: "signed", by: ["provider", "requester", "operator"] },
  decline: { from: ["agreed"], to: "ended", by: ["provider", "requester", "operator", "system"] },
  /** Not signed in time, though reminded. */
  lapse: { from: ["agreed"], to: "ended", by: ["timer"] },
} as const satisfies Lifecycle<ContractState, string>;

export const compositionLifecycle = {
  approve: { from: ["proposed"], to: "approved", by: ["provider", "operator"] },
  reject: { from: ["proposed", "approved"], to: "rejected", by: ["provider", "operator"] },
  supersede: { from: ["proposed"], to: "superseded", by: ["provider", "operator", "system"] },
} as const satisfies Lifecycle<(typeof compositionStates)[number], string>;

export const settlementLifecycle = {
  approve: { from: ["proposed"], to: "approved", by: ["provider", "operator"] },
  reject: { from: ["proposed"], to: "rejected", by: ["provider", "operator", "system"] },
} as const satisfies Lifecycle<(typeof settlementStates)[number], string>;

/** In which role somebody acts who was found to speak for a side. */
export function roleAs(actor: Actor, side: Extract<Role, "provider" | "requester">): Role {
  return actor.kind === "person" && actor.operator ? "operator" : side;
}
