import { randomInt } from "node:crypto";
import { sendText } from "@minka/contracts/notifications";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq, gt, lt } from "@minka/database/query";
import { lockPhone, readHolder } from "../people/phone-holder.ts";
import { signInCodes } from "../tables.ts";
import { noteTry, refuseTooMany, type AddressLimits } from "./address-limits.ts";
import { codeValidMinutes, countedMs, secondsUntilNextCode } from "./code-limits.ts";
import type { SigningKey } from "./signing-key.ts";

type Means = { db: Database; clock: Clock; call: Caller; key: SigningKey; limits: AddressLimits };

const keptMs = 24 * 60 * 60 * 1000;

/**
 * Prepares a sign-in code and returns the sending of it, to be started after the answer: neither what is
 * answered, nor its time, nor the limits tell whether the phone is known. Throws `too-many-codes`.
 */
export async function requestCode(
  { db, clock, call, key, limits }: Means,
  { trace, address }: Pick<CallContext, "trace" | "address">,
  { phone }: { phone: string },
): Promise<{ send: () => Promise<void> }> {
  const now = clock();
  const id = newId();
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const expiresAt = new Date(now.getTime() + codeValidMinutes * 60_000);
  const known = await db.transaction(async (tx) => {
    await lockPhone(tx, phone);
    const asked = await tx
      .select({ at: signInCodes.createdAt })
      .from(signInCodes)
      .where(
        and(eq(signInCodes.phone, phone), gt(signInCodes.createdAt, new Date(now.getTime() - countedMs))),
      );
    const wait = secondsUntilNextCode(
      asked.map(({ at }) => at),
      now,
    );
    if (wait > 0) {
      throw new DomainError("too-many", "too-many-codes", "Wait before you ask for another code.", {
        details: { retryAfterSeconds: wait },
      });
    }
    const attempt = { address: address && key.addressHash(address), kind: "code" as const, now };
    await refuseTooMany(tx, attempt, limits.codesAnHour);
    await noteTry(tx, attempt);
    await tx.insert(signInCodes).values({
      id,
      phone,
      hash: key.codeHash(id, code),
      createdAt: now,
      expiresAt,
      tries: 0,
    });
    await tx.delete(signInCodes).where(lt(signInCodes.createdAt, new Date(now.getTime() - keptMs)));
    return (await readHolder(tx, phone)) !== undefined;
  });
  return {
    async send() {
      if (!known) return;
      await call(
        sendText,
        { body: { phone, text: "sign_in_code", parameters: { code }, expiresAt: expiresAt.toISOString() } },
        { trace, idempotencyKey: `sign-in-code:${id}` },
      );
    },
  };
}
