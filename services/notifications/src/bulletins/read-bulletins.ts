import type { listBulletins as contract } from "@minka/contracts/bulletins";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "@minka/service/define-service";
import { and, desc, eq, lt } from "@minka/database/query";
import { z } from "zod";
import { readBulletinRow, readReach, refuseUnlessReached } from "./bulletin-rights.ts";
import { bulletinView, countedView } from "./bulletin-view.ts";
import { bulletins } from "./bulletins-tables.ts";

type Kit = Pick<ServiceKit, "db" | "call">;
type Context = Pick<CallContext, "actor" | "trace">;

/** One with its counts. Throws `bulletin-unknown` (404) and `not-your-bulletin` (403). */
export async function readBulletin({ db, call }: Kit, { actor, trace }: Context, bulletinId: string) {
  const reach = await readReach({ call }, actor, trace);
  const bulletin = await readBulletinRow(db.read, reach, bulletinId);
  return countedView({ read: db.read, call, trace }, bulletin);
}

/** The newest first: operators see all, a manager those of the organization that they name. */
export async function listBulletins(
  { db, call }: Kit,
  { actor, trace }: Context,
  { cursor, limit, organizationId }: HandlerInput<typeof contract>["query"],
): Promise<HandlerAnswer<typeof contract>> {
  const reach = await readReach({ call }, actor, trace);
  refuseUnlessReached(reach, organizationId);
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success)
    throw new DomainError("invalid", "cursor-wrong", "This cursor was not given by this list.");
  const rows = await db.read
    .select()
    .from(bulletins)
    .where(
      and(
        organizationId === undefined ? undefined : eq(bulletins.organizationId, organizationId),
        cursor === undefined ? undefined : lt(bulletins.id, cursor),
      ),
    )
    .orderBy(desc(bulletins.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(bulletinView),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
