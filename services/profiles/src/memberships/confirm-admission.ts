import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import type { Confirmation } from "../confirmations/confirmation.ts";
import { idempotencyKeys, memberships, organizations, people } from "../tables.ts";
import { isAwaited } from "./answer-membership.ts";
import { firstManager } from "./first-manager.ts";
import { lockMembership, type MembershipRow } from "./lock-membership.ts";
import { roleIn } from "./organization-rights.ts";
import { beginMembership, refuseMembership } from "./settle-membership.ts";
import { shortName } from "./wordings.ts";

/** To a manager: somebody asks to join. It names them, and never their phone. */
export const confirmAdmission: Confirmation = {
  async readQuestion(queries, id, now) {
    const [found] = await queries
      .select({
        name: people.name,
        organizationId: organizations.id,
        organization: organizations.name,
        expiresAt: memberships.expiresAt,
      })
      .from(memberships)
      .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
      .innerJoin(people, eq(people.id, memberships.personId))
      .where(and(eq(memberships.id, id), eq(memberships.state, "asked"), eq(memberships.origin, "joined")));
    if (!found?.expiresAt || found.expiresAt <= now) return null;
    const manager = await firstManager(queries, found.organizationId);
    if (!manager) return null;
    return {
      personId: manager.id,
      expiresAt: found.expiresAt,
      text: "confirm_admission",
      parameters: { name: shortName(found.name), organization: shortName(found.organization) },
    };
  },

  async answerQuestion({ db, clock }, context, { id, personId, accepted, at }) {
    const act = actOf(context, clock());
    return db.transaction((tx) =>
      once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
        const both = await lockMembership(tx, id);
        const { membership, organization } = both;
        const role = await roleIn(tx, personId, organization.id);
        if (membership.origin !== "joined" || (role !== "manager" && role !== "broker")) {
          throw new DomainError(
            "forbidden",
            "not-your-organization",
            "You may not do this for this organization.",
          );
        }
        const awaited = isAwaited(membership, at);
        if (awaited) await (accepted ? beginMembership : refuseMembership)(tx, act, both);
        const [asker] = await tx
          .select({ name: people.name })
          .from(people)
          .where(eq(people.id, membership.personId));
        return {
          reply: {
            text: awaited ? (accepted ? "admission_yes" : "admission_no") : replyText(membership, accepted),
            parameters: { name: shortName(asker?.name ?? null), organization: shortName(organization.name) },
          },
        };
      }),
    );
  },
};

/** Somebody may have answered before, perhaps this manager. */
function replyText({ state, endReason }: MembershipRow, accepted: boolean): string {
  if (state === "active") return accepted ? "admission_yes" : "admission_is";
  if (state === "refused") return accepted ? "admission_is_not" : "admission_no";
  return state === "asked" || endReason === "lapsed" ? "admission_late" : "admission_is_not";
}
