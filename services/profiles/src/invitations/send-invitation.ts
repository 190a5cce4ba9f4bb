import { profilesConfirmations } from "@minka/contracts/confirmations";
import { emit } from "@minka/database/deliveries";
import type { Job } from "@minka/queue/worker";
import type { Means } from "@minka/service/act";
import { and, asc, eq, lte } from "@minka/database/query";
import { people } from "../tables.ts";
import { invitations } from "./invitations-tables.ts";

/**
 * The job `send-invitation`: asks one person whom a list named. Who agreed to Minka already, or meanwhile, is asked
 * about the membership alone.
 */
export function sendInvitationJob({ db, clock }: Means): Job {
  return {
    due: (limit) =>
      db.read
        .select({ id: invitations.id, trace: invitations.trace })
        .from(invitations)
        .where(and(eq(invitations.state, "waiting"), lte(invitations.dueAt, clock())))
        .orderBy(asc(invitations.dueAt))
        .limit(limit),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const at = clock();
        const [row] = await tx
          .select()
          .from(invitations)
          .where(and(eq(invitations.id, id), eq(invitations.state, "waiting"), lte(invitations.dueAt, at)))
          .for("update", { skipLocked: true });
        if (!row) return;
        const [person] = await tx
          .select({ state: people.state })
          .from(people)
          .where(eq(people.id, row.personId));
        if (person?.state === "invited") {
          await tx.update(invitations).set({ state: "asked" }).where(eq(invitations.id, id));
          await emit(tx, profilesConfirmations.asked, { kind: "invitation", id }, { at, trace });
          return;
        }
        await tx.delete(invitations).where(eq(invitations.id, id));
        if (person?.state === "active")
          await emit(
            tx,
            profilesConfirmations.asked,
            { kind: "membership", id: row.membershipId },
            { at, trace },
          );
      }),
  };
}
