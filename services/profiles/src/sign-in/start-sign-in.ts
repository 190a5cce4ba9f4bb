import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { lt } from "@minka/database/query";
import { longestMs, newRefreshToken, refreshExpiry, refreshTokenHash } from "./refresh-token.ts";
import { refreshTokens, signIns } from "./sign-in-tables.ts";

export type RefreshGrant = { readonly refreshToken: string; readonly refreshExpiresAt: Date };

/** What tokens are made of: who it is, and whether others of a shared phone may be signed in as them. */
export type SignedIn = RefreshGrant & {
  readonly person: { readonly id: string; readonly operator: boolean; readonly wordless: boolean };
};

/** A person is signed in on one more device. Sign-ins that are over are forgotten on the way. */
export async function startSignIn(tx: Transaction, personId: string, now: Date): Promise<RefreshGrant> {
  await tx.delete(signIns).where(lt(signIns.endsAt, now));
  const signInId = newId();
  const endsAt = new Date(now.getTime() + longestMs);
  await tx.insert(signIns).values({ id: signInId, personId, startedAt: now, endsAt });
  const refreshToken = newRefreshToken();
  const refreshExpiresAt = refreshExpiry(now, endsAt);
  await tx
    .insert(refreshTokens)
    .values({ hash: refreshTokenHash(refreshToken), signInId, expiresAt: refreshExpiresAt });
  return { refreshToken, refreshExpiresAt };
}
