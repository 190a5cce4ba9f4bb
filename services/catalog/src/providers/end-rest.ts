import { newId } from "@minka/database/new-id";
import { limaDay } from "@minka/domain/lima-time";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, lt } from "@minka/database/query";
import { audit, providers } from "../tables.ts";
import { refreshProvider } from "./refresh-provider.ts";

/** The job `end-rest`: the day after the last day of rest a provider's offers are found again. */
export function endRestJob({ db, clock }: Pick<ServiceKit, "db" | "clock">): Job {
  return {
    async due(limit) {
      const rows = await db.read
        .select({ id: providers.id })
        .from(providers)
        .where(lt(providers.restsUntil, limaDay(clock())))
        .orderBy(asc(providers.restsUntil))
        .limit(limit);
      return rows.map(({ id }) => ({ id, trace: `end-rest-${id}` }));
    },
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const at = clock();
        const [rested] = await tx
          .update(providers)
          .set({ restsUntil: null })
          .where(and(eq(providers.id, id), lt(providers.restsUntil, limaDay(at))))
          .returning({ id: providers.id });
        if (!rested) return;
        await refreshProvider(tx, id, at);
        await tx
          .insert(audit)
          .values({ id: newId(), at, actor: "timer", action: "provider.end-rest", subject: id, trace });
      }),
  };
}
