import { engagementAgreed, matchAsked, matchPassedOn } from "@minka/contracts/events";
import type { Match } from "@minka/contracts/matching";
import type { LifecycleTable } from "../lifecycle-table.ts";

export type MatchState = Match["state"];
export type MatchTransition =
  | "ask"
  | "accept"
  | "decline"
  | "stay-silent"
  | "take-back"
  | "withdraw"
  | "leave";

export const matchLifecycle: LifecycleTable<MatchState, MatchTransition> = {
  /** By choice, or because the one before passed. A withdrawn one is asked when the accepted one did not come. */
  ask: {
    from: ["listed", "withdrawn"],
    to: "asked",
    by: ["requester", "provider", "operator", "timer", "system"],
    emits: [matchAsked],
  },
  accept: { from: ["asked"], to: "accepted", by: ["provider", "operator"], emits: [engagementAgreed] },
  decline: { from: ["asked"], to: "declined", by: ["provider", "operator"], emits: [matchPassedOn] },
  "stay-silent": { from: ["asked"], to: "silent", by: ["timer"], emits: [matchPassedOn] },
  /** Its provider left while asked, was sent away, or cannot be written to: as good as a no, but not theirs. */
  "take-back": { from: ["asked"], to: "declined", by: ["system"], emits: [matchPassedOn] },
  /** Another was accepted, or the list or the request is over. */
  withdraw: {
    from: ["listed", "asked", "accepted"],
    to: "withdrawn",
    by: ["requester", "provider", "operator", "timer"],
    emits: [],
  },
  /** Its provider is no longer there: unlike a withdrawn one it is never asked again. */
  leave: { from: ["listed", "withdrawn"], to: "declined", by: ["provider", "system"], emits: [] },
};
