import { timingSafeEqual } from "node:crypto";
import type { exchangeCode as contract } from "@minka/contracts/auth";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Database, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { desc, eq } from "@minka/database/query";
import { lockPhone, markPhoneUsed, readPersonRow } from "../people/phone-holder.ts";
import { listSharers } from "../shared-phones/list-sharers.ts";
import { isWordless } from "../shared-phones/is-wordless.ts";
import { findByWord } from "../shared-phones/recognise-word.ts";
import { audit, signInCodes } from "../tables.ts";
import { noteTry, refuseTooMany, type AddressLimits } from "./address-limits.ts";
import { maximumTries } from "./code-limits.ts";
import type { SigningKey } from "./signing-key.ts";
import { startSignIn, type SignedIn } from "./start-sign-in.ts";

const codeRefused = () =>
  new DomainError("unauthenticated", "code-refused", "The code is wrong, used or no longer valid.");
const triesUsed = () =>
  new DomainError("unauthenticated", "code-tries-used", "Too many tries with this code: ask for a new one.");

/**
 * Who signs in with this code. Only the newest code of a phone counts, once, for five tries. Every refusal
 * is the same `code-refused`: what was wrong is of use to nobody but a guesser. After five tries it is
 * `code-tries-used`, whether or not the phone is known and the code is right. An address from which too many wrong
 * ones came is told `too-many-tries`, whatever it says next.
 */
export async function exchangeCode(
  { db, clock, key, limits }: { db: Database; clock: Clock; key: SigningKey; limits: AddressLimits },
  { trace, address }: Pick<CallContext, "trace" | "address">,
  { phone, code, word, personId }: HandlerInput<typeof contract>["body"],
): Promise<SignedIn> {
  const now = clock();
  // A wrong try has to be counted, so it commits and is refused afterwards.
  const signedIn = await db.transaction(async (tx) => {
    await lockPhone(tx, phone);
    const attempt = { address: address && key.addressHash(address), kind: "wrong_try" as const, now };
    await refuseTooMany(tx, attempt, limits.wrongTriesAnHour);
    const refuse = async (refused: DomainError) => {
      await noteTry(tx, attempt);
      return { refused };
    };
    const [asked] = await tx
      .select()
      .from(signInCodes)
      .where(eq(signInCodes.phone, phone))
      .orderBy(desc(signInCodes.createdAt), desc(signInCodes.id))
      .limit(1);
    if (!asked || asked.usedAt || asked.expiresAt <= now) return refuse(codeRefused());
    if (asked.tries >= maximumTries) return refuse(triesUsed());
    const right = sameText(key.codeHash(asked.id, code), asked.hash);
    const { people } = await listSharers(tx, phone);
    const chosen = right ? await chooseSharer(tx, key, people, { phone, word, personId }) : undefined;
    await tx
      .update(signInCodes)
      .set(chosen ? { usedAt: now } : { tries: asked.tries + 1 })
      .where(eq(signInCodes.id, asked.id));
    // Known only to who has the phone in hand: the code was right.
    if (right && !chosen && people.length > 1) return { people };
    const holder = chosen && (await readPersonRow(tx, chosen));
    if (!holder) return refuse(codeRefused());
    await markPhoneUsed(tx, phone, holder.id, now);
    await tx.insert(audit).values({
      id: newId(),
      at: now,
      actor: `person:${holder.id}`,
      action: "person.sign-in",
      subject: holder.id,
      trace,
    });
    const person = { ...holder, wordless: await isWordless(tx, holder.id) };
    return { person, ...(await startSignIn(tx, holder.id, now)) };
  });
  if ("refused" in signedIn) throw signedIn.refused;
  if ("people" in signedIn) {
    throw new DomainError("conflict", "which-person", "Several people share this phone: say which.", {
      details: { people: signedIn.people },
    });
  }
  return signedIn;
}

type Sharer = { personId: string; hasWord: boolean };

/** Whose sign-in it is: the phone's only person, or who says their word, or who is named and has none. */
async function chooseSharer(
  tx: Transaction,
  key: SigningKey,
  people: readonly Sharer[],
  { phone, word, personId }: { phone: string; word?: string | undefined; personId?: string | undefined },
): Promise<string | undefined> {
  if (people.length < 2) return people[0]?.personId;
  if (word !== undefined) return findByWord(tx, key, { phone, word });
  return people.find((sharer) => sharer.personId === personId && !sharer.hasWord)?.personId;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
