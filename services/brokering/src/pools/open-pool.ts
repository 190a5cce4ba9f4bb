import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { readOrganization } from "@minka/contracts/organizations";
import type { openPool as contract } from "@minka/contracts/pools";
import { readProviderContact } from "@minka/contracts/providers";
import { nudgeAfterCommit, type Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError, type FieldError } from "@minka/domain/errors";
import { findDistrict } from "@minka/geography/districts";
import type { Caller } from "@minka/http/caller";
import { actOf, humansOf, type Act, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { record } from "../acting.ts";
import { noteParts } from "./note-parts.ts";
import { idempotencyKeys } from "../tables.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { poolPoints, pools, poolSuppliers } from "./pools-tables.ts";

type Body = HandlerInput<typeof contract>["body"];
export type Calling = Pick<ServiceKit, "db" | "clock" | "call">;

const dayMs = 24 * 60 * 60 * 1000;
/** How long a pool may be open, from its opening to its last deadline. */
export const longestDays = 90;

/**
 * Opens a joint purchase; suppliers and people are told by the jobs `invite-suppliers` and `invite-people`.
 * `not-your-organization`, `not-your-provider` (403), `organization-not-active`, `not-an-organizer` (409), `pool-wrong`
 * (422, field by field).
 */
export async function openPool(
  { db, clock, call }: Calling,
  context: Context,
  { body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { organizer } = body;
  const own = await readOrganizer(call, context.trace, organizer);
  const asking = { organizerKind: organizer.kind, organizerId: organizer.id, organizerIsGroup: own.isGroup };
  await refuseUnlessOrganizer(call, context, asking);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      refuseWrong(body, act.at);
      const poolId = newId();
      await insertPool(tx, act, { poolId, body, own, makers: humansOf(context.actor) });
      await record(tx, act, "pool.open", `pool:${poolId}`);
      const of = { id: poolId, organizerKind: organizer.kind, organizerId: organizer.id };
      await noteParts(tx, act, of, "proposed", context.actor);
      for (const job of ["invite-suppliers", "invite-people"] as const)
        nudgeAfterCommit(tx, { service: "brokering", job, id: poolId, trace: act.trace });
      return { poolId, state: "open" as const };
    }),
  );
}

/** The organizer as people read it; of a provider also who is asked in its name, should it sell something itself. */
type Own = { name: string; isGroup: boolean; supplierPersonId: string | null };

async function readOrganizer(call: Caller, trace: string, { kind, id }: Body["organizer"]): Promise<Own> {
  if (kind === "organization") {
    const { organization } = await call(readOrganization, { params: { organizationId: id } }, { trace });
    if (organization.state !== "active")
      throw new DomainError("conflict", "organization-not-active", "It is still forming, or has closed.");
    return {
      name: organization.name,
      isGroup: organization.kind === "informal_group",
      supplierPersonId: null,
    };
  }
  const { name, kinds, personId } = await call(
    readProviderContact,
    { params: { providerId: id } },
    { trace },
  );
  if (!kinds.includes("agent") && !kinds.includes("supplier"))
    throw new DomainError("conflict", "not-an-organizer", "Of providers, agents and suppliers open pools.");
  return { name, isGroup: false, supplierPersonId: kinds.includes("supplier") ? personId : null };
}

function refuseWrong(body: Body, now: Date): void {
  const [least, most] = [1, longestDays].map((days) => new Date(now.getTime() + days * dayMs));
  const deadline = new Date(body.deadline);
  const errors: FieldError[] = [];
  const wrong = (path: string, message: string) => errors.push({ path: `body.${path}`, message });
  if (least && most && (deadline < least || deadline > most))
    wrong("deadline", `must be from ${least.toISOString()} to ${most.toISOString()}`);
  if (body.organizer.kind === "provider" && body.joiners === "members")
    wrong("joiners", "a provider has no members: members_and_neighbours");
  body.districts.forEach((code, index) => {
    if (!findDistrict(code)) wrong(`districts.${index}`, "is no district");
  });
  body.points.forEach(({ districtCode }, index) => {
    if (!findDistrict(districtCode)) wrong(`points.${index}.districtCode`, "is no district");
  });
  if (errors.length > 0) throw new DomainError("invalid", "pool-wrong", "This pool cannot be.", { errors });
}

async function insertPool(
  tx: Transaction,
  { at, trace }: Act,
  { poolId, body, own, makers }: { poolId: string; body: Body; own: Own; makers: string[] },
): Promise<void> {
  const { organizer, points, pack, districts, ...terms } = body;
  const deadline = new Date(body.deadline);
  await tx.insert(pools).values({
    ...terms,
    id: poolId,
    organizerKind: organizer.kind,
    organizerId: organizer.id,
    organizerName: own.name,
    organizerIsGroup: own.isGroup,
    makers,
    state: "open",
    packAmount: pack.amount,
    packUnit: pack.unit,
    districts: [...new Set(districts)],
    deadline,
    nextAt: deadline,
    inviting: organizer.kind === "organization" ? "members" : "neighbours",
    openedAt: at,
    trace,
  });
  await tx.insert(poolPoints).values(points.map((point) => ({ id: newId(), poolId, ...point })));
  if (own.supplierPersonId)
    await tx.insert(poolSuppliers).values({
      poolId,
      providerId: organizer.id,
      providerName: own.name,
      personId: own.supplierPersonId,
      found: false,
      invitedAt: at,
    });
}
