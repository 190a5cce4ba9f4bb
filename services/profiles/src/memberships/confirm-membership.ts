import { newId } from "@minka/database/new-id";
import type { Queries, Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acts.ts";
import type { Confirmation, Wording } from "../confirmations/confirmation.ts";
import { lockPeople } from "../people/lock-people.ts";
import { consents, idempotencyKeys, memberships, organizations, people } from "../tables.ts";
import { isAwaited } from "./answer-membership.ts";
import { firstManager } from "./first-manager.ts";
import { lockMembership, type MembershipRow } from "./lock-membership.ts";
import { beginMembership, refuseMembership } from "./settle-membership.ts";
import { shortName } from "./wordings.ts";

/** What an invited person agrees to with their SI, by the texts `confirm_membership_new` and `confirm_group_new`. */
const consentVersion = "sms-membership-2026-11";

/** To a person whom a manager, or who starts a group, has named: do you belong? */
export const confirmMembership: Confirmation = {
  async readQuestion(queries, id, now) {
    const found = await readAsked(queries, id);
    if (!found || !found.expiresAt || found.expiresAt <= now) return null;
    const organization = shortName(found.organization);
    const isNew = found.personState === "invited";
    const question = { personId: found.personId, expiresAt: found.expiresAt };
    if (found.origin === "group") {
      const starter = await firstManager(queries, found.organizationId);
      const parameters = { organization, name: shortName(starter?.name ?? null) };
      return { ...question, text: isNew ? "confirm_group_new" : "confirm_group", parameters };
    }
    if (isNew) return { ...question, text: "confirm_membership_new", parameters: { organization } };
    return { ...question, text: membershipTexts[found.role], parameters: { organization } };
  },

  async answerQuestion({ db, clock }, context, { id, personId, accepted, at }) {
    const act = actOf(context, clock());
    return db.transaction((tx) =>
      once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
        // The SI may make them a person here: people are locked before all else.
        await lockPeople(tx, [personId]);
        const both = await lockMembership(tx, id);
        const { membership } = both;
        if (membership.personId !== personId || membership.origin === "joined") {
          throw new DomainError("forbidden", "not-your-membership", "Another person was asked.");
        }
        if (isAwaited(membership, at)) {
          if (accepted) await agreeIfInvited(tx, act, personId, at);
          await (accepted ? beginMembership : refuseMembership)(tx, act, both);
        }
        return { reply: await replyTo(tx, membership.id, accepted) };
      }),
    );
  },
};

const membershipTexts = {
  member: "confirm_membership",
  delegate: "confirm_membership_delegate",
  broker: "confirm_membership_broker",
  manager: "confirm_membership_manager",
} as const;

async function readAsked(queries: Queries, id: string) {
  const [found] = await queries
    .select({
      personId: memberships.personId,
      personState: people.state,
      organizationId: organizations.id,
      organization: organizations.name,
      role: memberships.role,
      origin: memberships.origin,
      expiresAt: memberships.expiresAt,
    })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.id, id), eq(memberships.state, "asked")));
  return found;
}

/** Whom Minka did not know agrees by the same SI that their number is kept. */
async function agreeIfInvited(tx: Transaction, act: Act, personId: string, at: Date): Promise<void> {
  const [agreed] = await tx
    .update(people)
    .set({ state: "active", updatedAt: act.at })
    .where(and(eq(people.id, personId), eq(people.state, "invited")))
    .returning({ id: people.id });
  if (!agreed) return;
  await tx.insert(consents).values({
    id: newId(),
    personId,
    purpose: "service",
    version: consentVersion,
    channel: "sms",
    givenAt: at,
  });
  await record(tx, act, "person.register", personId);
}

/** How things stand now: the same reply to the same answer, however often it comes. */
async function replyTo(tx: Transaction, membershipId: string, accepted: boolean): Promise<Wording> {
  const [found] = await tx
    .select({
      state: memberships.state,
      endReason: memberships.endReason,
      organization: organizations.name,
      forming: organizations.state,
    })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(eq(memberships.id, membershipId));
  if (!found) throw new Error("a membership vanished while it was answered");
  return {
    text: replyText(found, accepted, found.forming === "forming"),
    parameters: { organization: shortName(found.organization) },
  };
}

function replyText(
  { state, endReason }: Pick<MembershipRow, "state" | "endReason">,
  accepted: boolean,
  forming: boolean,
): string {
  if (state === "active" && accepted) return forming ? "membership_group_waits" : "membership_yes";
  if (state === "active") return "membership_is";
  if (state === "refused" && !accepted) return "membership_no";
  return state === "asked" || endReason === "lapsed" ? "membership_late" : "membership_is_not";
}
