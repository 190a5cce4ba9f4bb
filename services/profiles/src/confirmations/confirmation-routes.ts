import { profilesConfirmations, type confirmationKinds } from "@minka/contracts/confirmations";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { confirmDelegation } from "../acting/confirm-delegation.ts";
import { confirmErrand } from "../errands/confirm-errand.ts";
import { confirmInvitation } from "../invitations/confirm-invitation.ts";
import { confirmAdmission } from "../memberships/confirm-admission.ts";
import { confirmMembership } from "../memberships/confirm-membership.ts";
import type { SigningKey } from "../sign-in/signing-key.ts";
import type { Confirmation } from "./confirmation.ts";

type Kind = (typeof confirmationKinds)["profiles"][number];

const confirmations: Record<Kind, Confirmation> = {
  invitation: confirmInvitation,
  membership: confirmMembership,
  admission: confirmAdmission,
  delegation: confirmDelegation,
  errand: confirmErrand,
};

/** Questions for a person that are answered by SI or NO: what they say, and what an answer does. */
export function confirmationRoutes(
  app: App,
  { db, clock, key }: { db: Database; clock: Clock; key: SigningKey },
): void {
  mountEndpoint(app, profilesConfirmations.read, async ({ params: { kind, id } }) => {
    const question = await confirmations[kind].readQuestion(db.read, id, clock());
    return { question: question && { ...question, expiresAt: question.expiresAt.toISOString() } };
  });
  mountEndpoint(app, profilesConfirmations.answer, ({ params: { kind, id }, body }, context) =>
    confirmations[kind].answerQuestion({ db, clock, key }, context, { ...body, id, at: new Date(body.at) }),
  );
}
