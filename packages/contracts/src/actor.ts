import type { ServiceName } from "./service-names.ts";

/** Who makes a call, as the token says. */
export type Actor =
  | { readonly kind: "anonymous" }
  | { readonly kind: "person"; readonly personId: string; readonly operator: boolean }
  | { readonly kind: "service"; readonly service: ServiceName };

/** One word for audit rows and idempotency scopes. */
export function actorLabel(actor: Actor): string {
  if (actor.kind === "person") return `person:${actor.personId}`;
  if (actor.kind === "service") return `service:${actor.service}`;
  return "anonymous";
}
