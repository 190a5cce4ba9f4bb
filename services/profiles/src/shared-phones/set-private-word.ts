import { actorLabel, refuseWhileActing } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import { firstWordSet, type setPrivateWord as contract } from "@minka/contracts/shared-phones";
import type { Database, Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { and, eq } from "@minka/database/query";
import { lockPhone } from "../people/phone-holder.ts";
import { refuseAllOthers } from "../people/read-person.ts";
import { endSignIns } from "../sign-in/end-sign-ins.ts";
import type { SigningKey } from "../sign-in/signing-key.ts";
import { audit, phones } from "../tables.ts";
import { isWordless } from "./is-wordless.ts";
import { refuseUnfitWord, wordUnfit } from "./private-word.ts";
import { findByWord, wordHash } from "./recognise-word.ts";
import { phoneWords } from "./shared-phone-tables.ts";

/**
 * Gives a person a word at a phone of theirs, or another one. Where they had none, anybody with the phone in hand may
 * be signed in as them: that ends, but for the sign-in that sets it. Throws `phone-not-theirs` and `word-unfit`.
 */
export async function setPrivateWord(
  { db, clock, key }: { db: Database; clock: Clock; key: SigningKey },
  { actor, trace }: Pick<CallContext, "actor" | "trace">,
  { params: { personId }, body: { phone, word, refreshToken } }: HandlerInput<typeof contract>,
): Promise<{ personId: string }> {
  refuseWhileActing(actor);
  refuseAllOthers(actor, personId);
  const at = clock();
  await db.transaction(async (tx) => {
    await lockPhone(tx, phone);
    const [theirs] = await tx
      .select({ personId: phones.personId })
      .from(phones)
      .where(and(eq(phones.phone, phone), eq(phones.personId, personId)));
    if (!theirs) throw new DomainError("not-found", "phone-not-theirs", "This person has no such phone.");
    // Whoever set it on a page may have been another of the house: the phone is told.
    if (actor.kind === "person" && (await isWordless(tx, personId)))
      await emit(tx, firstWordSet, { personId }, { at, trace });
    await writeWord(tx, key, { phone, personId, word, at });
    await endSignIns(tx, { personId, at, because: "private_word", except: refreshToken });
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: actorLabel(actor),
      action: "person.set-private-word",
      subject: personId,
      trace,
    });
  });
  return { personId };
}

/** The caller holds the phone's lock. A word that is somebody else's is refused like an unfit one. */
export async function writeWord(
  tx: Transaction,
  key: SigningKey,
  { phone, personId, word, at }: { phone: string; personId: string; word: string; at: Date },
): Promise<void> {
  refuseUnfitWord(word);
  const owner = await findByWord(tx, key, { phone, word });
  if (owner !== undefined && owner !== personId) throw wordUnfit();
  const hash = wordHash(key, phone, personId, word);
  await tx
    .insert(phoneWords)
    .values({ phone, personId, hash, setAt: at })
    .onConflictDoUpdate({ target: [phoneWords.phone, phoneWords.personId], set: { hash, setAt: at } });
}
