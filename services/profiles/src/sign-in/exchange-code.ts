import { timingSafeEqual } from "node:crypto";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { desc, eq } from "drizzle-orm";
import { lockPhone, markPhoneUsed, readHolder } from "../people/phone-holder.ts";
import { audit, signInCodes } from "../tables.ts";
import { maximumTries } from "./code-limits.ts";
import type { SigningKey } from "./signing-key.ts";

/**
 * Who signs in with this code. Only the newest code of a phone counts, once, for five tries. Every refusal
 * is the same `code-refused`: what was wrong is of use to nobody but a guesser.
 */
export async function exchangeCode(
  { db, clock, key }: { db: Database; clock: Clock; key: SigningKey },
  { trace }: { trace: string },
  { phone, code }: { phone: string; code: string },
): Promise<{ id: string; operator: boolean }> {
  const now = clock();
  // A wrong try has to be counted, so it commits and is refused afterwards.
  const person = await db.transaction(async (tx) => {
    await lockPhone(tx, phone);
    const [asked] = await tx
      .select()
      .from(signInCodes)
      .where(eq(signInCodes.phone, phone))
      .orderBy(desc(signInCodes.createdAt), desc(signInCodes.id))
      .limit(1);
    if (!asked || asked.usedAt || asked.expiresAt <= now || asked.tries >= maximumTries) return undefined;
    const right = sameText(key.codeHash(asked.id, code), asked.hash);
    await tx
      .update(signInCodes)
      .set(right ? { usedAt: now } : { tries: asked.tries + 1 })
      .where(eq(signInCodes.id, asked.id));
    const holder = right ? await readHolder(tx, phone) : undefined;
    if (!holder) return undefined;
    await markPhoneUsed(tx, phone, holder.id, now);
    await tx.insert(audit).values({
      id: newId(),
      at: now,
      actor: `person:${holder.id}`,
      action: "person.sign-in",
      subject: holder.id,
      trace,
    });
    return holder;
  });
  if (!person) {
    throw new DomainError("unauthenticated", "code-refused", "The code is wrong, used or no longer valid.");
  }
  return person;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
