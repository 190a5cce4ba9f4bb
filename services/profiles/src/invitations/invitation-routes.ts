import { listInvitations, recordSpokenAgreement as spoken } from "@minka/contracts/imports";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Means } from "@minka/service/act";
import { and, asc, count, eq, gt } from "@minka/database/query";
import { refuseUnverified } from "../acting/delegate-rights.ts";
import { refuseUnlessRole } from "../memberships/organization-rights.ts";
import { people } from "../tables.ts";
import { invitations } from "./invitations-tables.ts";
import { recordSpokenAgreement } from "./record-spoken-agreement.ts";

export function invitationRoutes(app: App, means: Means): void {
  const { db } = means;
  mountEndpoint(app, listInvitations, async ({ params: { organizationId }, query }, { actor }) => {
    await refuseUnlessRole(db.read, actor, organizationId, ["manager", "broker"]);
    // Who is missing from the list would tell who was known before.
    if (!(actor.kind === "person" && actor.operator))
      await refuseUnverified(db.read, { delegatePersonId: null, organizationId });
    const listed = and(
      eq(invitations.organizationId, organizationId),
      eq(people.state, "invited"),
      query.state === undefined ? undefined : eq(invitations.state, query.state),
    );
    const [counted] = await db.read
      .select({ count: count() })
      .from(invitations)
      .innerJoin(people, eq(people.id, invitations.personId))
      .where(listed);
    const rows = await db.read
      .select({
        invitationId: invitations.id,
        personId: invitations.personId,
        name: invitations.name,
        state: invitations.state,
        expiresAt: invitations.expiresAt,
      })
      .from(invitations)
      .innerJoin(people, eq(people.id, invitations.personId))
      .where(and(listed, query.cursor === undefined ? undefined : gt(invitations.id, query.cursor)))
      .orderBy(asc(invitations.id))
      .limit(query.limit + 1);
    const items = rows.slice(0, query.limit);
    return {
      items: items.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() })),
      count: counted?.count ?? 0,
      next: rows.length > items.length ? (items.at(-1)?.invitationId ?? null) : null,
    };
  });
  mountEndpoint(app, spoken, (input, context) => recordSpokenAgreement(means, context, input));
}
