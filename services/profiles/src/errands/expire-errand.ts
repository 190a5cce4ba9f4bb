import { errandSettled } from "@minka/contracts/errands";
import { emit } from "@minka/database/deliveries";
import type { Job } from "@minka/queue/worker";
import type { Means } from "@minka/service/act";
import { and, asc, eq, lte, ne, or } from "@minka/database/query";
import { record } from "../acts.ts";
import { errands } from "./errands-tables.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** As long as a NO is remembered: after that nothing needs the row. */
const keptDays = 30;

/**
 * The job `expire-errand`: nobody answered in time, or nobody was asked; the helper hears the same of both. Who was
 * only invited for it is erased by `expire-registration`. A month later the errand is forgotten.
 */
export function expireErrandJob({ db, clock }: Means): Job {
  const isOver = () => and(eq(errands.state, "asked"), lte(errands.expiresAt, clock()));
  const isPast = () =>
    and(ne(errands.state, "asked"), lte(errands.expiresAt, new Date(clock().getTime() - keptDays * dayMs)));
  return {
    due: (limit) =>
      db.read
        .select({ id: errands.id, trace: errands.trace })
        .from(errands)
        .where(or(isOver(), isPast()))
        .orderBy(asc(errands.expiresAt))
        .limit(limit),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const [errand] = await tx
          .select({ state: errands.state })
          .from(errands)
          .where(and(eq(errands.id, id), or(isOver(), isPast())))
          .for("update", { skipLocked: true });
        if (!errand) return;
        if (errand.state !== "asked") return void (await tx.delete(errands).where(eq(errands.id, id)));
        const at = clock();
        await tx.update(errands).set({ state: "lapsed", settledAt: at }).where(eq(errands.id, id));
        await record(tx, { at, by: "timer", trace }, "errand.lapse", `errand:${id}`);
        await emit(tx, errandSettled, { errandId: id }, { at, trace });
      }),
  };
}
