import { profilesConfirmations } from "@minka/contracts/confirmations";
import type { MembershipRole } from "@minka/contracts/memberships";
import type { Queries, Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import type { Act } from "@minka/service/act";
import { and, eq, gt, inArray } from "@minka/database/query";
import { record } from "../acts.ts";
import { memberships } from "../tables.ts";
import type { MembershipRow } from "./lock-membership.ts";
import { subjectOf } from "./settle-membership.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** How long an answer is waited for. */
const askedDays = 14;
/** Who said no is left in peace this long. */
const peaceDays = 90;
/** How many questions may be open at once where no operator has looked yet, and for one person. */
export const openQuestions = 30;

type Asked = {
  readonly personId: string;
  readonly organizationId: string;
  readonly role: MembershipRole;
  readonly origin: "added" | "group" | "joined";
  /** The words that the organization knows the person by: a name, or an id; null for who asks themself. */
  readonly namedAs: string | null;
};

/** Writes the question: to the person whether they belong, or to a manager whether one who asks may join. */
export async function askMembership(tx: Transaction, act: Act, asked: Asked): Promise<string> {
  const id = newId();
  await tx.insert(memberships).values({
    ...asked,
    id,
    state: "asked",
    askedAt: act.at,
    expiresAt: new Date(act.at.getTime() + askedDays * dayMs),
    trace: act.trace,
  });
  await record(tx, act, "membership.ask", subjectOf({ id }));
  const kind = asked.origin === "joined" ? "admission" : "membership";
  await emit(tx, profilesConfirmations.asked, { kind, id }, act);
  return id;
}

/** The one membership between the two that is asked for or active. */
export async function openMembership(
  queries: Queries,
  personId: string,
  organizationId: string,
): Promise<MembershipRow | undefined> {
  const [open] = await queries
    .select()
    .from(memberships)
    .where(
      and(
        eq(memberships.personId, personId),
        eq(memberships.organizationId, organizationId),
        inArray(memberships.state, ["asked", "active"]),
      ),
    );
  return open;
}

export function alreadyThere({ state }: MembershipRow): DomainError {
  return state === "active"
    ? new DomainError("conflict", "already-member", "This person belongs to the organization already.")
    : new DomainError("conflict", "already-asked", "This has been asked, and the answer is awaited.");
}

/** Throws `refused-lately` (409) while whoever said no is to be left in peace. */
export async function refusePestering(
  tx: Transaction,
  act: Act,
  { personId, organizationId, origin }: Omit<Asked, "namedAs">,
): Promise<void> {
  const since = new Date(act.at.getTime() - peaceDays * dayMs);
  const sameSide: Asked["origin"][] = origin === "joined" ? ["joined"] : ["added", "group"];
  const refused = await tx.$count(
    memberships,
    and(
      eq(memberships.personId, personId),
      eq(memberships.organizationId, organizationId),
      eq(memberships.state, "refused"),
      inArray(memberships.origin, sameSide),
      gt(memberships.askedAt, since),
    ),
  );
  if (refused === 0) return;
  throw new DomainError("conflict", "refused-lately", "The answer was no; ask again after 90 days.");
}

/** How many people the organization has named and who have not answered yet, however it named them. */
export async function countOpenQuestions(queries: Queries, organizationId: string): Promise<number> {
  return queries.$count(
    memberships,
    and(
      eq(memberships.organizationId, organizationId),
      eq(memberships.state, "asked"),
      inArray(memberships.origin, ["added", "group", "imported"]),
    ),
  );
}

/** Throws `too-many-asked` (409): nobody makes Minka write to any number of strangers. */
export async function refuseTooMany(
  tx: Transaction,
  whose: { readonly personId: string } | { readonly organizationId: string },
  adding = 1,
): Promise<void> {
  const open =
    "organizationId" in whose
      ? await countOpenQuestions(tx, whose.organizationId)
      : await tx.$count(
          memberships,
          and(
            eq(memberships.personId, whose.personId),
            eq(memberships.origin, "joined"),
            eq(memberships.state, "asked"),
          ),
        );
  if (open + adding <= openQuestions) return;
  throw new DomainError("conflict", "too-many-asked", "Wait for some of the answers first.");
}
