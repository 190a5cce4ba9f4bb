import type { OfferChange, OfferState } from "@minka/contracts/offers";
import { DomainError } from "@minka/domain/errors";
import { checkTransition, type Lifecycle, type Role } from "@minka/domain/lifecycle";

/** The life of an offer. Only a published one of a verified provider is found. */
export const offerLifecycle: Lifecycle<OfferState, OfferChange | "expire"> = {
  /** An expired one comes back with new dates. */
  publish: { from: ["draft", "expired"], to: "published", by: ["provider", "operator"] },
  /** By the system when who is asked about it no longer agrees to be. */
  pause: { from: ["published"], to: "paused", by: ["provider", "operator", "system"] },
  resume: { from: ["paused"], to: "published", by: ["provider", "operator"] },
  withdraw: {
    from: ["draft", "published", "paused", "expired"],
    to: "withdrawn",
    by: ["provider", "operator"],
  },
  /** The training is over, or the buyer's delivery window has closed. */
  expire: { from: ["published", "paused"], to: "expired", by: ["timer"] },
};

/** Terms may change as long as the offer can still be found, or be again. */
const editableStates: readonly OfferState[] = ["draft", "published", "paused", "expired"];

/** What the offer's managers can do from a state. */
export function allowedChanges(state: OfferState): OfferChange[] {
  return (Object.keys(offerLifecycle) as (OfferChange | "expire")[]).filter(
    (name): name is OfferChange =>
      name !== "expire" && checkTransition(offerLifecycle, state, name, "provider").allowed,
  );
}

/** The state after a change. Throws `illegal-transition` (409) with what is `allowed` instead. */
export function stateAfter(state: OfferState, change: OfferChange, role: Role): OfferState {
  if (checkTransition(offerLifecycle, state, change, role).allowed) return offerLifecycle[change].to;
  throw new DomainError("conflict", "illegal-transition", `An offer that is ${state} cannot be changed so.`, {
    details: { state, allowed: allowedChanges(state) },
  });
}

/** Throws `illegal-transition` (409) for an offer whose terms stay as they are. */
export function refuseUneditable(state: OfferState): void {
  if (editableStates.includes(state)) return;
  throw new DomainError("conflict", "illegal-transition", `An offer that is ${state} cannot be edited.`, {
    details: { state, allowed: allowedChanges(state) },
  });
}
