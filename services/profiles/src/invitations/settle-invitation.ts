import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Act } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acts.ts";
import { lockMembership } from "../memberships/lock-membership.ts";
import { beginMembership } from "../memberships/settle-membership.ts";
import { beginErasure } from "../personal-data/request-erasure.ts";
import { consents, memberships, people } from "../tables.ts";
import { readSubject } from "../personal-data/subject.ts";
import { invitations, type InvitationRow } from "./invitations-tables.ts";
import { rememberRefusal, type RefusalKey } from "./refusals.ts";

/** What people agree to, by the text `confirm_invitation` or spoken with the same meaning. */
const consentVersion = "invitation-2026-11";

type Agreement =
  | { readonly channel: "sms"; readonly givenAt: Date }
  | { readonly channel: "spoken"; readonly givenAt: Date; readonly witness: string };

/**
 * The person agrees: from now on they are somebody here, and belong where they were invited. Other organizations
 * that named them too ask about the membership alone. Nothing changes for who agreed before.
 */
export async function agreeToInvitation(
  tx: Transaction,
  act: Act,
  invitation: InvitationRow,
  agreement: Agreement,
): Promise<void> {
  const { personId } = invitation;
  const [agreed] = await tx
    .update(people)
    .set({ state: "active", updatedAt: act.at })
    .where(and(eq(people.id, personId), eq(people.state, "invited")))
    .returning({ id: people.id });
  if (agreed) {
    await tx
      .insert(consents)
      .values({ id: newId(), personId, purpose: "service", version: consentVersion, ...agreement });
    await record(tx, act, "person.register", personId);
  }
  await tx.delete(invitations).where(eq(invitations.id, invitation.id));
  const both = await lockMembership(tx, invitation.membershipId);
  if (both.membership.state === "asked") {
    await beginMembership(tx, act, both);
    if (invitation.since !== null)
      await tx
        .update(memberships)
        .set({ since: invitation.since })
        .where(eq(memberships.id, invitation.membershipId));
  }
  await tx
    .update(invitations)
    .set({ state: "waiting", dueAt: act.at })
    .where(and(eq(invitations.personId, personId), eq(invitations.state, "asked")));
}

/** The person does not agree: nothing is kept of them, here or elsewhere, and they are not written to again. */
export async function refuseInvitation(
  tx: Transaction,
  key: RefusalKey,
  act: Act,
  { personId }: Pick<InvitationRow, "personId">,
): Promise<void> {
  const who = await readSubject(tx, personId);
  if (who) await rememberRefusal(tx, key, [...who.phones, ...who.sharedPhones, ...who.documents], act.at);
  await beginErasure(tx, personId, { ...act, action: "invitation.refuse", answers: true });
}
