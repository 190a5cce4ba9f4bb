import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { readMessageCosts as contract } from "@minka/contracts/message-costs";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaInstant } from "@minka/domain/lima-time";
import type { SegmentPrice } from "../config.ts";

/** By the gateway's name. */
export type Prices = Readonly<Record<string, SegmentPrice>>;

type Answer = HandlerAnswer<typeof contract>;
type Carried = Answer["total"];
type Counted = Omit<Answer["days"][number], "costCentimos">;

const longestDays = 366;
const unknown: SegmentPrice = { sent: null, received: null };

/** What went in and out by day and gateway, and its cost by the prices of today. `period-wrong` (422). */
export async function readCosts(
  { db, prices }: { db: Pick<Database, "sql">; prices: Prices },
  { from, until, gateway }: HandlerInput<typeof contract>["query"],
): Promise<Answer> {
  if (until < from || until > addDays(from, longestDays))
    throw new DomainError("invalid", "period-wrong", "The period ends before it begins, or is too long.", {
      errors: [{ path: "query.until", message: `from ${from} to ${longestDays} days later` }],
    });
  const counted = await countByDay(db, { from, until });
  const days = counted
    .filter((row) => gateway === undefined || row.gateway === gateway)
    .map((row) => ({ ...row, costCentimos: costOf(row, prices[row.gateway] ?? unknown) }));
  const names = new Set([...Object.keys(prices), ...days.map((row) => row.gateway)]);
  return {
    prices: [...names].toSorted().map((name) => {
      const { sent, received } = prices[name] ?? unknown;
      return { gateway: name, segmentCentimos: sent, receivedSegmentCentimos: received };
    }),
    days,
    total: days.reduce(plus, nothing),
  };
}

/**
 * Each attempt that a gateway took is charged, whatever became of it. Of messages whose attempts are forgotten one is
 * known to have been taken.
 */
async function countByDay(
  { sql }: Pick<Database, "sql">,
  { from, until }: { from: string; until: string },
): Promise<readonly Counted[]> {
  const begins = limaInstant(from, 0).toISOString();
  const ends = limaInstant(addDays(until, 1), 0).toISOString();
  const taken = sql`('accepted', 'delivered', 'undelivered', 'failed')`;
  return sql<Counted[]>`
    with carried as (
      select received_at as at, gateway, 1 as messages_in, segments as segments_in, 0 as messages_out,
             0 as segments_out, 0 as in_doubt
        from notifications.inbound_messages where received_at >= ${begins} and received_at < ${ends}
      union all
      select tried.started_at, tried.gateway, 0, 0, case when outcome in ${taken} then 1 else 0 end,
             case when outcome in ${taken} then sms.segments else 0 end,
             case when coalesce(outcome, 'unknown') = 'unknown' then 1 else 0 end
        from notifications.outbound_attempts tried join notifications.outbound_messages sms on sms.id = message_id
       where tried.started_at >= ${begins} and tried.started_at < ${ends} and outcome is distinct from 'refused'
      union all
      select sms.sent_at, sms.gateway, 0, 0, 1, sms.segments, 0
        from notifications.outbound_messages sms
       where sms.sent_at >= ${begins} and sms.sent_at < ${ends} and sms.gateway is not null and not exists (
         select 1 from notifications.outbound_attempts tried where tried.message_id = sms.id))
    select to_char(at at time zone 'America/Lima', 'YYYY-MM-DD') as day, gateway,
           sum(messages_in)::int as "messagesIn", sum(segments_in)::int as "segmentsIn",
           sum(messages_out)::int as "messagesOut", sum(segments_out)::int as "segmentsOut",
           sum(in_doubt)::int as "inDoubt"
      from carried group by 1, 2 order by 1, 2`;
}

/** Null where a price is not known that something has to be charged by. */
function costOf(
  { segmentsIn, segmentsOut }: Pick<Counted, "segmentsIn" | "segmentsOut">,
  { sent, received }: SegmentPrice,
): number | null {
  const paid = segmentsOut === 0 ? 0 : sent === null ? null : segmentsOut * sent;
  const paidIn = segmentsIn === 0 ? 0 : received === null ? null : segmentsIn * received;
  return paid === null || paidIn === null ? null : Math.round(paid + paidIn);
}

const nothing: Carried = {
  messagesIn: 0,
  segmentsIn: 0,
  messagesOut: 0,
  segmentsOut: 0,
  inDoubt: 0,
  costCentimos: 0,
};

const plus = (sum: Carried, row: Carried): Carried => ({
  messagesIn: sum.messagesIn + row.messagesIn,
  segmentsIn: sum.segmentsIn + row.segmentsIn,
  messagesOut: sum.messagesOut + row.messagesOut,
  segmentsOut: sum.segmentsOut + row.segmentsOut,
  inDoubt: sum.inDoubt + row.inDoubt,
  costCentimos:
    sum.costCentimos === null || row.costCentimos === null ? null : sum.costCentimos + row.costCentimos,
});
