import type { ProviderState, ProviderTransition } from "@minka/contracts/provider-decisions";
import { checkTransition, type Lifecycle, type Role } from "@minka/domain/lifecycle";

/** The life of a provider's entry. Only a verified one's offers are found. */
export const providerLifecycle: Lifecycle<ProviderState, ProviderTransition> = {
  submit: { from: ["draft"], to: "submitted", by: ["provider", "operator"] },
  verify: { from: ["submitted"], to: "verified", by: ["operator"] },
  reject: { from: ["submitted"], to: "draft", by: ["operator"] },
  /** What was verified has to change, so it is verified again. */
  revise: { from: ["submitted", "verified"], to: "draft", by: ["provider", "operator"] },
  /** Somebody complained: found by nobody until an operator has looked. */
  hold: { from: ["verified"], to: "held", by: ["system"] },
  /** The last complaint for which it was held is dismissed. */
  release: { from: ["held"], to: "verified", by: ["system"] },
  suspend: { from: ["verified", "held"], to: "suspended", by: ["operator"] },
  reinstate: { from: ["suspended", "held"], to: "verified", by: ["operator"] },
  close: { from: ["draft", "submitted", "verified"], to: "closed", by: ["provider", "operator"] },
  /** Who is suspended or held cannot close the entry to begin another. */
  expel: { from: ["suspended", "held"], to: "closed", by: ["operator"] },
};

/** What a role can do from a state. */
export function allowedFrom(state: ProviderState, role: Role): ProviderTransition[] {
  return (Object.keys(providerLifecycle) as ProviderTransition[]).filter(
    (name) => checkTransition(providerLifecycle, state, name, role).allowed,
  );
}
