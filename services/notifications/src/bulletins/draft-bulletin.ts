import type { draftBulletin as contract } from "@minka/contracts/bulletins";
import type { HandlerInput } from "@minka/contracts/endpoint";
import { readOrganization } from "@minka/contracts/organizations";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { recordAct } from "../desk/take-over.ts";
import { idempotencyKeys } from "../tables.ts";
import { readReach, refuseUnlessReached } from "./bulletin-rights.ts";
import { readBulletin } from "./read-bulletins.ts";
import { bulletins } from "./bulletins-tables.ts";
import { composeBulletin } from "./compose-bulletin.ts";

type Kit = Pick<ServiceKit, "db" | "clock" | "call">;

/** Further ahead nobody remembers what was to be said. */
const furthestMs = 90 * 24 * 60 * 60_000;

/**
 * Writes a bulletin that nobody gets yet. Throws `not-your-bulletin` (403), `bulletin-wrong` (422, by field), and
 * `organization-unknown` (404) of profiles.
 */
export async function draftBulletin(
  { db, clock, call }: Kit,
  { actor, trace, claim }: CallContext,
  { body: { title, text, audience, sendAt } }: HandlerInput<typeof contract>,
) {
  const reach = await readReach({ call }, actor, trace);
  const { organizationId } = audience;
  refuseUnlessReached(reach, organizationId);
  const organization =
    organizationId === null ? null : await call(readOrganization, { params: { organizationId } }, { trace });
  const byManager = reach !== "all";
  const sender = byManager ? (organization?.organization.name ?? null) : null;
  const composed = composeBulletin({ title, text, sender });
  const at = clock();
  if (sendAt !== undefined && new Date(sendAt).getTime() > at.getTime() + furthestMs) {
    throw new DomainError("invalid", "bulletin-wrong", "This bulletin cannot be sent.", {
      errors: [{ path: "body.sendAt", message: "is more than 90 days ahead" }],
    });
  }
  const drafted = await db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const id = newId();
      await tx.insert(bulletins).values({
        id,
        title,
        text,
        ...composed,
        audience,
        organizationId: byManager ? organizationId : null,
        state: "draft",
        createdBy: actor.kind === "person" ? actor.personId : id,
        createdAt: at,
        sendAt: sendAt === undefined ? null : new Date(sendAt),
        trace,
      });
      await recordAct(tx, { actor, at, trace }, "drafted-bulletin", id);
      return { id };
    }),
  );
  return readBulletin({ db, call }, { actor, trace }, drafted.id);
}
