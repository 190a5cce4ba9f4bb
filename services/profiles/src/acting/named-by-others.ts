import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { and, eq } from "@minka/database/query";
import { rememberRefusal, type RefusalKey } from "../invitations/refusals.ts";
import { beginErasure } from "../personal-data/request-erasure.ts";
import { audit, consents, people, phones } from "../tables.ts";

/** What is recorded of an answer by SMS. */
export type Answered = { at: Date; actor: string; trace: string };

/** Whom a helper had named agrees, by the same SI, that Minka keeps their number. */
export async function registerNamed(
  tx: Transaction,
  personId: string,
  { givenAt, version, ...by }: Answered & { givenAt: Date; version: string },
): Promise<void> {
  await tx.update(people).set({ state: "active", updatedAt: by.at }).where(eq(people.id, personId));
  await tx.update(phones).set({ usedAt: givenAt }).where(eq(phones.personId, personId));
  await tx
    .insert(consents)
    .values({ id: newId(), personId, purpose: "service", version, channel: "sms", givenAt });
  await tx.insert(audit).values({ ...by, id: newId(), action: "person.register", subject: personId });
}

/** Who does not agree is erased, and no helper makes Minka write to their phone again. */
export async function eraseRefuser(
  tx: Transaction,
  key: RefusalKey,
  personId: string,
  { at, actor, trace, refusedAt, action }: Answered & { refusedAt: Date; action: string },
): Promise<void> {
  const reached = await tx.select({ phone: phones.phone }).from(phones).where(eq(phones.personId, personId));
  await rememberRefusal(
    tx,
    key,
    reached.map(({ phone }) => phone),
    refusedAt,
  );
  await beginErasure(tx, personId, { at, by: actor, trace, action, answers: true });
}

export async function wasErased(tx: Transaction, personId: string): Promise<boolean> {
  const [stone] = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, personId), eq(people.state, "erased")));
  return stone !== undefined;
}
