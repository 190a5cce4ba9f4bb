import { engagementAgreed, matchAsked, matchPassedOn, matchWithdrawn } from "@minka/contracts/events";
import type { Match } from "@minka/contracts/matches";
import { quoteClosed, quoteMade } from "@minka/contracts/quotes";
import type { LifecycleTable } from "../lifecycle-table.ts";

export type MatchState = Match["state"];
export type MatchTransition =
  | "ask"
  | "accept"
  | "accept-plan"
  | "quote"
  | "counter"
  | "accept-quote"
  | "refuse-quote"
  | "decline"
  | "stay-silent"
  | "take-back"
  | "withdraw"
  | "leave";

export const matchLifecycle: LifecycleTable<MatchState, MatchTransition> = {
  /**
   * By choice, or because the one before passed. A withdrawn one is asked when the accepted one did not come, or when
   * the producer who took it back wants it after all.
   */
  ask: {
    from: ["listed", "withdrawn"],
    to: "asked",
    by: ["requester", "provider", "operator", "timer", "system"],
    emits: [matchAsked],
  },
  accept: { from: ["asked"], to: "accepted", by: ["provider", "operator"], emits: [engagementAgreed] },
  /** Of an agent's month, to which they agreed before: it is the producer's yes that was missing. */
  "accept-plan": {
    from: ["asked"],
    to: "accepted",
    by: ["requester", "operator"],
    emits: [engagementAgreed],
  },
  /** The provider names a price or a day: it is the producer's turn; who may name another. */
  quote: { from: ["asked"], to: "quoted", by: ["provider", "operator"], emits: [quoteMade] },
  counter: { from: ["quoted"], to: "asked", by: ["requester", "operator"], emits: [quoteMade] },
  "accept-quote": {
    from: ["quoted"],
    to: "accepted",
    by: ["requester", "operator"],
    emits: [engagementAgreed],
  },
  "refuse-quote": {
    from: ["quoted"],
    to: "declined",
    by: ["requester", "operator"],
    emits: [quoteClosed, matchPassedOn],
  },
  decline: {
    from: ["asked", "quoted"],
    to: "declined",
    by: ["provider", "operator"],
    emits: [matchPassedOn],
  },
  "stay-silent": { from: ["asked"], to: "silent", by: ["timer"], emits: [matchPassedOn] },
  /** Its provider left while asked, was sent away, or cannot be written to: as good as a no, but not theirs. */
  "take-back": { from: ["asked", "quoted"], to: "declined", by: ["system"], emits: [matchPassedOn] },
  /** Another was accepted, or the list or the request is over. */
  withdraw: {
    from: ["listed", "asked", "quoted", "accepted"],
    to: "withdrawn",
    by: ["requester", "provider", "operator", "timer", "system"],
    emits: [matchWithdrawn],
  },
  /** Its provider is no longer there: unlike a withdrawn one it is never asked again. */
  leave: { from: ["listed", "withdrawn"], to: "declined", by: ["provider", "system"], emits: [] },
};
