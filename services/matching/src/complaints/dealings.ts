import type { Queries } from "@minka/database/connect";
import { limaDay, limaInstant } from "@minka/domain/lima-time";
import { and, desc, eq, gte, inArray, isNotNull, isNull, or } from "@minka/database/query";
import { isOpenAsk } from "../matches/withdraw-asked.ts";
import { engagements, matches, requests, type EngagementRow, type MatchRow } from "../tables.ts";

/** How long after somebody has dealt with a provider a complaint is taken to be about it. */
const dealingDays = 60;

/** More than anybody deals with in two months. */
const most = 50;

/** A provider that a person has dealt with, and when last. */
export type Dealing = {
  providerId: string;
  providerName: string;
  requestId: string;
  matchId: string;
  engagementId: string | null;
  at: Date;
};

/**
 * Whom a person has asked, agreed or worked with in the last 60 days, the likeliest first: work that was agreed on,
 * by when something happened last, before those who are only being asked. Who declined or never answered did nothing.
 */
export async function dealingsOf(queries: Queries, personId: string, now: Date): Promise<Dealing[]> {
  return pickDealings(await readContacts(queries, [personId], now), now);
}

/** What a person has had to do with a provider. */
export type Contact = { personId: string; match: MatchRow; engagement: EngagementRow | null };

const daysBefore = (now: Date) => new Date(now.getTime() - dealingDays * 24 * 60 * 60 * 1000);

/** Of several people what was within 60 days of `now`, or later: `pickDealings` chooses for a moment. */
export async function readContacts(
  queries: Queries,
  personIds: readonly string[],
  now: Date,
): Promise<Contact[]> {
  if (personIds.length === 0) return [];
  const since = daysBefore(now);
  return queries
    .select({ personId: requests.personId, match: matches, engagement: engagements })
    .from(matches)
    .innerJoin(requests, eq(requests.id, matches.requestId))
    .leftJoin(engagements, eq(engagements.matchId, matches.id))
    .where(
      and(
        inArray(requests.personId, [...personIds]),
        or(
          and(
            isNotNull(engagements.id),
            or(
              gte(engagements.agreedAt, since),
              gte(engagements.closedAt, since),
              gte(engagements.visitOn, limaDay(since)),
            ),
          ),
          and(
            isNull(engagements.id),
            inArray(matches.state, ["asked", "quoted"]),
            gte(matches.askedAt, since),
          ),
        ),
      ),
    )
    .orderBy(desc(matches.id));
}

/** The dealings of one person's contacts as of a moment, the likeliest first. */
export function pickDealings(contacts: readonly Contact[], now: Date): Dealing[] {
  const since = daysBefore(now);
  return contacts
    .filter((contact) => isWithin(contact, since))
    .slice(0, most)
    .map(({ match, engagement }) => dealing(match, engagement, now))
    .toSorted((a, b) => Number(b.engagementId !== null) - Number(a.engagementId !== null) || +b.at - +a.at);
}

function isWithin({ match, engagement }: Contact, since: Date): boolean {
  if (!engagement) return isOpenAsk(match) && match.askedAt !== null && match.askedAt >= since;
  const { agreedAt, closedAt, visitOn } = engagement;
  return agreedAt >= since || (closedAt !== null && closedAt >= since) || visitOn >= limaDay(since);
}

function dealing(match: MatchRow, engagement: EngagementRow | null, now: Date): Dealing {
  const { providerId, providerName, requestId, id: matchId } = match;
  const at = engagement ? lastEventOf(engagement, now) : (match.askedAt ?? now);
  return { providerId, providerName, requestId, matchId, engagementId: engagement?.id ?? null, at };
}

/** When something happened last: the visit, if its day has come. */
function lastEventOf({ agreedAt, visitOn, closedAt }: EngagementRow, now: Date): Date {
  if (closedAt) return closedAt;
  return visitOn <= limaDay(now) ? limaInstant(visitOn, 12) : agreedAt;
}
