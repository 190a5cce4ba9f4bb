import type { Answer } from "@minka/contracts/endpoint";
import type { Engagement } from "@minka/contracts/engagements";
import { listAsks } from "@minka/contracts/provider-asks";
import { readEngagementContact } from "@minka/contracts/meetings";
import { readPresences, type Presence } from "@minka/contracts/presence";
import { listPlanDays } from "@minka/contracts/plan-visits";
import { sayLesson } from "@minka/language/say-plan";
import { describeNeed } from "@minka/language/texts";
import type { SignedVisit } from "../../visits/visit.ts";

export type PlanMonth = Answer<typeof listPlanDays>["months"][number];
type Asks = Answer<typeof listAsks>;
type Agreed = Asks["engagements"][number];

/** Somebody who is visited. Who has not said yes yet is a place and a number. */
export type WorkVisit = {
  readonly engagement: { readonly id: string; readonly state: Engagement["state"] } | null;
  /** Of a plan; null for what was asked for. */
  readonly planVisitId: string | null;
  readonly asked: boolean;
  readonly name: string | null;
  readonly phone: string | null;
};

/** One stop of a day: whom one meets at one place, at an hour where a plan gives one. */
export type Stop = {
  readonly id: string;
  readonly day: string;
  readonly startsAt: string | null;
  readonly topic: string;
  readonly districtCode: string;
  readonly placeName: string | null;
  readonly group: boolean;
  readonly visits: readonly WorkVisit[];
};

export type Work = {
  readonly month: PlanMonth | null;
  readonly days: ReadonlyMap<string, readonly Stop[]>;
};

/** What an agent does in a month: the plan's visits, and beside them what people asked for themselves. */
export async function readWork(visit: SignedVisit, providerId: string, month: string): Promise<Work> {
  const params = { personId: visit.person.personId };
  const [planned, asks] = await Promise.all([
    visit.call(listPlanDays, { params, query: { month } }),
    visit.call(listAsks, {}),
  ]);
  const own = planned.months.find((each) => each.providerId === providerId) ?? null;
  const stops = [...stopsOfPlan(own), ...stopsAsked(asks, own, providerId, month)];
  const days = Map.groupBy(
    stops.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other))),
    ({ day }) => day,
  );
  return { month: own, days };
}

/** Without an hour comes after those that have one. */
const keyOf = ({ day, startsAt }: Stop) => `${day} ${startsAt ?? "99:99"}`;

function stopsOfPlan(month: PlanMonth | null): Stop[] {
  return (month?.days ?? []).flatMap(({ day, stops }) =>
    stops.map((stop) => ({
      id: stop.sessionId,
      day,
      startsAt: stop.startsAt,
      topic: sayLesson(stop),
      districtCode: stop.districtCode,
      placeName: stop.placeName,
      group: stop.kind === "group",
      visits: stop.visits.map(({ planVisitId, state, name, phone, engagement }) => ({
        engagement,
        planVisitId,
        asked: state === "proposed",
        name,
        phone,
      })),
    })),
  );
}

function stopsAsked(asks: Asks, month: PlanMonth | null, providerId: string, of: string): Stop[] {
  const planned = new Set(
    (month?.days ?? []).flatMap(({ stops }) =>
      stops.flatMap(({ visits }) => visits.flatMap(({ engagement }) => engagement?.id ?? [])),
    ),
  );
  return agreedWork(asks)
    .filter((work) => work.providerId === providerId && work.visitOn.startsWith(of) && !planned.has(work.id))
    .map(stopOf);
}

/** What was agreed, and what is done and may still be rated. */
const agreedWork = ({ engagements, toRate }: Asks): Agreed[] => [
  ...new Map([...toRate, ...engagements].map((each) => [each.id, each])).values(),
];

const stopOf = ({ id, state, visitOn, need, districtCode, placeName }: Agreed): Stop => ({
  id,
  day: visitOn,
  startsAt: null,
  topic: describeNeed(need),
  districtCode,
  placeName,
  group: false,
  visits: [{ engagement: { id, state }, planVisitId: null, asked: false, name: null, phone: null }],
});

/** One agreement of the person as a provider, with its hour where a plan has it. */
export async function findStop(
  visit: SignedVisit,
  providerId: string,
  engagementId: string,
): Promise<Stop | null> {
  const asks = await visit.call(listAsks, {});
  const agreed = agreedWork(asks).find((each) => each.id === engagementId && each.providerId === providerId);
  if (!agreed) return null;
  const work = await readWork(visit, providerId, agreed.visitOn.slice(0, 7));
  const stops = work.days.get(agreed.visitOn) ?? [];
  const holds = (stop: Stop) => stop.visits.some(({ engagement }) => engagement?.id === engagementId);
  return stops.find(holds) ?? stopOf(agreed);
}

/** Names and phones of those who asked for themselves: a plan brings its own. */
export async function withContacts(visit: SignedVisit, stops: readonly Stop[]): Promise<Stop[]> {
  const reached = async (one: WorkVisit): Promise<WorkVisit> => {
    if (one.planVisitId !== null || !one.engagement) return one;
    const params = { engagementId: one.engagement.id };
    const contact = await visit.callIfAny(readEngagementContact, { params });
    return contact ? { ...one, name: contact.name, phone: contact.phone } : one;
  };
  return Promise.all(
    stops.map(async (stop) => ({ ...stop, visits: await Promise.all(stop.visits.map(reached)) })),
  );
}

/** Where the person has said that they were, by visit. */
export async function readStays(visit: SignedVisit): Promise<ReadonlyMap<string, Presence>> {
  const { presences } = (await visit.callIfAny(readPresences, {
    params: { personId: visit.person.personId },
  })) ?? { presences: [] };
  return new Map(presences.toReversed().map((stay) => [stay.engagementId, stay]));
}
