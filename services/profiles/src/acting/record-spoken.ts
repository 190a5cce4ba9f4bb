import { actorLabel, type Actor } from "@minka/contracts/actor";
import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import type { Delegation, recordSpokenDelegation as contract } from "@minka/contracts/acting";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Database, Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq, inArray } from "@minka/database/query";
import { roleIn } from "../memberships/organization-rights.ts";
import { personUnknown } from "../people/read-person.ts";
import { idempotencyKeys, organizations, people, phones } from "../tables.ts";
import { delegations } from "./acting-tables.ts";
import { recordSpoken, type Delegate } from "./agree.ts";
import {
  refuseOwnWitness,
  refuseUnlessStandsFor,
  refuseUnverified,
  signedInPerson,
} from "./delegate-rights.ts";
import { readDelegations } from "./delegation-views.ts";

type Input = HandlerInput<typeof contract>["body"];

/**
 * Writes down what a person agreed to aloud. An operator, who gains nothing by it, may for anybody. Whoever stands
 * for an organization may only for a member of it who has no phone: where there is a phone its owner's own SI is
 * the better proof, and without a membership any stranger's word would make them somebody's representative. In
 * no case may the recorder become the delegate by name.
 *
 * Throws `not-while-acting`, `delegate-unclear` (422), `not-your-organization`, `operator-needed` (403),
 * `ask-their-phone`, `organization-unverified` (409), `witness-not-other` (422), `person-unknown`, `organization-unknown`.
 */
export async function recordSpokenDelegation(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace, claim }: Pick<CallContext, "actor" | "trace" | "claim">,
  input: Input,
): Promise<{ delegation: Delegation }> {
  const recorder = signedInPerson(actor);
  const { principalId, witness } = input;
  const delegate = oneDelegate(input, principalId, recorder);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      await refuseUnlessMayRecord(tx, actor, recorder, { principalId, ...delegate });
      refuseOwnWitness(witness, await namesOf(tx, [principalId, recorder, delegate.delegatePersonId]));
      if (delegate.organizationId) await refuseUnknownOrganization(tx, delegate.organizationId);
      const by = { askedBy: recorder, at, actor: actorLabel(actor), trace };
      const id = await recordSpoken(tx, { principalId, ...delegate, witness, ...by });
      await emit(tx, answeredElsewhere.profiles, { personIds: [principalId] }, { at, trace });
      const [delegation] = await readDelegations(tx, "held", {
        where: eq(delegations.id, id),
        limit: 1,
        now: at,
      });
      if (!delegation) throw new Error("a delegation vanished while being recorded");
      return { delegation };
    }),
  );
}

function oneDelegate(input: Input, principalId: string, recorder: string): Delegate {
  const { delegatePersonId = null, organizationId = null } = input;
  if ((delegatePersonId === null) === (organizationId === null))
    throw new DomainError("invalid", "delegate-unclear", "Name one delegate: a person or an organization.");
  if (delegatePersonId === principalId || delegatePersonId === recorder)
    throw new DomainError("invalid", "delegate-unclear", "The delegate must be somebody else.");
  return { delegatePersonId, organizationId };
}

async function refuseUnlessMayRecord(
  tx: Transaction,
  actor: Actor,
  recorder: string,
  { principalId, organizationId }: Delegate & { principalId: string },
): Promise<void> {
  if (actor.kind === "person" && actor.operator) return;
  if (organizationId === null)
    throw new DomainError("forbidden", "operator-needed", "Only an operator records this for a person.");
  await refuseUnlessStandsFor(tx, recorder, organizationId);
  await refuseUnverified(tx, { delegatePersonId: null, organizationId });
  if (!(await roleIn(tx, principalId, organizationId)))
    throw new DomainError(
      "forbidden",
      "operator-needed",
      "Only an operator records this for who is no member.",
    );
  const [phone] = await tx.select().from(phones).where(eq(phones.personId, principalId)).limit(1);
  if (phone) throw new DomainError("conflict", "ask-their-phone", "They have a phone: ask there.");
}

/** Throws `person-unknown` when one of them is not registered. */
async function namesOf(tx: Transaction, ids: readonly (string | null)[]): Promise<(string | null)[]> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const rows = await tx
    .select({ name: people.name })
    .from(people)
    .where(and(inArray(people.id, wanted), eq(people.state, "active")));
  if (rows.length < wanted.length) throw personUnknown();
  return rows.map(({ name }) => name);
}

async function refuseUnknownOrganization(tx: Transaction, organizationId: string): Promise<void> {
  const [known] = await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  if (!known) throw new DomainError("not-found", "organization-unknown", "No organization has this id.");
}
