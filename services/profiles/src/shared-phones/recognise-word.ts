import { timingSafeEqual } from "node:crypto";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { recogniseWord as contract } from "@minka/contracts/shared-phones";
import type { Database, Queries } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { and, count, eq, gt, lte } from "@minka/database/query";
import { lockPhone, markPhoneUsed, readPersonRow } from "../people/phone-holder.ts";
import type { SigningKey } from "../sign-in/signing-key.ts";
import { foldWord } from "./private-word.ts";
import { phoneWords, wordTries } from "./shared-phone-tables.ts";

const hourMs = 60 * 60 * 1000;
/** Natural messages that begin without the word count as well, so more than a guesser would be given elsewhere. */
const wrongWordsAnHour = 40;

export function wordHash(key: SigningKey, phone: string, personId: string, word: string): string {
  return key.codeHash(`word:${phone}:${personId}`, foldWord(word));
}

/** Whose word it is. The lookup runs over the few people of a phone, each with a hash of their own. */
export async function findByWord(
  queries: Queries,
  key: SigningKey,
  { phone, word }: { phone: string; word: string },
): Promise<string | undefined> {
  const words = await queries.select().from(phoneWords).where(eq(phoneWords.phone, phone));
  return words.find(({ personId, hash }) => {
    const [asked, kept] = [Buffer.from(wordHash(key, phone, personId, word)), Buffer.from(hash)];
    return asked.length === kept.length && timingSafeEqual(asked, kept);
  })?.personId;
}

export async function recogniseWord(
  { db, clock, key }: { db: Database; clock: Clock; key: SigningKey },
  { phone, word }: { phone: string; word: string },
): Promise<HandlerAnswer<typeof contract>> {
  const now = clock();
  const since = new Date(now.getTime() - hourMs);
  return db.transaction(async (tx) => {
    await lockPhone(tx, phone);
    const [tries] = await tx
      .select({ wrong: count() })
      .from(wordTries)
      .where(and(eq(wordTries.phone, phone), gt(wordTries.at, since)));
    if ((tries?.wrong ?? 0) >= wrongWordsAnHour) return { person: null, blocked: true };
    const personId = await findByWord(tx, key, { phone, word });
    if (!personId) {
      await tx.delete(wordTries).where(lte(wordTries.at, since));
      await tx.insert(wordTries).values({ phone, at: now });
      return { person: null, blocked: false };
    }
    await markPhoneUsed(tx, phone, personId, now);
    return { person: (await readPersonRow(tx, personId)) ?? null, blocked: false };
  });
}
