import { newId } from "@minka/database/new-id";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, inArray, lte, sql } from "@minka/database/query";
import { audit, offers, providers } from "../tables.ts";
import { offerLifecycle } from "./offer-lifecycle.ts";
import { refreshPostings } from "./post-offers.ts";

/** The job `expire-offer`: a training that is over, or a delivery window that has closed, is offered no more. */
export function expireOfferJob({ db, clock }: Pick<ServiceKit, "db" | "clock">): Job {
  const { from, to } = offerLifecycle.expire;
  const due = db.read
    .select({ id: offers.id })
    .from(offers)
    .where(and(inArray(offers.state, [...from]), lte(offers.expiresAt, sql.placeholder("now"))))
    .orderBy(asc(offers.expiresAt))
    .limit(sql.placeholder("limit"))
    .prepare("offers_due");
  return {
    due: async (limit) =>
      (await due.execute({ now: clock().toISOString(), limit })).map(({ id }) => ({
        id,
        trace: `expire-offer-${id}`,
      })),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const at = clock();
        const [owner] = await tx
          .select({ providerId: offers.providerId })
          .from(offers)
          .where(eq(offers.id, id));
        if (!owner) return;
        await tx
          .select({ id: providers.id })
          .from(providers)
          .where(eq(providers.id, owner.providerId))
          .for("update");
        const [expired] = await tx
          .update(offers)
          .set({ state: to })
          .where(and(eq(offers.id, id), inArray(offers.state, [...from]), lte(offers.expiresAt, at)))
          .returning({ id: offers.id });
        if (!expired) return;
        await refreshPostings(tx, [id], at);
        await tx
          .insert(audit)
          .values({ id: newId(), at, actor: "timer", action: "offer.expire", subject: id, trace });
      }),
  };
}
