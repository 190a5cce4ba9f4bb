import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { and, eq, isNotNull, isNull, ne, sql, type SQL } from "@minka/database/query";
import { audit } from "../tables.ts";
import { delegations } from "./acting-tables.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** A permission ends by itself: people forget whom they allowed what. */
const permissionDays = 365;

/** Who may act: one of the two. */
export type Delegate = {
  readonly delegatePersonId: string | null;
  readonly organizationId: string | null;
};

export function isDelegate({ delegatePersonId, organizationId }: Delegate): SQL | undefined {
  return delegatePersonId === null
    ? eq(delegations.organizationId, organizationId ?? "")
    : eq(delegations.delegatePersonId, delegatePersonId);
}

/** One change at a time of who may act for a person. */
export async function lockPrincipal(tx: Transaction, principalId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`acts for ${principalId}`}, 0))`);
}

export function permissionEnd(agreedAt: Date): Date {
  return new Date(agreedAt.getTime() + permissionDays * dayMs);
}

/** A new permission takes the place of the former one, so that one withdrawal ends it. */
export async function endFormerPermission(
  tx: Transaction,
  { id, principalId, at, ...delegate }: Delegate & { id: string; principalId: string; at: Date },
): Promise<void> {
  await tx
    .update(delegations)
    .set({ withdrawnAt: at })
    .where(
      and(
        eq(delegations.principalId, principalId),
        isDelegate(delegate),
        ne(delegations.id, id),
        isNotNull(delegations.agreedAt),
        isNull(delegations.withdrawnAt),
      ),
    );
}

type Spoken = Delegate & {
  principalId: string;
  witness: string;
  askedBy: string;
  at: Date;
  actor: string;
  trace: string;
};

/** Agreed aloud before a witness: in force at once. The caller has checked who may say so. */
export async function recordSpoken(tx: Transaction, spoken: Spoken): Promise<string> {
  const { principalId, delegatePersonId, organizationId, witness, askedBy, at, actor, trace } = spoken;
  const id = newId();
  await lockPrincipal(tx, principalId);
  await endFormerPermission(tx, { id, principalId, delegatePersonId, organizationId, at });
  await tx.insert(delegations).values({
    id,
    principalId,
    delegatePersonId,
    organizationId,
    askedBy,
    askedAt: at,
    agreedAt: at,
    channel: "spoken",
    witness,
    expiresAt: permissionEnd(at),
    trace,
  });
  await tx
    .insert(audit)
    .values({ id: newId(), at, actor, action: "delegation.agree", subject: `delegation:${id}`, trace });
  return id;
}
