import type { ProviderState, ProviderTransition } from "@minka/contracts/providers";
import { checkTransition, type Lifecycle, type Role } from "@minka/domain/lifecycle";

/** The life of a provider's entry. Only a verified one's offers are found. */
export const providerLifecycle: Lifecycle<ProviderState, ProviderTransition> = {
  submit: { from: ["draft"], to: "submitted", by: ["provider", "operator"] },
  verify: { from: ["submitted"], to: "verified", by: ["operator"] },
  reject: { from: ["submitted"], to: "draft", by: ["operator"] },
  /** What was verified has to change, so it is verified again. */
  revise: { from: ["submitted", "verified"], to: "draft", by: ["provider", "operator"] },
  suspend: { from: ["verified"], to: "suspended", by: ["operator"] },
  reinstate: { from: ["suspended"], to: "verified", by: ["operator"] },
  close: { from: ["draft", "submitted", "verified"], to: "closed", by: ["provider", "operator"] },
  /** Who is suspended cannot close the entry to begin another. */
  expel: { from: ["suspended"], to: "closed", by: ["operator"] },
};

/** What a role can do from a state. */
export function allowedFrom(state: ProviderState, role: Role): ProviderTransition[] {
  return (Object.keys(providerLifecycle) as ProviderTransition[]).filter(
    (name) => checkTransition(providerLifecycle, state, name, role).allowed,
  );
}
