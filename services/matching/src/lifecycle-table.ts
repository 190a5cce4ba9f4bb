import type { EventDefinition } from "@minka/contracts/event";
import type { Transition } from "@minka/domain/lifecycle";

/** A lifecycle of this service also says what each transition tells the other services. */
export type LifecycleTable<State extends string, Name extends string> = Readonly<
  Record<Name, Transition<State> & { readonly emits: readonly EventDefinition[] }>
>;
