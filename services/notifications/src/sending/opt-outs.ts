import { createHmac } from "node:crypto";
import type { Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Environment } from "@minka/service/settings";
import { eq, inArray } from "@minka/database/query";
import { erasedOptOuts } from "../personal-data/personal-data-tables.ts";
import { audit, optOuts } from "../tables.ts";
import type { OutboundMessage } from "./finish-attempt.ts";

/** Whether the phone wants no messages but answers to its own; also one whose person has been erased since. */
export async function isOptedOut(
  queries: Queries,
  environment: Environment,
  phone: string,
): Promise<boolean> {
  const [said, erased] = await Promise.all([
    queries.select({ since: optOuts.since }).from(optOuts).where(eq(optOuts.phone, phone)),
    queries
      .select({ since: erasedOptOuts.since })
      .from(erasedOptOuts)
      .where(eq(erasedOptOuts.phoneHash, hashOf(environment, phone))),
  ]);
  return said.length + erased.length > 0;
}

/** Which of these phones want no messages but answers to their own. */
export async function optedOutAmong(
  queries: Queries,
  environment: Environment,
  phones: readonly string[],
): Promise<ReadonlySet<string>> {
  if (phones.length === 0) return new Set();
  const hashes = new Map(phones.map((phone) => [hashOf(environment, phone), phone]));
  const [said, erased] = await Promise.all([
    queries
      .select({ phone: optOuts.phone })
      .from(optOuts)
      .where(inArray(optOuts.phone, [...phones])),
    queries
      .select({ hash: erasedOptOuts.phoneHash })
      .from(erasedOptOuts)
      .where(inArray(erasedOptOuts.phoneHash, [...hashes.keys()])),
  ]);
  return new Set([...said.map(({ phone }) => phone), ...erased.map(({ hash }) => hashes.get(hash) ?? "")]);
}

/** The phone wants messages again. */
export async function forgetOptOut(tx: Transaction, environment: Environment, phone: string): Promise<void> {
  await tx.delete(optOuts).where(eq(optOuts.phone, phone));
  await tx.delete(erasedOptOuts).where(eq(erasedOptOuts.phoneHash, hashOf(environment, phone)));
}

/** Before the rows that name them go: those of the phones that want no messages stay remembered without a name. */
export async function keepErasedOptOuts(
  tx: Transaction,
  environment: Environment,
  phones: readonly string[],
): Promise<void> {
  if (phones.length === 0) return;
  const kept = await tx
    .select()
    .from(optOuts)
    .where(inArray(optOuts.phone, [...phones]));
  if (kept.length === 0) return;
  await tx
    .insert(erasedOptOuts)
    .values(kept.map(({ phone, since }) => ({ phoneHash: hashOf(environment, phone), since })))
    .onConflictDoNothing();
}

/** Keyed with what only the processes know: the few hundred million numbers there are could all be tried otherwise. */
function hashOf(environment: Environment, phone: string): string {
  return createHmac("sha256", environment["SERVICE_SECRET"] ?? "")
    .update(phone)
    .digest("base64url");
}

/** Remembers that the phone said to the gateway itself that it wants no messages. */
export async function recordGatewayOptOut(
  tx: Transaction,
  { id, phone, trace }: OutboundMessage,
  at: Date,
): Promise<void> {
  const recorded = await tx
    .insert(optOuts)
    .values({ phone, since: at })
    .onConflictDoNothing()
    .returning({ phone: optOuts.phone });
  if (recorded.length === 0) return;
  await tx
    .insert(audit)
    .values({ id: newId(), at, actor: "service:notifications", action: "opted-out", subject: id, trace });
}
