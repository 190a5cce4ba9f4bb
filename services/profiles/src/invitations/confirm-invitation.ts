import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf } from "@minka/service/act";
import { eq } from "@minka/database/query";
import type { Confirmation, Wording } from "../confirmations/confirmation.ts";
import { shortName } from "../memberships/wordings.ts";
import { idempotencyKeys, organizations, people } from "../tables.ts";
import { invitations } from "./invitations-tables.ts";
import { agreeToInvitation, refuseInvitation } from "./settle-invitation.ts";

/** To a person whom an organization's list named: do you agree that Minka keeps your data? */
export const confirmInvitation: Confirmation = {
  async readQuestion(queries, id, now) {
    const [found] = await queries
      .select({
        personId: invitations.personId,
        name: people.name,
        state: people.state,
        organization: organizations.name,
        expiresAt: invitations.expiresAt,
      })
      .from(invitations)
      .innerJoin(people, eq(people.id, invitations.personId))
      .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
      .where(eq(invitations.id, id));
    if (!found || found.state !== "invited" || found.expiresAt <= now) return null;
    return {
      personId: found.personId,
      expiresAt: found.expiresAt,
      text: "confirm_invitation",
      parameters: { invited: shortName(found.name, 24), organization: shortName(found.organization) },
    };
  },

  async answerQuestion({ db, clock, key }, context, { id, personId, accepted, at }) {
    const act = actOf(context, clock());
    return db.transaction((tx) =>
      once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
        const [invitation] = await tx.select().from(invitations).where(eq(invitations.id, id)).for("update");
        if (invitation && invitation.personId !== personId)
          throw new DomainError("forbidden", "not-your-invitation", "Another person was asked.");
        const [person] = await tx.select().from(people).where(eq(people.id, personId)).for("update");
        if (!person) throw new DomainError("not-found", "person-unknown", "There is no such person.");
        if (invitation && person.state === "invited" && at < invitation.expiresAt) {
          if (accepted) await agreeToInvitation(tx, act, invitation, { channel: "sms", givenAt: at });
          else await refuseInvitation(tx, key, act, invitation);
        }
        return { reply: await replyTo(tx, personId, accepted) };
      }),
    );
  },
};

/** How things stand now: the same reply to the same answer, however often and late it comes. */
async function replyTo(tx: Transaction, personId: string, accepted: boolean): Promise<Wording> {
  const [person] = await tx.select().from(people).where(eq(people.id, personId));
  if (person?.state === "active")
    return { text: accepted ? "invitation_yes" : "invitation_is", parameters: {} };
  return { text: accepted ? "invitation_gone" : "invitation_no", parameters: {} };
}
