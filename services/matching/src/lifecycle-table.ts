import type { EventDefinition } from "@minka/contracts/event";
import { DomainError } from "@minka/domain/errors";
import { checkTransition, type Role, type Transition } from "@minka/domain/lifecycle";

/** A lifecycle of this service also says what each transition tells the other services. */
export type LifecycleTable<State extends string, Name extends string> = Readonly<
  Record<Name, Transition<State> & { readonly emits: readonly EventDefinition[] }>
>;

/**
 * The state after `name`. Throws `illegal-transition` (409) with what the role could do instead, or
 * `not-allowed-for-role` (403) when the moment is right but somebody else has to do it.
 */
export function nextState<State extends string, Name extends string>(
  lifecycle: LifecycleTable<State, Name>,
  state: State,
  name: Name,
  role: Role,
): State {
  const check = checkTransition(lifecycle, state, name, role);
  if (check.allowed) return lifecycle[name].to;
  const details = { state, refused: name, allowed: check.alternatives };
  if (check.reason === "not-allowed-for-role")
    throw new DomainError("forbidden", "not-allowed-for-role", `A ${role} may not ${name}.`, { details });
  throw new DomainError("conflict", "illegal-transition", `Cannot ${name} while ${state}.`, { details });
}
