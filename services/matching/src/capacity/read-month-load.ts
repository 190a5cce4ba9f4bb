import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { readMonthLoad as contract } from "@minka/contracts/month-loads";
import { readUpkeep } from "@minka/contracts/standings";
import { addDays, addMonths, limaDay } from "@minka/domain/lima-time";
import type { Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { refuseUnlessManages } from "../standings/manages-provider.ts";

type Load = Answer<typeof contract>;

/** What a provider has to do in a month, and what waits for its answer. `not-your-provider` (403), `provider-unknown` (404). */
export async function readMonthLoad(
  { db: { sql }, clock, call }: Pick<ServiceKit, "db" | "clock" | "call">,
  context: Pick<Context, "actor" | "trace">,
  { params: { providerId }, query }: HandlerInput<typeof contract>,
): Promise<Load> {
  await refuseUnlessManages(call, context, providerId);
  const { offers } = await call(readUpkeep, { params: { providerId } }, { trace: context.trace });
  const offerIds = offers.map(({ offerId }) => offerId);
  const now = clock();
  const month = query.month ?? limaDay(now).slice(0, 7);
  const from = `${month}-01`;
  const until = addDays(addMonths(from, 1), -1);
  const [days, places, [asks]] = await Promise.all([
    sql<Load["days"]>`
      select e.visit_on::text as day, r.kind,
             count(*) filter (where e.state in ('agreed', 'rework'))::int as agreed,
             count(*) filter (where e.state = 'done')::int as done
        from matching.engagements e
        join matching.requests r on r.id = e.request_id
       where e.provider_id = ${providerId} and e.visit_on between ${from} and ${until}
         and e.state in ('agreed', 'rework', 'done')
       group by e.visit_on, r.kind order by e.visit_on, r.kind`,
    sql<Load["places"]>`
      select c.offer_id as "offerId", c.used as taken
        from matching.capacity c
       where c.month = ${month} and c.used > 0 and c.offer_id = any (${offerIds}::uuid[])
       order by c.used desc, c.offer_id`,
    sql<{ open: number; urgent: number; nextEndsAt: string | null }[]>`
      select count(*)::int as open,
             count(*) filter (where r.need->>'urgency' = 'urgent')::int as urgent,
             to_char(min(m.ask_expires_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "nextEndsAt"
        from matching.matches m
        join matching.requests r on r.id = m.request_id
       where m.provider_id = ${providerId} and m.state = 'asked'
         and m.ask_expires_at > ${now.toISOString()}::timestamptz`,
  ]);
  return {
    month,
    days: [...days],
    places: [...places],
    asks: asks ?? { open: 0, urgent: 0, nextEndsAt: null },
    asOf: now.toISOString(),
  };
}
