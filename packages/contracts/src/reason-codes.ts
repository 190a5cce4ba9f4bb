import type { NotCandidateCode } from "./catalog.ts";
import type { NotListedCode } from "./explanations.ts";
import type { PlanReasonCode } from "./plans.ts";

/**
 * The codes of every reason that is told, with what each means and the parameters that come with it: for those who
 * program against them. `packages/language` has the words for people.
 */

/** Of `reasons` of a match: why it is on the list, and what has to be known of it before it is chosen. */
export const matchReasons = {
  product: "sells or does what was asked for (`product`)",
  "crop-state": "buys the harvest as it is (`state`)",
  topic: "knows it (`topic`)",
  "by-phone": "advises by phone, nobody comes",
  "serves-area": "serves the place; how far it is is not known",
  distance: "how far (`km`, whole)",
  crop: "serves the crop (`crop`)",
  price: "what it costs (`centimos`, `unit` unless a visit)",
  "answers-in": "answers within `hours` as a rule",
  rating: "published ratings (`mean`, `count`)",
  "new-provider": "nobody has rated it yet",
  woman: "a woman, as was asked for",
  "for-women": "made for women, for a woman",
  certified: "has a certificate for it",
  "later-month": "has places from `month` on only",
  "adviser-sells": "who advises also sells inputs",
  missing: "asks for papers that the person lacks (`requirements`, with commas)",
  "asks-certificates": "asks for certificates (`certificates`, with commas)",
  "wider-search": "further off than was searched first",
} as const satisfies Readonly<Record<string, string>>;

/** Why a search found nobody: also `emptyBecause` of what was tried. */
export const emptyReasons = {
  "nobody-offers-this": "no offer of this kind anywhere",
  "nobody-reaches-there": "offers, but not there",
  "other-topics-only": "offers there are for other topics or crops",
  "conditions-not-met": "offers there have conditions that are not met",
  "all-full": "who could serve has no place left, or was tried before",
} as const satisfies Readonly<Record<string, string>>;

/** Of `reason` of a request: why a wider search, a person or nobody sees to it. */
export const requestReasons = {
  ...emptyReasons,
  "no-woman-near": "only women may come and none can; `attendance` opens it to everybody",
  "all-asked": "everybody on the list was asked",
  "list-refused": "the producer wanted nobody on the list",
  "chosen-offer-unavailable":
    "the offer named by `offerId` cannot serve, the list has others (`because`: why-not codes, with commas)",
  cancelled: "called off (`why`, as it was said)",
  disputed: "a side disputes it (`by`, `why`)",
  "outcome-unknown": "nobody says whether it took place",
  "rework-unanswered": "the provider does not say whether it does it again",
  "review-asked": "an operator looked at the list and took it over",
  "plan-changed": "the visit was part of a plan and has to be placed anew",
  "plan-dropped": "the visit was part of a plan and will not be",
} as const satisfies Readonly<Record<string, string>>;

/** Of `excluded`: why an offer is not on the list of a request. */
export const whyNotReasons: Readonly<Record<NotCandidateCode | NotListedCode, string>> = {
  "not-published": "the offer is not public",
  "provider-not-verified": "its provider is not verified, or held",
  "provider-resting": "its provider rests",
  "stale-hidden": "not confirmed for too long",
  "wrong-kind": "of another kind",
  "other-crop": "for other crops",
  "other-topic": "for other topics, products or services",
  "outside-coverage": "does not serve the district",
  "out-of-reach": "further than it goes (`km`)",
  "own-offer": "the person's own",
  excluded: "left out of this search: on an earlier list",
  "outside-amount": "less or more money than it lends",
  "women-only": "for women",
  "not-organic": "not allowed on an organic plot",
  "provider-excluded": "kept apart from the person",
  "not-named": "the search was for others by name",
  "not-by-phone": "does not advise by phone",
  unregistered: "the product is not registered",
  "not-open": "its days are over",
  "other-state": "buys the harvest in another state",
  "quality-not-met": "wants another quality",
  "too-few-packs": "sells from more on",
  "not-enough-stock": "has not as much",
  "requirement-not-met": "wants a paper that the person lacks",
  "certificate-not-held": "wants a certificate that the person lacks",
  full: "no place is left (`places`)",
  busy: "has as many open questions as it may (`open`)",
  blocked: "the person blocked it",
  "not-available": "not for this person; why is not told",
  tried: "was asked, or on an earlier list",
  "other-offer-better": "another offer of its provider is on the list",
  "not-a-woman": "only women may come",
  "lower-rank": "others are ranked before it",
  "not-searched": "nothing was searched yet",
};

/** Of `why` of a planned visit, of each of its moves, and of what is told of them. */
export const planReasons: Readonly<Record<PlanReasonCode, string>> = {
  "no-agent-for-this": "no agent knows the topic and the crop",
  "nobody-reaches-there": "no agent goes so far",
  "all-full": "no agent has a place left",
  "no-agent": "nobody is left who may take it",
  "agent-unknown": "the agent is not in the plan (`agent`)",
  "agent-away": "the agent does not work then (`agent`, `day`)",
  "agent-never-works": "the agent has no day left (`agent`)",
  "agent-may-not": "the agent may not take it (`agent`)",
  "capacity-reached": "the agent has all their people (`agent`, `people`, `left`)",
  "agent-full": "the agent's days are full (`agent`, `openDays`)",
  "not-in-month": "another month (`day`)",
  "day-closed": "market or school there (`day`, `area`, `why`)",
  "place-closed": "nobody gets there (`day`, `area`, `lastDay`, `why`)",
  "never-open": "no day suits the place and the agent (`agent`)",
  "time-refused": "the producer said no to that time (`day`, `minute`)",
  "outside-hours": "outside the agent's day (`agent`, `day`, `minute`)",
  appointment: "an appointment is fixed for another time (`day`, `minute`)",
  overlaps: "the agent is elsewhere then (`agent`, `day`, `minute`)",
  "too-far": "the day's way is too long (`agent`, `km`, `limitKm`)",
  "too-long": "longer than the agent's day (`agent`, `minutes`, `limitMinutes`)",
  "closer-agent": "another agent is nearer (`agent`, `savedKm`)",
  "makes-room": "gave way to another visit (`for`)",
  "by-hand": "somebody moved it, added it or took it off",
  "agent-unavailable": "the agent cannot come then (`agent`, `day`)",
  "agent-refused": "the agent said no (`agent`)",
  "agent-silent": "the agent did not answer (`agent`)",
  "agent-left": "the agent works no more (`agent`)",
  "producer-cannot-then": "the producer cannot then (`day`)",
  "producer-refused": "the producer said no (`reason`)",
  "no-answer": "the producer did not answer",
  "person-left": "the person left Minka, or does not agree to be served",
  "too-late": "too late to ask anybody",
  "served-otherwise": "called off, or served by somebody else",
  "month-over": "the month ended",
};

/** Of `why` of a plan as a whole. */
export const planFailures = {
  "no-agents": "no agent is verified, has a profile and offers visits",
  "could-not-place": "it could not be computed; after a change, the plan stands as it did",
} as const satisfies Readonly<Record<string, string>>;

/** As a field's description has them. */
export function codesOf(said: string, reasons: Readonly<Record<string, string>>): string {
  const codes = Object.entries(reasons).map(([code, meaning]) => `\`${code}\`: ${meaning}`);
  return `${said} Codes: ${codes.join("; ")}. A code that you do not know may come later`;
}
