import { actorLabel, refuseWhileActing } from "@minka/contracts/actor";
import type { Database, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq, isNull, notInArray } from "@minka/database/query";
import { audit, idempotencyKeys } from "../tables.ts";
import { refreshTokenHash } from "./refresh-token.ts";
import { refreshTokens, signIns } from "./sign-in-tables.ts";

/** Ends the sign-in of a refresh token, spent or not. An unknown one is no error: it is signed out. */
export async function signOut(
  { db, clock }: { db: Database; clock: Clock },
  { trace }: Pick<CallContext, "trace">,
  refreshToken: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = clock();
    const [token] = await tx
      .select({ signInId: refreshTokens.signInId })
      .from(refreshTokens)
      .where(eq(refreshTokens.hash, refreshTokenHash(refreshToken)));
    if (!token) return;
    const [ended] = await tx
      .update(signIns)
      .set({ endedAt: at, endedBecause: "sign_out" })
      .where(and(eq(signIns.id, token.signInId), isNull(signIns.endedAt)))
      .returning({ personId: signIns.personId });
    if (!ended) return;
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: `person:${ended.personId}`,
      action: "sign-in.end",
      subject: ended.personId,
      trace,
    });
  });
}

/** Ends all sign-ins of the person who asks. Throws `not-while-acting`. */
export async function signOutEverywhere(
  { db, clock }: { db: Database; clock: Clock },
  { actor, trace, claim }: Pick<CallContext, "actor" | "trace" | "claim">,
): Promise<{ ended: number }> {
  refuseWhileActing(actor);
  if (actor.kind !== "person")
    throw new DomainError("forbidden", "not-a-person", "Only a person is signed in.");
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const ended = await endSignIns(tx, { personId: actor.personId, at, because: "everywhere" });
      await tx.insert(audit).values({
        id: newId(),
        at,
        actor: actorLabel(actor),
        action: "sign-in.end-everywhere",
        subject: actor.personId,
        trace,
      });
      return { ended };
    }),
  );
}

/**
 * Nothing more is refreshed of what a person is signed in to, but of the sign-in that `except` is or was a token of;
 * access tokens last their 15 minutes.
 */
export async function endSignIns(
  tx: Transaction,
  {
    personId,
    at,
    because,
    except,
  }: { personId: string; at: Date; because: "everywhere" | "private_word"; except?: string | undefined },
): Promise<number> {
  const goesOn = tx
    .select({ id: refreshTokens.signInId })
    .from(refreshTokens)
    .where(eq(refreshTokens.hash, refreshTokenHash(except ?? "")));
  const ended = await tx
    .update(signIns)
    .set({ endedAt: at, endedBecause: because })
    .where(and(eq(signIns.personId, personId), isNull(signIns.endedAt), notInArray(signIns.id, goesOn)))
    .returning({ id: signIns.id });
  return ended.length;
}
