import { isAgent } from "@minka/contracts/errands";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import { and, asc, eq, inArray, isNotNull } from "@minka/database/query";
import { memberships, organizations, people } from "../tables.ts";

/** Who may ask for others: in which name it is done. */
export type Helper = {
  readonly id: string;
  readonly name: string;
  /** Null for an agent, who asks in their own name. */
  readonly organization: { readonly id: string; readonly name: string } | null;
};

/**
 * An agent of the programme, or who stands for a verified organization. Asks catalog, so never inside a transaction.
 * Throws `not-a-helper` (403) and `name-needed` (409): nobody can agree to a stranger.
 */
export async function readHelper(
  { read, call }: { read: Queries; call: Caller },
  personId: string,
  trace: string,
): Promise<Helper> {
  const [person] = await read
    .select({ name: people.name })
    .from(people)
    .where(and(eq(people.id, personId), eq(people.state, "active")));
  const { agent } = person ? await call(isAgent, { params: { personId } }, { trace }) : { agent: false };
  const organization = agent ? null : await standsFor(read, personId);
  if (!person || (!agent && !organization))
    throw new DomainError("forbidden", "not-a-helper", "Only agents and organizations ask for others.");
  if (!person.name) throw new DomainError("conflict", "name-needed", "Say your own name first.");
  return { id: personId, name: person.name, organization };
}

async function standsFor(read: Queries, personId: string) {
  const [found] = await read
    .select({ id: organizations.id, name: organizations.name })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(
      and(
        eq(memberships.personId, personId),
        eq(memberships.state, "active"),
        inArray(memberships.role, ["delegate", "broker", "manager"]),
        eq(organizations.state, "active"),
        isNotNull(organizations.verifiedAt),
      ),
    )
    .orderBy(asc(memberships.since), asc(organizations.id))
    .limit(1);
  return found ?? null;
}
