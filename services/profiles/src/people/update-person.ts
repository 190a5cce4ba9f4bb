import { actorLabel } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Person, updatePerson as contract } from "@minka/contracts/profiles";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import type { CallContext } from "@minka/http/mount-endpoint";
import { eq } from "drizzle-orm";
import { audit, people } from "../tables.ts";
import { refuseUnknownDistrict } from "./district.ts";
import { readPersonRow } from "./phone-holder.ts";
import { personUnknown, refuseOthers } from "./read-person.ts";

type Input = HandlerInput<typeof contract>;

export async function updatePerson(
  { db, clock }: { db: Database; clock: Clock },
  context: Pick<CallContext, "actor" | "trace">,
  { params: { personId }, body }: Input,
): Promise<{ person: Person }> {
  refuseOthers(context.actor, personId);
  refuseUnknownDistrict(body.districtCode);
  const at = clock();
  return db.transaction(async (tx) => {
    const [updated] = await tx
      .update(people)
      .set({
        ...(body.name === undefined ? {} : { name: body.name }),
        ...(body.districtCode === undefined ? {} : { districtCode: body.districtCode }),
        updatedAt: at,
      })
      .where(eq(people.id, personId))
      .returning({ id: people.id });
    const person = updated && (await readPersonRow(tx, personId));
    if (!person) throw personUnknown();
    await tx.insert(audit).values({
      id: newId(),
      at,
      actor: actorLabel(context.actor),
      action: "person.update",
      subject: personId,
      trace: context.trace,
    });
    return { person };
  });
}
