import { limaDay } from "@minka/domain/lima-time";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import type { Act } from "@minka/service/act";
import { and, asc, inArray, lt, sql } from "@minka/database/query";
import { sponsorships } from "./sponsorships-tables.ts";
import { lockSponsorship, move } from "./take-step.ts";

/** A draft promises nothing: it waits for its operator however late. */
const open = ["active", "paused"] as const;

/** The job `end-sponsorship`: its last day is over, so that nothing new is paid. What is reserved stays. */
export function endSponsorshipJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: sponsorships.id, trace: sponsorships.trace })
    .from(sponsorships)
    .where(and(inArray(sponsorships.state, [...open]), lt(sponsorships.until, sql.placeholder("today"))))
    .orderBy(asc(sponsorships.until))
    .limit(sql.placeholder("limit"))
    .prepare("sponsorships_over");
  return {
    due: (limit) => due.execute({ today: limaDay(clock()), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const act: Act = { at: clock(), by: "timer", trace };
        const sponsorship = await lockSponsorship(tx, id);
        const isOpen = open.some((state) => state === sponsorship.state);
        if (!isOpen || sponsorship.until >= limaDay(act.at)) return;
        await move(tx, act, { sponsorship, step: "end", role: "timer" });
      }),
  };
}
