import { DomainError } from "./errors.ts";

/**
 * A lifecycle is a table: from which states a transition leads where, and who may make it. Use cases ask
 * it; routes turn its refusal into 409 with the allowed ones.
 */
export type Role = "requester" | "provider" | "operator" | "timer" | "system";

export type Transition<State extends string> = {
  readonly from: readonly State[];
  readonly to: State;
  readonly by: readonly Role[];
};

export type Lifecycle<State extends string, Name extends string> = Readonly<Record<Name, Transition<State>>>;

export type Refusal<Name extends string> =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly reason: "illegal-state" | "not-allowed-for-role";
      readonly alternatives: Name[];
    };

/** Whether `role` may do `name` from `state`; when not, what that role could do instead. */
export function checkTransition<State extends string, Name extends string>(
  lifecycle: Lifecycle<State, Name>,
  state: State,
  name: Name,
  role: Role,
): Refusal<Name> {
  const transition = lifecycle[name];
  const stateFits = transition.from.includes(state);
  if (stateFits && transition.by.includes(role)) return { allowed: true };
  const alternatives = (Object.keys(lifecycle) as Name[]).filter(
    (other) => lifecycle[other].from.includes(state) && lifecycle[other].by.includes(role),
  );
  return { allowed: false, reason: stateFits ? "not-allowed-for-role" : "illegal-state", alternatives };
}

/**
 * The state after `name`. Throws `illegal-transition` (409) with what the role could do instead, or
 * `not-allowed-for-role` (403) when the moment is right but somebody else has to do it.
 */
export function nextState<State extends string, Name extends string>(
  lifecycle: Lifecycle<State, Name>,
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
