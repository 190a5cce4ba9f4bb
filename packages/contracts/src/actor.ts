import { DomainError } from "@minka/domain/errors";
import type { ServiceName } from "./service-names.ts";

/** Who acts in a person's place, as that person agreed: somebody for themself, or for an organization. */
export type Through = { readonly personId: string; readonly organizationId?: string };

/** Who makes a call, as the token says. */
export type Actor =
  | { readonly kind: "anonymous" }
  | {
      readonly kind: "person";
      /** In whose name: rights are this person's. */
      readonly personId: string;
      readonly operator: boolean;
      /** Set when others of a phone of theirs may be signed in as them, since they have no private word there. */
      readonly wordless?: true;
      /** Set when somebody else acts in this person's name. */
      readonly through?: Through;
    }
  | { readonly kind: "service"; readonly service: ServiceName };

/** One line for audit rows and idempotency scopes; names both where one acts in another's name. */
export function actorLabel(actor: Actor): string {
  if (actor.kind === "person") return `person:${actor.personId}${throughLabel(actor.through)}`;
  if (actor.kind === "service") return `service:${actor.service}`;
  return "anonymous";
}

function throughLabel(through: Through | undefined): string {
  if (!through) return "";
  const organization = through.organizationId ? ` of organization:${through.organizationId}` : "";
  return ` through person:${through.personId}${organization}`;
}

/**
 * Some acts belong to the person alone: what they consent to, who may act for them, what is held on them,
 * where they are signed in. Throws `not-while-acting` (forbidden) when somebody else acts in their name.
 */
export function refuseWhileActing(actor: Actor): void {
  if (actor.kind === "person" && actor.through) {
    throw new DomainError(
      "forbidden",
      "not-while-acting",
      "Only the person themself may do this, not somebody who acts in their name.",
    );
  }
}

/**
 * What others of the house must not read or decide: credit, payments, messages, what is held on somebody. Throws
 * `word-needed` (forbidden) for whoever comes as this person and may be anybody of a shared phone.
 */
export function refuseWordless(actor: Actor, personId: string | null): void {
  if (actor.kind === "person" && actor.wordless && actor.personId === personId) throw wordNeeded();
}

export const wordNeeded = () =>
  new DomainError(
    "forbidden",
    "word-needed",
    "Several people share this phone: a private word is needed first.",
  );

/** In which a service shows its own token where it calls with a person's: what it says of the address is believed. */
export const voucherHeader = "x-service-token";
