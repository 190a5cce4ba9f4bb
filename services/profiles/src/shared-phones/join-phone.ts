import { actorLabel } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Person } from "@minka/contracts/profiles";
import type { joinPhone as contract } from "@minka/contracts/shared-phones";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import type { CallContext } from "@minka/http/mount-endpoint";
import { eq } from "@minka/database/query";
import { lockPhone, readPersonRow } from "../people/phone-holder.ts";
import { addPerson } from "../people/register-person.ts";
import type { SigningKey } from "../sign-in/signing-key.ts";
import { audit, consents, idempotencyKeys, people } from "../tables.ts";
import { listSharers } from "./list-sharers.ts";
import { writeWord } from "./set-private-word.ts";

/** A household's phone; a number with more people is somebody's business of another kind. */
const mostPeople = 8;

/** Another person at a phone that others use: known by their word from here on. Throws `word-unfit`, `phone-full`. */
export async function joinPhone(
  { db, clock, key }: { db: Database; clock: Clock; key: SigningKey },
  { actor, trace, claim }: Pick<CallContext, "actor" | "trace" | "claim">,
  { phone, name, word, consent }: HandlerInput<typeof contract>["body"],
): Promise<{ person: Person }> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      await lockPhone(tx, phone);
      if ((await listSharers(tx, phone)).people.length >= mostPeople)
        throw new DomainError("conflict", "phone-full", "Too many people share this phone.");
      const personId = await addPerson(tx, phone, at);
      await tx.update(people).set({ name }).where(eq(people.id, personId));
      await writeWord(tx, key, { phone, personId, word, at });
      await tx.insert(consents).values({
        id: newId(),
        personId,
        purpose: "service",
        version: consent.version,
        channel: consent.channel,
        givenAt: new Date(consent.at),
      });
      await tx.insert(audit).values({
        id: newId(),
        at,
        actor: actorLabel(actor),
        action: "person.register",
        subject: personId,
        trace,
      });
      const person = await readPersonRow(tx, personId);
      if (!person) throw new Error("a person vanished while being registered");
      return { person };
    }),
  );
}
