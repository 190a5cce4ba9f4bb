import { requestMatched } from "@minka/contracts/events";
import { hot, type Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { nextState } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { record } from "../acting.ts";
import { laterMonth } from "../capacity/later-month.ts";
import { askAtOnce } from "../matches/ask-at-once.ts";
import { askMatch } from "../matches/ask-match.ts";
import { isUrgent } from "../matches/dispatch-rules.ts";
import { stillListed, takeNext } from "../matches/take-places.ts";
import type { Found } from "../ranking/find-candidates.ts";
import { keepSponsors, sponsorOf, type Sponsors } from "../sponsorships/find-sponsors.ts";
import type { RequestRow } from "../tables.ts";
import { listEnd } from "./list-end.ts";
import { matchesOf } from "./lock-request.ts";
import { requestLifecycle } from "./request-lifecycle.ts";

type Listing = { readonly request: RequestRow; readonly found: Found; readonly sponsors: Sponsors | null };

/**
 * Stores what was found as the request's list, which is locked. Nothing waits for what is written before it, so that
 * all of it is one way to the database and back.
 */
export async function putList(
  tx: Transaction,
  act: Act,
  { request, found, sponsors }: Listing,
): Promise<void> {
  const { id, roundsBefore, wantedOfferId } = request;
  const round = roundsBefore + found.round;
  const isWanted = found.ranked[0]?.candidate.offerId === wantedOfferId && found.notWanted === null;
  const urgent = isUrgent(request.need);
  const listed = {
    state: nextState(requestLifecycle, request.state, "show-list", "system"),
    round,
    womanOnly: found.womanOnly,
    searchAttempts: 0,
    dueAt: null,
    listExpiresAt: listEnd(act.at),
    reason: found.notWanted,
  };
  await Promise.all([
    insertMatches(tx, act, { request, found, sponsors }, round),
    keepSearches(tx, act, { request, found }),
    keepSponsors(tx, id, sponsors),
    hot(tx)`
      update matching.requests
      set state = ${listed.state}, round = ${round}, woman_only = ${listed.womanOnly}, search_attempts = 0,
        due_at = null, list_expires_at = ${listed.listExpiresAt.toISOString()},
        reason = ${listed.reason && JSON.stringify(listed.reason)}
      where id = ${id}`,
    record(tx, act, "request.show-list", `request:${id}`),
    ...(isWanted || urgent ? [] : [emit(tx, requestMatched, { requestId: id, round }, act)]),
  ]);
  if (urgent && !isWanted) return askAtOnce(tx, act, { request: { ...request, ...listed }, role: "system" });
  if (!isWanted) return;
  if (await askWanted(tx, act, { ...request, ...listed })) return;
  await emit(tx, requestMatched, { requestId: id, round }, act);
}

/** They have chosen already: the first of the list is asked, unless its place went in this moment. */
async function askWanted(tx: Transaction, act: Act, request: RequestRow): Promise<boolean> {
  const waiting = stillListed(request, await matchesOf(tx, request.id)).slice(0, 1);
  const [match] = await takeNext(tx, { request, waiting, now: act.at });
  if (!match) return false;
  await askMatch(tx, act, { request, match, role: "requester", transition: "choose" });
  return true;
}

/** What was tried stays with the request, whether or not it found anything. */
export async function keepSearches(
  tx: Transaction,
  act: Act,
  { request, found }: Pick<Listing, "request" | "found">,
): Promise<void> {
  if (found.tried.length === 0) return;
  const at = act.at.toISOString();
  await Promise.all(
    found.tried.map(
      ({ round, stage, candidates, listed, dropped, emptyBecause }) => hot(tx)`
        insert into matching.searches
          (id, request_id, round, stage, at, candidates, listed, dropped, empty_because)
        values (${newId()}, ${request.id}, ${request.roundsBefore + round}, ${stage}, ${at}, ${candidates},
          ${listed}, ${JSON.stringify(dropped)}, ${emptyBecause})`,
    ),
  );
}

/** One statement for any number of them, which the driver prepares: every request passes here. */
async function insertMatches(
  tx: Transaction,
  act: Act,
  { request, found, sponsors }: Listing,
  round: number,
): Promise<void> {
  const later = laterMonth(act.at);
  const rows = found.ranked.map(({ candidate, score, parts, reasons, later: isLater }, index) => {
    const { sponsorshipId, sponsorPaysCentimos } = sponsorOf(sponsors, candidate.priceCentimos);
    return {
      id: newId(),
      rank: index + 1,
      offer_id: candidate.offerId,
      offer_version: candidate.offerVersion,
      offer_title: candidate.title || null,
      provider_id: candidate.providerId,
      provider_name: candidate.providerName,
      provider_person_id: candidate.providerPersonId,
      distance_km: candidate.byPhone ? null : candidate.distanceKm,
      price_centimos: candidate.priceCentimos,
      price_unit: candidate.priceUnit,
      monthly_capacity: candidate.monthlyCapacity,
      for_month: isLater ? later : null,
      by_phone: candidate.byPhone,
      sponsorship_id: sponsorshipId,
      sponsor_pays_centimos: sponsorPaysCentimos,
      score,
      parts,
      reasons,
    };
  });
  await hot(tx)`
    insert into matching.matches (request_id, round, state, weights_version, trace, id, rank, offer_id, offer_version,
      offer_title, provider_id, provider_name, provider_person_id, distance_km, price_centimos, price_unit,
      monthly_capacity, for_month, by_phone, sponsorship_id, sponsor_pays_centimos, score, parts, reasons)
    select ${request.id}, ${round}, 'listed', ${found.weightsVersion}, ${act.trace}, m.*
    from jsonb_to_recordset(${JSON.stringify(rows)}) as m (id uuid, rank int, offer_id uuid, offer_version int,
      offer_title text, provider_id uuid, provider_name text, provider_person_id uuid, distance_km float8,
      price_centimos int, price_unit text, monthly_capacity int, for_month text, by_phone boolean,
      sponsorship_id uuid, sponsor_pays_centimos int, score float8, parts jsonb, reasons jsonb)`;
}
