import type { Delegation, listDelegations as contract } from "@minka/contracts/acting";
import type { Actor } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Clock } from "@minka/domain/clock";
import { and, eq, gt, isNotNull, isNull, lt, type SQL } from "@minka/database/query";
import { z } from "zod";
import { delegations } from "./acting-tables.ts";
import { refuseUnlessStandsFor } from "./delegate-rights.ts";
import { readDelegations } from "./delegation-views.ts";

type Query = HandlerInput<typeof contract>["query"];

/**
 * Who may act for the person, for whom they may act, or for whom an organization may for which they stand. Throws
 * `not-your-organization`, `cursor-wrong` (422).
 */
export async function listDelegations(
  { read, clock }: { read: Queries; clock: Clock },
  actor: Actor,
  { side, organizationId, state, cursor, limit }: Query,
): Promise<{ items: Delegation[]; next: string | null }> {
  if (actor.kind !== "person") throw new DomainError("forbidden", "not-a-person", "Only a person has these.");
  const held = side === "held";
  if (held && organizationId) await refuseUnlessStandsFor(read, actor.personId, organizationId);
  const mine = held
    ? organizationId
      ? eq(delegations.organizationId, organizationId)
      : eq(delegations.delegatePersonId, actor.personId)
    : and(
        eq(delegations.principalId, actor.personId),
        organizationId ? eq(delegations.organizationId, organizationId) : undefined,
      );
  const after = cursor === undefined ? undefined : lt(delegations.id, parseCursor(cursor));
  const now = clock();
  const rows = await readDelegations(read, side, {
    where: and(mine, after, state && isOf(state, side, now)),
    limit: limit + 1,
    now,
  });
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** As `readDelegations` tells it to this side. */
function isOf(state: NonNullable<Query["state"]>, side: Query["side"], now: Date): SQL | undefined {
  return and(
    isNull(delegations.withdrawnAt),
    side === "given" ? isNull(delegations.refusedAt) : undefined,
    gt(delegations.expiresAt, now),
    state === "active" ? isNotNull(delegations.agreedAt) : undefined,
    state === "asked" ? isNull(delegations.agreedAt) : undefined,
  );
}

function parseCursor(cursor: string): string {
  const parsed = z.uuid().safeParse(cursor);
  if (parsed.success) return parsed.data;
  throw new DomainError("invalid", "cursor-wrong", "Pass `next` of the page before as it is.");
}
