import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import { lockPhone, readHolder } from "../people/phone-holder.ts";
import { addPerson } from "../people/register-person.ts";
import { audit, operators } from "../tables.ts";

/**
 * Makes the people at these phones the first operators; whoever is not known yet becomes a person with a phone. Who
 * was dismissed since stays dismissed.
 */
export async function appointFirstOperators(
  { db, clock }: { db: Database; clock: Clock },
  phones: readonly string[],
): Promise<void> {
  for (const phone of phones) {
    await db.transaction(async (tx) => {
      await lockPhone(tx, phone);
      const at = clock();
      const personId = (await readHolder(tx, phone))?.id ?? (await addPerson(tx, phone, at));
      const appointed = await tx
        .insert(operators)
        .values({ personId, appointedAt: at })
        .onConflictDoNothing()
        .returning();
      if (appointed.length === 0) return;
      await tx.insert(audit).values({
        id: newId(),
        at,
        actor: "service:profiles",
        action: "operator.appoint",
        subject: personId,
        trace: "OPERATOR_PHONES",
      });
    });
  }
}
