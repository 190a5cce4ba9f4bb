import type { Actor } from "@minka/contracts/actor";
import { longestClosureDays, type Closure, type closePlace as contract } from "@minka/contracts/closures";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { listMemberships } from "@minka/contracts/memberships";
import { readOrganization } from "@minka/contracts/organizations";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay, type LimaDay } from "@minka/domain/lima-time";
import { allDistricts } from "@minka/geography/districts";
import type { Caller } from "@minka/http/caller";
import type { ServiceKit } from "@minka/service/define-service";
import { actOf, type Context } from "@minka/service/act";
import { and, like, lte } from "@minka/database/query";
import { record } from "../acting.ts";
import { planSessions, planVisits } from "../plans/plans-tables.ts";
import { replanTouched } from "../plans/replan-touched.ts";
import { idempotencyKeys } from "../tables.ts";
import { closures, type ClosureRow } from "./closures-tables.ts";
import { doubtClosed } from "./doubt-closed.ts";

export type ClosureMeans = Pick<ServiceKit, "db" | "clock" | "call">;

/**
 * Nobody gets to a place until a day: months with visits there are placed anew, and an operator calls who had agreed otherwise. `area-unknown`, `hamlet-needs-district`, `closure-out-of-range` (422);
 * `not-your-organization`, `not-your-province` (403): who manages an organization speaks of its own province.
 */
export async function closePlace(
  { db, clock, call }: ClosureMeans,
  context: Context,
  { body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { area, placeName, until, reason, organizationId } = body;
  refuseWrongPlace(area, placeName);
  refuseOutOfRange(until, limaDay(clock()));
  await refuseUnlessTheirs(call, context, { area, organizationId });
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const row: ClosureRow = {
        id: newId(),
        area,
        placeName: placeName ?? null,
        until,
        reason,
        organizationId: organizationId ?? null,
        closedBy: act.by,
        closedAt: act.at,
        openedAt: null,
      };
      await tx.insert(closures).values(row);
      await record(tx, act, "closure.set", `closure:${row.id}`);
      // Which of its hamlets is closed is found out when visits are placed.
      await replanTouched(
        tx,
        act,
        and(like(planVisits.districtCode, `${area}%`), lte(planSessions.day, until)),
      );
      await doubtClosed(tx, act, row);
      return { closure: closureView(row) };
    }),
  );
}

export function closureView({
  id,
  area,
  placeName,
  until,
  reason,
  organizationId,
  closedAt,
}: ClosureRow): Closure {
  return { id, area, placeName, until, reason, organizationId, at: closedAt.toISOString() };
}

function refuseWrongPlace(area: string, placeName: string | undefined): void {
  if (!allDistricts().some(({ code }) => code.startsWith(area)))
    throw new DomainError("invalid", "area-unknown", "No area has this code.", {
      errors: [{ path: "body.area", message: "is not the INEI code of an area" }],
    });
  if (placeName !== undefined && area.length !== 6)
    throw new DomainError("invalid", "hamlet-needs-district", "A hamlet is of a district.", {
      errors: [{ path: "body.area", message: "must be a district's code" }],
    });
}

function refuseOutOfRange(until: LimaDay, today: LimaDay): void {
  const latest = addDays(today, longestClosureDays);
  if (until >= today && until <= latest) return;
  throw new DomainError("invalid", "closure-out-of-range", "A place is closed for two months at most.", {
    errors: [{ path: "body.until", message: `must be from ${today} to ${latest}` }],
  });
}

/** An operator speaks of any place, a manager in the name of an organization of theirs. */
async function refuseUnlessTheirs(
  call: Caller,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  { area, organizationId }: { area: string; organizationId: string | undefined },
): Promise<void> {
  if (actor.kind === "person" && actor.operator) return;
  await refuseUnlessManager(call, { actor, trace }, organizationId ?? null);
  if (organizationId === undefined) return;
  const { organization } = await call(readOrganization, { params: { organizationId } }, { trace });
  if (area.startsWith(organization.districtCode.slice(0, 4))) return;
  throw new DomainError("forbidden", "not-your-province", "An organization speaks of its own province.");
}

/** Throws `not-your-organization` (403) for who is neither an operator nor a manager of the organization. */
export async function refuseUnlessManager(
  call: Caller,
  { actor, trace }: { actor: Actor; trace: string },
  organizationId: string | null,
): Promise<void> {
  if (actor.kind === "person" && actor.operator) return;
  if (actor.kind === "person" && organizationId !== null) {
    const params = { personId: actor.personId };
    const { memberships } = await call(listMemberships, { params }, { trace });
    const manages = memberships.some(
      (each) => each.organizationId === organizationId && each.role === "manager" && each.state === "active",
    );
    if (manages) return;
  }
  throw new DomainError("forbidden", "not-your-organization", "You do not manage this organization.");
}
