import type { Job } from "@minka/queue/worker";
import type { Means } from "@minka/service/act";
import { and, asc, eq, lte } from "@minka/database/query";
import { invitedDays } from "../imports/load-members.ts";
import { beginErasure } from "../personal-data/request-erasure.ts";
import { people } from "../tables.ts";

const invitedMs = invitedDays * 24 * 60 * 60 * 1000;

/** The job `expire-invitation`: erases who was named by others and has not agreed in 60 days, however invited. */
export function expireInvitationJob({ db, clock }: Means): Job {
  const isOver = () =>
    and(eq(people.state, "invited"), lte(people.createdAt, new Date(clock().getTime() - invitedMs)));
  return {
    due: (limit) =>
      db.read
        .select({ id: people.id })
        .from(people)
        .where(isOver())
        .orderBy(asc(people.createdAt))
        .limit(limit)
        .then((found) => found.map(({ id }) => ({ id, trace: `expire-invitation:${id}` }))),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const [person] = await tx
          .select({ id: people.id })
          .from(people)
          .where(and(eq(people.id, id), isOver()))
          .for("update", { skipLocked: true });
        if (!person) return;
        await beginErasure(tx, id, { at: clock(), by: "timer", trace, action: "invitation.expire" });
      }),
  };
}
