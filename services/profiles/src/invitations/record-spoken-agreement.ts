import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { recordSpokenAgreement as contract } from "@minka/contracts/imports";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { Actor } from "@minka/contracts/actor";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { refuseOwnWitness, refuseUnverified } from "../acting/delegate-rights.ts";
import { refuseUnlessRole } from "../memberships/organization-rights.ts";
import { idempotencyKeys, people, phones } from "../tables.ts";
import { invitations, type InvitationRow } from "./invitations-tables.ts";
import { agreeToInvitation } from "./settle-invitation.ts";

const toleratedSkewMs = 10 * 60 * 1000;

/**
 * An invited person agreed aloud. As with delegations an operator may write it down for anybody; an organization only
 * once it is verified, for whom it brought to Minka itself and who has no phone: where there is one its owner's own SI is
 * the better proof. Throws `organization-unverified`, `ask-their-phone` (409), `operator-needed` (403),
 * `witness-not-other` (422), `invitation-unknown` (404) once they have answered, and `agreed-when` (422)
 * for a moment before the invitation or in the future.
 */
export async function recordSpokenAgreement(
  { db, clock }: Means,
  context: Context,
  { params: { organizationId, invitationId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const act = actOf(context, clock());
  const givenAt = new Date(body.at);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      await refuseUnlessRole(tx, context.actor, organizationId, ["manager", "broker"]);
      const [found] = await tx
        .select({ invitation: invitations, state: people.state, name: people.name })
        .from(invitations)
        .innerJoin(people, eq(people.id, invitations.personId))
        .where(and(eq(invitations.id, invitationId), eq(invitations.organizationId, organizationId)))
        .for("update");
      if (found?.state !== "invited" || found.invitation.expiresAt <= act.at)
        throw new DomainError(
          "not-found",
          "invitation-unknown",
          "Nobody is invited here, or they have answered.",
        );
      const { invitation, name } = found;
      await refuseUnlessMayRecord(tx, context.actor, invitation);
      const recorder = context.actor.kind === "person" ? context.actor.personId : null;
      refuseOwnWitness(body.witness, [name, invitation.name, recorder && (await nameOf(tx, recorder))]);
      if (givenAt < invitation.createdAt || givenAt.getTime() > act.at.getTime() + toleratedSkewMs) {
        const message = "must lie between the invitation and now";
        throw new DomainError("invalid", "agreed-when", "The agreement cannot have been spoken then.", {
          errors: [{ path: "body.at", message }],
        });
      }
      await agreeToInvitation(tx, act, invitation, { channel: "spoken", givenAt, witness: body.witness });
      const personIds = [invitation.personId];
      await emit(tx, answeredElsewhere.profiles, { personIds }, act);
      return { personId: invitation.personId };
    }),
  );
}

async function refuseUnlessMayRecord(
  tx: Transaction,
  actor: Actor,
  { personId, organizationId, introduced }: InvitationRow,
): Promise<void> {
  if (actor.kind === "person" && actor.operator) return;
  await refuseUnverified(tx, { delegatePersonId: null, organizationId });
  if (!introduced)
    throw new DomainError(
      "forbidden",
      "operator-needed",
      "Only an operator records this for whom somebody else brought in.",
    );
  const phone = await tx.$count(phones, eq(phones.personId, personId));
  if (phone > 0) throw new DomainError("conflict", "ask-their-phone", "They have a phone: ask there.");
}

async function nameOf(tx: Transaction, personId: string): Promise<string | null> {
  const [person] = await tx.select({ name: people.name }).from(people).where(eq(people.id, personId));
  return person?.name ?? null;
}
