import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";

/** `passedOn`: a service says what somebody wrote to it. */
export type Speaking = Context & { readonly passedOn?: boolean };

/** Who acts when a service passes on what somebody said: that person, with no more rights than theirs. */
export function speakerOf({ actor, ...context }: Context, personId: string | undefined): Speaking {
  if (actor.kind !== "service") return { actor, ...context };
  if (personId === undefined)
    throw new DomainError("invalid", "person-missing", "Say whose word it is.", {
      errors: [{ path: "body.personId", message: "is needed" }],
    });
  return { ...context, actor: { kind: "person", personId, operator: false }, passedOn: true };
}

/** Who answered by SMS, which a service passes on: their question is ended with the answer. */
export const bySms = ({ actor, passedOn }: Speaking): string | null =>
  passedOn && actor.kind === "person" ? actor.personId : null;
