import type { Actor } from "@minka/contracts/actor";
import { paidWork, type readEarnings as contract } from "@minka/contracts/earnings";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { addDays, addMonths, limaDay, type LimaDay } from "@minka/domain/lima-time";
import type { Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { refuseUnlessManages } from "../standings/manages-provider.ts";

type Earnings = Answer<typeof contract>;
type Price = Earnings["prices"][number];
type Work = Earnings["work"]["items"][number];
type Period = { readonly providerId: string; readonly from: LimaDay; readonly until: LimaDay };

/** Of which one piece of work is one: of hectares or hours nobody says how many there were. */
const countedUnits = ["visita", "persona"];

/** A month's work and what it brought, by the day of the work. `not-your-provider` (403), `cursor-wrong` (422). */
export async function readEarnings(
  { db, clock, call }: Pick<ServiceKit, "db" | "clock" | "call">,
  context: Pick<Context, "actor" | "trace">,
  { params: { providerId }, query: { month: asked, cursor, limit } }: HandlerInput<typeof contract>,
): Promise<Earnings> {
  const after = cursor === undefined ? null : readPlace(cursor);
  await refuseUnlessManages(call, context, providerId);
  const now = clock();
  const month = asked ?? limaDay(now).slice(0, 7);
  const from = `${month}-01`;
  const period = { providerId, from, until: addDays(addMonths(from, 1), -1) };
  const [prices, counts, expected, work] = await Promise.all([
    readPrices(db, period),
    countWork(db, period),
    readExpected(db, period),
    listWork(db, period, { after, limit: limit + 1, reader: context.actor }),
  ]);
  const items = work.slice(0, limit);
  const last = items.at(-1);
  const sum = (of: (price: Price) => number) => prices.reduce((total, price) => total + of(price), 0);
  const producersOweCentimos = sum((price) => price.producersOweCentimos ?? 0);
  const sponsorsPayCentimos = sum((price) => price.sponsorsPayCentimos);
  return {
    month,
    ...counts,
    producersOweCentimos,
    sponsorsPayCentimos,
    earnedCentimos: producersOweCentimos + sponsorsPayCentimos,
    expected,
    prices,
    work: {
      items,
      next: last && work.length > limit ? `${last.day}_${last.engagementId}` : null,
    },
    asOf: now.toISOString(),
  };
}

type Place = { readonly day: string; readonly id: string };

function readPlace(cursor: string): Place {
  const [, day, id] = /^(\d{4}-\d\d-\d\d)_([\da-f-]{36})$/.exec(cursor) ?? [];
  if (!day || !id || Number.isNaN(Date.parse(day)))
    throw new DomainError("invalid", "cursor-wrong", "The cursor is not one that this list gave.");
  return { day, id };
}

async function readPrices({ sql }: Pick<Database, "sql">, period: Period): Promise<Price[]> {
  const { providerId, from, until } = period;
  const rows = await sql<Price[]>`
    select r.kind, e.price_centimos as "priceCentimos", e.price_unit as "priceUnit", count(*)::int as done,
           case when e.price_unit is null or e.price_unit = any (${countedUnits})
             then coalesce(sum(e.price_centimos - coalesce(s.spent_centimos, 0)), 0)::float8
           end as "producersOweCentimos",
           coalesce(sum(s.spent_centimos), 0)::float8 as "sponsorsPayCentimos"
      from matching.engagements e
      join matching.requests r on r.id = e.request_id
      left join matching.sponsored_services s on s.match_id = e.match_id and s.state = 'spent'
     where e.provider_id = ${providerId} and e.visit_on between ${from} and ${until}
       and e.state = 'done' and r.kind = any (${[...paidWork]})
     group by r.kind, e.price_centimos, e.price_unit
     order by count(*) desc, r.kind, e.price_centimos, e.price_unit`;
  return [...rows];
}

async function countWork({ sql }: Pick<Database, "sql">, { providerId, from, until }: Period) {
  const [counts] = await sql<Pick<Earnings, "visits" | "trainings" | "services" | "groupSessions">[]>`
    select count(*) filter (where r.kind = 'assistance')::int as visits,
           count(*) filter (where r.kind = 'training')::int as trainings,
           count(*) filter (where r.kind = 'service')::int as services,
           count(distinct g.id)::int as "groupSessions"
      from matching.engagements e
      join matching.requests r on r.id = e.request_id
      left join matching.plan_visits v on v.request_id = e.request_id and v.engagement_id = e.id
      left join matching.plan_sessions g on g.id = v.session_id and g.kind = 'group'
     where e.provider_id = ${providerId} and e.visit_on between ${from} and ${until} and e.state = 'done'`;
  return counts ?? { visits: 0, trainings: 0, services: 0, groupSessions: 0 };
}

async function readExpected(
  { sql }: Pick<Database, "sql">,
  { providerId, from, until }: Period,
): Promise<Earnings["expected"]> {
  const [expected] = await sql<Earnings["expected"][]>`
    select count(*)::int as agreed,
           coalesce(sum(e.price_centimos)
             filter (where e.price_unit is null or e.price_unit = any (${countedUnits})), 0)::float8 as centimos
      from matching.engagements e
      join matching.requests r on r.id = e.request_id
     where e.provider_id = ${providerId} and e.visit_on between ${from} and ${until}
       and e.state in ('agreed', 'rework') and r.kind = any (${[...paidWork]})`;
  return expected ?? { agreed: 0, centimos: 0 };
}

type WorkRow = Omit<Work, "sponsored"> & { sponsor: string | null; pays: number | null };

async function listWork(
  { sql }: Pick<Database, "sql">,
  { providerId, from, until }: Period,
  { after, limit, reader }: { after: Place | null; limit: number; reader: Actor },
): Promise<Work[]> {
  const personal = reader.kind === "person" ? reader : null;
  const rows = await sql<WorkRow[]>`
    select e.id as "engagementId", e.request_id as "requestId", e.visit_on::text as day, r.kind,
           m.by_phone as "byPhone", e.price_centimos as "priceCentimos", e.price_unit as "priceUnit",
           exists (select 1 from matching.plan_visits v join matching.plan_sessions g on g.id = v.session_id
             where v.request_id = e.request_id and v.engagement_id = e.id and g.kind = 'group') as "group",
           p.sponsor_name as sponsor, s.spent_centimos as pays,
           case when ${personal?.operator ?? false} or m.provider_person_id = ${personal?.personId ?? null}::uuid
             then json_build_object('personId', r.person_id, 'districtCode', r.district_code,
               'placeName', r.place_name) end as whom
      from matching.engagements e
      join matching.requests r on r.id = e.request_id
      join matching.matches m on m.id = e.match_id
      left join matching.sponsored_services s on s.match_id = e.match_id and s.state = 'spent'
      left join matching.sponsorships p on p.id = s.sponsorship_id
     where e.provider_id = ${providerId} and e.visit_on between ${from} and ${until}
       and e.state = 'done' and r.kind = any (${[...paidWork]})
       and (${after?.day ?? null}::date is null
         or (e.visit_on, e.id) < (${after?.day ?? null}::date, ${after?.id ?? null}::uuid))
     order by e.visit_on desc, e.id desc limit ${limit}`;
  return rows.map(({ sponsor, pays, ...row }) => ({
    ...row,
    sponsored: sponsor === null ? null : { name: sponsor, paysCentimos: pays ?? 0 },
  }));
}
