import { readPerson } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";

/** Whether somebody agrees that Minka serves them; whoever was erased does not. */
export async function agrees(call: Caller, personId: string, trace: string): Promise<boolean> {
  try {
    const { person } = await call(readPerson, { params: { personId } }, { trace });
    return person.consented;
  } catch (error) {
    if (error instanceof DomainError && error.category === "not-found") return false;
    throw error;
  }
}

/**
 * Makes sure that somebody can be entered as part of a provider: they exist (`person-unknown`, 404) and agreed
 * that Minka keeps their data (`person-has-not-agreed`, 409).
 */
export async function readAgreedPerson(call: Caller, personId: string, trace: string): Promise<void> {
  const { person } = await call(readPerson, { params: { personId } }, { trace });
  if (person.consented) return;
  throw new DomainError(
    "conflict",
    "person-has-not-agreed",
    "This person has not agreed yet that Minka keeps their data.",
  );
}
