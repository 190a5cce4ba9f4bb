import type { Actor } from "@minka/contracts/actor";
import type { Side } from "@minka/contracts/quotes";
import { DomainError } from "@minka/domain/errors";

/**
 * For which side an actor speaks: a person for their own, a service and an operator for whom they say (`side-needed`,
 * 422). `not-yours` (403) for others.
 */
export function sideOf(actor: Actor, said: Side | undefined, people: Readonly<Record<Side, string>>): Side {
  const own = (["requester", "provider"] as const).find(
    (side) => actor.kind === "person" && actor.personId === people[side],
  );
  if (own && (said === undefined || said === own)) return own;
  const mayChoose = actor.kind === "service" || (actor.kind === "person" && actor.operator && !own);
  if (!mayChoose) throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
  if (said) return said;
  throw new DomainError("invalid", "side-needed", "Say for which side this is.", {
    errors: [{ path: "body.by", message: "must be requester or provider" }],
  });
}
