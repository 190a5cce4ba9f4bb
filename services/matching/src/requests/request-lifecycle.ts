import { engagementDisputed, reworkAsked } from "@minka/contracts/disputes";
import {
  engagementAgreed,
  engagementDone,
  engagementMissed,
  listLapsed,
  matchAsked,
  matchPassedOn,
  matchWithdrawn,
  requestCancelled,
  requestDispatched,
  requestHandedOver,
  requestMatched,
} from "@minka/contracts/events";
import { engagementCalledOff } from "@minka/contracts/follow-ups";
import type { Request } from "@minka/contracts/matching";
import { listedAgain } from "@minka/contracts/quotes";
import type { LifecycleTable } from "../lifecycle-table.ts";

export type RequestState = Request["state"];

/** Every state but the ends has a timer, a person who was asked, or an operator who answers for it. */
export const openStates = ["searching", "listed", "asking", "agreed", "with_operator"] as const;

export type RequestTransition =
  | "show-list"
  | "choose"
  | "ask-at-once"
  | "switch"
  | "pass-on"
  | "agree"
  | "finish"
  | "ask-again"
  | "search-wider"
  | "search-again"
  | "search-anew"
  | "hand-over"
  | "list-again"
  | "do-again"
  | "dispute"
  | "lapse"
  | "plan"
  | "leave-plan"
  | "cancel";

export const requestLifecycle: LifecycleTable<RequestState, RequestTransition> = {
  "show-list": { from: ["searching"], to: "listed", by: ["system"], emits: [requestMatched] },
  choose: { from: ["listed"], to: "asking", by: ["requester", "operator"], emits: [matchAsked] },
  /** An urgent one is not listed: the best three are asked, and once all of them said no, the next. */
  "ask-at-once": {
    from: ["searching", "listed", "asking", "agreed", "done", "with_operator"],
    to: "asking",
    by: ["requester", "provider", "operator", "timer", "system"],
    emits: [requestDispatched, matchAsked],
  },
  /** Who is asked is taken back, and another of the list asked instead. */
  switch: {
    from: ["asking"],
    to: "asking",
    by: ["requester", "operator"],
    emits: [matchWithdrawn, matchAsked],
  },
  "pass-on": {
    from: ["asking"],
    to: "asking",
    by: ["requester", "provider", "operator", "timer", "system"],
    emits: [matchPassedOn, matchAsked],
  },
  /** The producer too: by accepting the price that the provider named. */
  agree: {
    from: ["asking"],
    to: "agreed",
    by: ["requester", "provider", "operator"],
    emits: [engagementAgreed],
  },
  /** From the operator's hands too, where it was not known or not agreed whether it was done. */
  finish: {
    from: ["agreed", "with_operator"],
    to: "done",
    by: ["requester", "provider", "operator"],
    emits: [engagementDone],
  },
  /** Nobody came, or will: the next of the list. From `done` when only the provider had said that it was. */
  "ask-again": {
    from: ["agreed", "done", "with_operator"],
    to: "asking",
    by: ["requester", "provider", "operator"],
    emits: [engagementMissed, engagementCalledOff, matchAsked],
  },
  /** The list was refused or is used up: one wider search. */
  "search-wider": {
    from: ["searching", "listed", "asking", "agreed", "done", "with_operator"],
    to: "searching",
    by: ["requester", "provider", "operator", "timer", "system"],
    emits: [matchPassedOn, engagementMissed, engagementCalledOff],
  },
  /** Somebody new may be found, or have a place again. */
  "search-again": { from: ["with_operator"], to: "searching", by: ["operator"], emits: [] },
  /** They say who may come: another list, or one where there was nobody but men. */
  "search-anew": {
    from: ["searching", "listed", "with_operator"],
    to: "searching",
    by: ["requester", "operator"],
    emits: [],
  },
  /** Nothing found, or the wider list is used up too. */
  "hand-over": {
    from: ["searching", "listed", "asking", "agreed", "done", "with_operator"],
    to: "with_operator",
    by: ["system", "requester", "provider", "operator", "timer"],
    emits: [matchPassedOn, engagementMissed, engagementCalledOff, requestHandedOver],
  },
  /** A price was not answered in time, or who was asked is taken back: the others of the list wait once more. */
  "list-again": {
    from: ["asking"],
    to: "listed",
    by: ["timer", "requester", "operator"],
    emits: [listedAgain, matchWithdrawn],
  },
  /** What was done must be done again. */
  "do-again": {
    from: ["done", "with_operator"],
    to: "agreed",
    by: ["requester", "operator"],
    emits: [reworkAsked],
  },
  /** The engagement is before an operator, and so is its request. */
  dispute: {
    from: ["agreed", "done"],
    to: "with_operator",
    by: ["requester", "provider", "operator", "timer"],
    emits: [engagementDisputed, requestHandedOver],
  },
  lapse: { from: ["listed", "asking"], to: "lapsed", by: ["timer"], emits: [listLapsed] },
  /** An agent's plan sees to it: the producer has said yes to a visit that its agent had agreed to. */
  plan: { from: ["with_operator"], to: "asking", by: ["requester", "operator"], emits: [] },
  /** The planned visit will not be, or not then. */
  "leave-plan": { from: ["agreed"], to: "with_operator", by: ["provider", "operator"], emits: [] },
  cancel: {
    from: openStates,
    to: "cancelled",
    by: ["requester", "operator", "system"],
    emits: [requestCancelled],
  },
};
