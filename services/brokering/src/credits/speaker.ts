import { refuseWhileActing, refuseWordless, type Actor } from "@minka/contracts/actor";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import type { Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { hasRole, brokers } from "../authority.ts";
import { noSuchCredit } from "./credit-row.ts";
import type { CreditRow } from "./credits-tables.ts";

export type Calling = Pick<ServiceKit, "db" | "clock" | "call">;

/** A person who says something, themself or through a service; operators help by telephone. */
export type Speaker = Extract<Actor, { kind: "person" }>;

/**
 * Who says it: the caller, or whom a service passes on. Nobody speaks of credit in another's name, however close: what
 * somebody borrows is theirs. Throws `not-while-acting` (403), and `person-missing` (422) for a service that names
 * nobody.
 */
export function speakerOf({ actor }: Pick<Context, "actor">, personId: string | undefined): Speaker {
  refuseWhileActing(actor);
  if (actor.kind === "person") return actor;
  if (personId === undefined)
    throw new DomainError("invalid", "person-missing", "Say who said it.", {
      errors: [{ path: "body.personId", message: "is needed of a service" }],
    });
  return { kind: "person", personId, operator: false };
}

/** Who answered by SMS, which a service passes on: their question is ended with the answer. */
export const bySms = ({ actor }: Pick<Context, "actor">, { personId }: Speaker): string | null =>
  actor.kind === "service" ? personId : null;

/**
 * Throws `no-such-credit` (404) for whoever is not the borrower: also that there is one is theirs alone. `word-needed`
 * (403) for who may be another of the borrower's phone.
 */
export async function refuseUnlessBorrower(
  call: Caller,
  { speaker, trace }: { speaker: Speaker; trace: string },
  { personId, organizationId }: Pick<CreditRow, "personId" | "organizationId">,
): Promise<void> {
  refuseWordless(speaker, personId);
  if (speaker.operator || speaker.personId === personId) return;
  if (
    organizationId !== null &&
    (await hasRole(call, trace, { personId: speaker.personId, organizationId, roles: brokers }))
  )
    return;
  throw noSuchCredit();
}

/**
 * What somebody has is theirs alone to say: the lender is told that they declared it. Throws `not-theirs-to-declare` (422)
 * for whoever asks in their name.
 */
export function refuseToDeclare(declared: readonly unknown[]): void {
  if (declared.length === 0) return;
  throw new DomainError("invalid", "not-theirs-to-declare", "Only the borrower says what they have.", {
    errors: [{ path: "body.declared", message: "must be left out of what is asked in another's name" }],
  });
}

export const roleOf = <Part extends "requester" | "provider">({ operator }: Speaker, part: Part) =>
  operator ? ("operator" as const) : part;
