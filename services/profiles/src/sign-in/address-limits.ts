import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { and, count, eq, gt, lte, min, sql } from "@minka/database/query";
import { countedMs } from "./code-limits.ts";
import { addressTries } from "./sign-in-tables.ts";

/** How much one address may do in an hour. One phone is limited elsewhere; this is against trying many. */
export type AddressLimits = { readonly codesAnHour: number; readonly wrongTriesAnHour: number };

type Kind = (typeof addressTries.$inferSelect)["kind"];

/** Where a try comes from: the keyed hash of its address, null for a service that calls for nobody. */
type Try = { readonly address: string | null; readonly kind: Kind; readonly now: Date };

const refusals = {
  code: { code: "too-many-codes", message: "Wait before you ask for another code." },
  wrong_try: { code: "too-many-tries", message: "Wait before you try another code." },
} as const satisfies Record<Kind, { code: string; message: string }>;

/**
 * Throws when the address did too much of this in the last hour, whatever the phone: `too-many-codes` or
 * `too-many-tries` (429). Until the transaction ends nobody else counts for this address, so that many at once
 * do not all pass. The caller holds its phone's lock already, always in this order.
 */
export async function refuseTooMany(
  tx: Transaction,
  { address, kind, now }: Try,
  most: number,
): Promise<void> {
  if (address === null) return;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${kind} ${address}`}, 1))`);
  const [done] = await tx
    .select({ times: count(), first: min(addressTries.at) })
    .from(addressTries)
    .where(
      and(
        eq(addressTries.address, address),
        eq(addressTries.kind, kind),
        gt(addressTries.at, new Date(now.getTime() - countedMs)),
      ),
    );
  if (!done?.first || done.times < most) return;
  const wait = done.first.getTime() + countedMs - now.getTime();
  throw new DomainError("too-many", refusals[kind].code, refusals[kind].message, {
    details: { retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)) },
  });
}

/** Counts a try, and forgets those of which nothing follows any more. */
export async function noteTry(tx: Transaction, { address, kind, now }: Try): Promise<void> {
  if (address === null) return;
  await tx.insert(addressTries).values({ id: newId(), address, kind, at: now });
  await tx.delete(addressTries).where(lte(addressTries.at, new Date(now.getTime() - countedMs)));
}
