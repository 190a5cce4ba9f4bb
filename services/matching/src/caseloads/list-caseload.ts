import type { listCaseload as contract, removeFromCaseload } from "@minka/contracts/caseloads";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { and, asc, eq, gt, inArray } from "@minka/database/query";
import { z } from "zod";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { readAgentFor, type Part, type Services } from "./agent-rights.ts";
import { caseloads } from "./caseloads-tables.ts";
import { sizeOf } from "./put-caseload.ts";

/** What of a caseload somebody has a say over: a manager over whom their organization has entered, others over all. */
const itsPart = ({ organizationId }: Part) =>
  organizationId === null ? undefined : eq(caseloads.organizationId, organizationId);

/** Whom an agent owes a visit, in the order of their entry: the agent, operators, and managers their part of it. */
export async function listCaseload(
  { db, call }: Services,
  { actor, trace }: Context,
  { params: { providerId }, query: { cursor, limit } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { part } = await readAgentFor(call, actor, { providerId, trace, orAgent: true });
  const rows = await db.read
    .select()
    .from(caseloads)
    .where(
      and(
        eq(caseloads.providerId, providerId),
        itsPart(part),
        cursor === undefined ? undefined : gt(caseloads.id, idCursor(cursor)),
      ),
    )
    .orderBy(asc(caseloads.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const items = shown.map(({ addedAt, providerId: _providerId, ...entry }) => ({
    ...entry,
    addedAt: addedAt.toISOString(),
  }));
  return { items, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** Takes people off, on whatever topic; who is not on it is no error. */
export async function removePeople(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId }, body: { personIds } }: HandlerInput<typeof removeFromCaseload>,
): Promise<HandlerAnswer<typeof removeFromCaseload>> {
  const { part } = await readAgentFor(call, context.actor, { providerId, trace: context.trace });
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const removed = await tx
        .delete(caseloads)
        .where(
          and(eq(caseloads.providerId, providerId), itsPart(part), inArray(caseloads.personId, personIds)),
        )
        .returning({ id: caseloads.id });
      if (removed.length > 0)
        await record(tx, actOf(context, clock()), "caseload.remove", `provider:${providerId}`);
      return { removed: removed.length, size: await sizeOf(tx, providerId) };
    }),
  );
}

/** Where a list in order of id goes on. Throws `cursor-wrong` (422). */
export function idCursor(cursor: string): string {
  if (z.uuid().safeParse(cursor).success) return cursor;
  throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that a page gave.");
}
