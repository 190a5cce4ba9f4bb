import {
  engagementAgreed,
  engagementDone,
  engagementMissed,
  listLapsed,
  matchAsked,
  matchPassedOn,
  requestCancelled,
  requestHandedOver,
  requestMatched,
} from "@minka/contracts/events";
import type { Request } from "@minka/contracts/matching";
import type { LifecycleTable } from "../lifecycle-table.ts";

export type RequestState = Request["state"];

/** Every state but the ends has a timer, a person who was asked, or an operator who answers for it. */
export const openStates = ["searching", "listed", "asking", "agreed", "with_operator"] as const;

export type RequestTransition =
  | "show-list"
  | "choose"
  | "pass-on"
  | "agree"
  | "finish"
  | "ask-again"
  | "search-wider"
  | "search-again"
  | "search-anew"
  | "hand-over"
  | "lapse"
  | "cancel";

export const requestLifecycle: LifecycleTable<RequestState, RequestTransition> = {
  "show-list": { from: ["searching"], to: "listed", by: ["system"], emits: [requestMatched] },
  choose: { from: ["listed"], to: "asking", by: ["requester", "operator"], emits: [matchAsked] },
  "pass-on": {
    from: ["asking"],
    to: "asking",
    by: ["provider", "operator", "timer", "system"],
    emits: [matchPassedOn, matchAsked],
  },
  agree: { from: ["asking"], to: "agreed", by: ["provider", "operator"], emits: [engagementAgreed] },
  finish: {
    from: ["agreed"],
    to: "done",
    by: ["requester", "provider", "operator"],
    emits: [engagementDone],
  },
  /** Nobody came: the next of the list. From `done` when only the provider had said that it was. */
  "ask-again": {
    from: ["agreed", "done"],
    to: "asking",
    by: ["requester", "provider", "operator"],
    emits: [engagementMissed, matchAsked],
  },
  /** The list was refused or is used up: one wider search. */
  "search-wider": {
    from: ["listed", "asking", "agreed", "done"],
    to: "searching",
    by: ["requester", "provider", "operator", "timer", "system"],
    emits: [matchPassedOn, engagementMissed],
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
    from: ["searching", "listed", "asking", "agreed", "done"],
    to: "with_operator",
    by: ["system", "requester", "provider", "operator", "timer"],
    emits: [matchPassedOn, engagementMissed, requestHandedOver],
  },
  lapse: { from: ["listed"], to: "lapsed", by: ["timer"], emits: [listLapsed] },
  cancel: { from: openStates, to: "cancelled", by: ["requester", "operator"], emits: [requestCancelled] },
};
