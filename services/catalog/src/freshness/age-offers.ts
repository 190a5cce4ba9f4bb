import { newId } from "@minka/database/new-id";
import { addDays, limaDay, limaInstant } from "@minka/domain/lima-time";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import { sql } from "@minka/database/query";
import type { FreshnessDays } from "../config.ts";
import { refreshPostings } from "../offers/post-offers.ts";
import { audit } from "../tables.ts";
import { askHour, keepFreshness } from "./keep-freshness.ts";

/**
 * The job `age-offer`: an offer that nobody has confirmed for long sinks in every list, and later hides. Of what
 * hides its contact person is asked a last time, so that a SI can bring it back. Those of one provider age together, in batches, since each holds the provider's row.
 */
export function ageOfferJob(
  { db, clock }: Pick<ServiceKit, "db" | "clock">,
  { ask, sink, hide }: Pick<FreshnessDays, "ask" | "sink" | "hide">,
): Job {
  const due = (at: Date) => {
    const today = limaDay(at);
    return sql`(stage = 'fresh' and freshness.confirmed_on <= ${addDays(today, -sink)}
      or stage = 'sunk' and freshness.confirmed_on <= ${addDays(today, -hide)})`;
  };
  return {
    async due(limit) {
      const rows = await db.read.execute<{ id: string }>(
        sql`select offer_id as id from catalog.freshness where ${due(clock())} limit ${limit}`,
      );
      return rows.map(({ id }) => ({ id, trace: `age-offer-${id}` }));
    },
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const at = clock();
        const [provider] = await tx.execute<{ id: string }>(sql`
          select id from catalog.providers
          where id = (select provider_id from catalog.offers where id = ${id}) for update`);
        if (!provider) return;
        const rows = await tx.execute<{ id: string }>(sql`
          select offers.id from catalog.freshness join catalog.offers on offers.id = offer_id
          where provider_id = ${provider.id} and ${due(at)} limit ${batch}`);
        if (rows.length === 0) return;
        const ids = rows.map((row) => row.id);
        const these = sql`any (${sql.param(ids)}::uuid[])`;
        const today = limaDay(at);
        const hidden = sql`confirmed_on <= ${addDays(today, -hide)}`;
        const askNow = limaInstant(addDays(today, -ask), askHour).toISOString();
        // First what the offer itself says: it may have been confirmed, or ended, since the row was written.
        await keepFreshness(tx, these);
        await tx.execute(sql`
          update catalog.freshness set
            stage = case when ${hidden} then 'hidden' else 'sunk' end,
            ask_from = case when ${hidden} then ${askNow}::timestamptz else ask_from end
          where offer_id = ${these} and ${due(at)}`);
        await refreshPostings(tx, ids, at);
        await tx
          .insert(audit)
          .values(
            ids.map((subject) => ({ id: newId(), at, actor: "timer", action: "offer.age", subject, trace })),
          );
      }),
  };
}

const batch = 500;
