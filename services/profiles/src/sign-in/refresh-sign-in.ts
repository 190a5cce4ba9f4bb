import type { Database, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { and, eq, ne } from "@minka/database/query";
import { readPersonRow } from "../people/phone-holder.ts";
import { isWordless } from "../shared-phones/is-wordless.ts";
import { audit, people } from "../tables.ts";
import { graceMs, refreshExpiry, refreshTokenHash } from "./refresh-token.ts";
import { refreshTokens, signIns } from "./sign-in-tables.ts";
import type { SigningKey } from "./signing-key.ts";
import type { SignedIn } from "./start-sign-in.ts";

type SignIn = typeof signIns.$inferSelect;

/**
 * The next tokens of a sign-in. A token is spent by its use, and its successor is derived from it with a secret:
 * two tabs that refresh at once, or a repeat because the answer was lost, get the very same successor for ten
 * seconds, so that the line of tokens never forks. A spent token that comes later, or after its successor was
 * used, is in two hands: the whole sign-in ends, for the thief and for the person, who signs in anew.
 *
 * What the person may do is read again, so who is an operator no longer loses those rights here, and who shares a
 * phone without a word loses them too, with what is private. Every refusal is the same `refresh-refused` (401).
 */
export async function refreshSignIn(
  { db, clock, key }: { db: Database; clock: Clock; key: SigningKey },
  { trace }: { trace: string },
  { refreshToken }: { refreshToken: string },
): Promise<SignedIn> {
  // The end of a sign-in has to stay, so it commits and is refused afterwards.
  const refreshed = await db.transaction(async (tx) => {
    const now = clock();
    const hash = refreshTokenHash(refreshToken);
    const [known] = await tx.select().from(refreshTokens).where(eq(refreshTokens.hash, hash));
    if (!known) return undefined;
    // From here on the tokens of this sign-in are ours alone.
    const [signIn] = await tx.select().from(signIns).where(eq(signIns.id, known.signInId)).for("update");
    if (!signIn || signIn.endedAt || signIn.endsAt <= now) return undefined;
    const person = await readSignedIn(tx, signIn.personId);
    if (!person) return undefined;
    const successor = key.refreshSuccessor(refreshToken);
    const [token] = await tx.select().from(refreshTokens).where(eq(refreshTokens.hash, hash));
    if (!token) return undefined;
    const refreshExpiresAt = token.spentAt
      ? await repeatSoonEnough(tx, token.spentAt, successor, now)
      : await spend(tx, signIn, token, successor, now);
    if (refreshExpiresAt === "expired") return undefined;
    if (refreshExpiresAt !== "reused") return { refreshToken: successor, refreshExpiresAt, person };
    await tx
      .update(signIns)
      .set({ endedAt: now, endedBecause: "token_reused" })
      .where(eq(signIns.id, signIn.id));
    await tx.insert(audit).values({
      id: newId(),
      at: now,
      actor: "service:profiles",
      action: "sign-in.token-reused",
      subject: signIn.personId,
      trace,
    });
    return undefined;
  });
  if (!refreshed) {
    throw new DomainError(
      "unauthenticated",
      "refresh-refused",
      "The refresh token is wrong, spent or no longer valid. Sign in again.",
    );
  }
  return refreshed;
}

async function spend(
  tx: Transaction,
  signIn: SignIn,
  token: typeof refreshTokens.$inferSelect,
  successor: string,
  now: Date,
): Promise<Date | "expired"> {
  if (token.expiresAt <= now) return "expired";
  const expiresAt = refreshExpiry(now, signIn.endsAt);
  await tx.update(refreshTokens).set({ spentAt: now }).where(eq(refreshTokens.hash, token.hash));
  await tx
    .insert(refreshTokens)
    .values({ hash: refreshTokenHash(successor), signInId: signIn.id, expiresAt });
  return expiresAt;
}

async function repeatSoonEnough(
  tx: Transaction,
  spentAt: Date,
  successor: string,
  now: Date,
): Promise<Date | "reused"> {
  if (now.getTime() - spentAt.getTime() > graceMs) return "reused";
  const [next] = await tx
    .select()
    .from(refreshTokens)
    .where(eq(refreshTokens.hash, refreshTokenHash(successor)));
  return next && !next.spentAt ? next.expiresAt : "reused";
}

async function readSignedIn(tx: Transaction, personId: string) {
  const [known] = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, personId), ne(people.state, "erased")));
  const person = known && (await readPersonRow(tx, known.id));
  if (!person) return undefined;
  return { id: person.id, operator: person.operator, wordless: await isWordless(tx, person.id) };
}
