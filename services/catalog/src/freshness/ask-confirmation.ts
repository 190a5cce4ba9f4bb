import { catalogConfirmations } from "@minka/contracts/confirmations";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { addDays, limaDay, limaInstant, type LimaDay } from "@minka/domain/lima-time";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import { sql } from "@minka/database/query";
import type { FreshnessDays } from "../config.ts";
import { audit } from "../tables.ts";
import { askHour } from "./keep-freshness.ts";

const dayMs = 24 * 60 * 60 * 1000;
const daysBefore = (at: Date, days: number) => new Date(at.getTime() - days * dayMs);

/**
 * The job `ask-confirmation`: whoever is asked by the provider's customers is asked by SMS whether an offer still
 * holds, and once more when they do not answer; about one offer a day at most, the longest waiting first.
 */
export function askConfirmationJob(
  { db, clock }: Pick<ServiceKit, "db" | "clock">,
  { ask, askAgain }: Pick<FreshnessDays, "ask" | "askAgain">,
): Job {
  return {
    async due(limit) {
      const rows = await db.read.execute<{ id: string }>(sql`
        select offer_id as id from catalog.freshness
        where ask_from <= ${daysBefore(clock(), ask).toISOString()}::timestamptz order by ask_from, offer_id limit ${limit}`);
      return rows.map(({ id }) => ({ id, trace: `ask-confirmation-${id}` }));
    },
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const at = clock();
        const [waiting] = await tx.execute<{
          personId: string;
          asked: number;
          restsUntil: string | null;
        }>(sql`
          select person_id as "personId", asked, rests_until::text as "restsUntil" from catalog.freshness
          join catalog.offers on offers.id = offer_id join catalog.providers on providers.id = provider_id
          where offer_id = ${id} and ask_from <= ${daysBefore(at, ask).toISOString()}::timestamptz
          for update of freshness`);
        if (!waiting) return;
        const today = limaDay(at);
        const askOn = async (day: LimaDay) => {
          const from = daysBefore(limaInstant(day, askHour), ask);
          await tx.execute(sql`
            update catalog.freshness set ask_from = ${from.toISOString()}::timestamptz where offer_id = ${id}`);
        };
        // Nobody is asked on their holiday.
        if (waiting.restsUntil && waiting.restsUntil >= today) return askOn(addDays(waiting.restsUntil, 1));
        const [free] = await tx.execute(sql`
          insert into catalog.asked_people as kept (person_id, last_asked_on) values (${waiting.personId}, ${today})
          on conflict (person_id) do update set last_asked_on = excluded.last_asked_on
            where kept.last_asked_on < excluded.last_asked_on
          returning 1`);
        if (!free) return askOn(addDays(today, 1));
        const again = waiting.asked === 0 ? daysBefore(at, ask - askAgain).toISOString() : null;
        await tx.execute(sql`
          update catalog.freshness
          set asked = asked + 1, asked_at = ${at.toISOString()}::timestamptz, ask_from = ${again}::timestamptz
          where offer_id = ${id}`);
        await emit(tx, catalogConfirmations.asked, { kind: "offer", id }, { at, trace });
        await tx
          .insert(audit)
          .values({ id: newId(), at, actor: "timer", action: "offer.ask", subject: id, trace });
      }),
  };
}
