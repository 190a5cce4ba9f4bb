import { actorLabel } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Person, registerPerson as contract } from "@minka/contracts/profiles";
import type { Database, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { eq, sql } from "@minka/database/query";
import { audit, consents, idempotencyKeys, people, phones } from "../tables.ts";
import { refuseUnknownDistrict } from "./district.ts";
import { lockPhone, markPhoneUsed, readHolder, readPersonRow } from "./phone-holder.ts";

type Input = HandlerInput<typeof contract>["body"];

/**
 * Registers who agreed. The person already at the phone is kept: what was unknown of them is filled, what
 * was known stays, and the consent is written again. Two registrations at once give one person. Throws
 * `phone-not-theirs` for a person who is named and has no such phone.
 */
export async function registerPerson(
  { db, clock }: { db: Database; clock: Clock },
  context: Pick<CallContext, "actor" | "trace" | "claim">,
  input: Input,
): Promise<{ person: Person }> {
  refuseUnknownDistrict(input.districtCode);
  const at = clock();
  const givenAt = new Date(input.consent.at);
  if (givenAt > new Date(at.getTime() + toleratedSkewMs)) {
    throw new DomainError("invalid", "consent-in-future", "A consent cannot be given in the future.");
  }
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      await lockPhone(tx, input.phone);
      const holder = await readHolder(tx, input.phone, input.personId);
      if (input.personId !== undefined && !holder)
        throw new DomainError("not-found", "phone-not-theirs", "This person has no such phone.");
      const personId = holder?.id ?? (await addPerson(tx, input.phone, at));
      await tx
        .update(people)
        .set({
          name: sql`coalesce(${people.name}, ${input.name ?? null})`,
          districtCode: sql`coalesce(${people.districtCode}, ${input.districtCode ?? null})`,
          // Who was invited has agreed now.
          state: "active",
          updatedAt: at,
        })
        .where(eq(people.id, personId));
      await markPhoneUsed(tx, input.phone, personId, at);
      await tx.insert(consents).values({
        id: newId(),
        personId,
        purpose: "service",
        version: input.consent.version,
        channel: input.consent.channel,
        givenAt,
      });
      await tx.insert(audit).values({
        id: newId(),
        at,
        actor: actorLabel(context.actor),
        action: holder ? "consent.renew" : "person.register",
        subject: personId,
        trace: context.trace,
      });
      const person = await readPersonRow(tx, personId);
      if (!person) throw new Error("a person vanished while being registered");
      return { person };
    }),
  );
}

/** Clocks of a gateway and of this machine may differ a little. */
const toleratedSkewMs = 10 * 60 * 1000;

/** A person of whom only the phone is known. The caller holds the phone's lock. */
export async function addPerson(tx: Transaction, phone: string, at: Date): Promise<string> {
  const id = newId();
  await tx.insert(people).values({ id, createdAt: at, updatedAt: at });
  await tx.insert(phones).values({ phone, personId: id, linkedAt: at, usedAt: at });
  return id;
}
