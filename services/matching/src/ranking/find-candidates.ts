import { explainCandidate, findCandidates, type Candidate } from "@minka/contracts/catalog";
import type { Reason } from "@minka/contracts/common";
import { searchStages, type SearchStage } from "@minka/contracts/matching";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import type { Kind } from "@minka/domain/vocabulary";
import type { Caller } from "@minka/http/caller";
import { and, eq, gt, inArray, or } from "@minka/database/query";
import { matches, type RequestRow } from "../tables.ts";
import { askCatalog, searchOf, type Answered, type LeftOut, type Search } from "./ask-catalog.ts";
import { anybody, noWomanNear, onlyWomen, readAsker, type Asker } from "./attended-by.ts";
import {
  counted,
  placesOf,
  rankCandidates,
  type Dropped,
  type Known,
  type Ranked,
} from "./rank-candidates.ts";
import { addKnowledge } from "./read-knowledge.ts";
import { currentWeights, type WeightSet } from "./weight-sets.ts";

/** The first search, one that reaches further, one by phone and to later dates; then a person takes over. */
const widestRound = searchStages.length;

/** Of which there are places by the month: who has none left now may have some in the next. */
const kindsByMonth: readonly Kind[] = ["assistance", "service"];

/** How far the search for a kind goes: where there is no advice by phone and no later month, not to the last stage. */
export function lastRoundOf(kind: Kind): number {
  return kindsByMonth.includes(kind) ? widestRound : widestRound - 1;
}

/** A request to search for, with whom its person is not to be brought together. */
export type Sought = RequestRow & { readonly blocked: readonly string[] };

/** What one stage found: kept, so that whoever takes a request over sees what was tried. */
type Tried = {
  readonly round: number;
  readonly stage: SearchStage;
  readonly candidates: number;
  readonly listed: number;
  readonly dropped: Dropped;
  readonly emptyBecause: string | null;
};

export type Found = {
  readonly round: number;
  readonly ranked: readonly Ranked[];
  readonly weightsVersion: number;
  /** Why the list is empty; null when it is not. */
  readonly emptyBecause: Reason | null;
  /** Why it does not begin with what they picked; null when it does, or they picked nothing. */
  readonly notWanted: Reason | null;
  /** Whether only women were looked for. */
  readonly womanOnly: boolean;
  readonly tried: readonly Tried[];
};

type Means = { readonly db: Database; readonly call: Caller };
type Moment = { readonly now: Date; readonly trace: string };
type Run = Moment & {
  readonly request: Sought;
  readonly asker: Asker;
  readonly leftOut: LeftOut;
  readonly weights: WeightSet;
  readonly wanted: Wanted;
};

/**
 * Searches from the request's round on until something is found: an empty first round does not make the
 * producer wait for the wider one. Calls catalog, so never inside a transaction; throws what the call throws.
 */
export async function searchFor(means: Means, request: Sought, { now, trace }: Moment): Promise<Found> {
  const { call, db } = means;
  // What takes longest begins first.
  const [ofAnybody, asker, leftOut, weights] = await Promise.all([
    searchForAnybody(call, request, { now, trace }),
    readAsker(call, request, trace),
    readLeftOut(db, request),
    currentWeights(db, now),
  ]);
  const search = searchOf(request, asker, leftOut, now);
  const wanted = await readWanted(call, request, search, trace);
  const run = { request, asker, leftOut, weights, wanted, now, trace };
  const tried: Tried[] = [];
  let emptyBecause = "all-full";
  let others = false;
  let before: Answered | null = null;
  const { womanOnly } = asker;
  const weightsVersion = weights.version;
  for (let round = request.searchRound; round <= lastRoundOf(request.kind); round += 1) {
    const mayBeAnybody = round === 1 && !asker.womanOnly ? ofAnybody : null;
    const answer: Answered = mayBeAnybody ?? (await searchStage(call, run, search, { round, before }));
    const { ranked, dropped } = await rank(db, run, answer.candidates, round);
    if (round > 1) before = answer;
    others ||= answer.others;
    emptyBecause = answer.emptyBecause ?? emptyBecause;
    tried.push({
      round,
      stage: searchStages[round - 1] ?? "near",
      candidates: answer.candidates.length,
      listed: ranked.length,
      dropped,
      emptyBecause: ranked.length > 0 ? null : (answer.emptyBecause ?? "all-full"),
    });
    if (ranked.length > 0) {
      const first = ranked[0]?.candidate.offerId;
      const notWanted = first === wanted.offerId ? null : wanted.missing;
      return { round, ranked, weightsVersion, emptyBecause: null, notWanted, womanOnly, tried };
    }
  }
  return {
    round: lastRoundOf(request.kind),
    ranked: [],
    weightsVersion,
    // Women who were tried, or are full, leave the choice among everybody to who asks.
    emptyBecause: { code: others ? noWomanNear : emptyBecause, parameters: {} },
    notWanted: null,
    womanOnly,
    tried,
  };
}

async function readLeftOut({ read }: Database, request: Sought): Promise<LeftOut> {
  const { blocked } = request;
  if (request.searchRound === 1 && request.roundsBefore === 0)
    return { offerIds: [], providerIds: new Set(), blocked };
  const before = await read
    .select({ offerId: matches.offerId, providerId: matches.providerId })
    .from(matches)
    .where(
      and(
        eq(matches.requestId, request.id),
        // Of lists before a search that begins anew, only those who said no or did not come.
        or(gt(matches.round, request.roundsBefore), inArray(matches.state, ["declined", "accepted"])),
      ),
    );
  return {
    offerIds: before.map(({ offerId }) => offerId),
    providerIds: new Set(before.map(({ providerId }) => providerId)),
    blocked,
  };
}

/**
 * The first search for a visit depends on nothing of who asks but the wish for a woman, which few have: it is made
 * while that is being read. Null where it would depend on more.
 */
async function searchForAnybody(
  call: Caller,
  request: Sought,
  { now, trace }: Moment,
): Promise<Answered | null> {
  const { kind, womanOnly, searchRound, roundsBefore, blocked } = request;
  if (kind !== "assistance" || womanOnly === true || searchRound > 1 || roundsBefore > 0) return null;
  const leftOut = { offerIds: [], blocked };
  const search = searchOf(request, anybody, leftOut, now);
  return askCatalog(call, { asker: anybody, tried: new Set() }, trace, search);
}

/** The last stage looks once more at those further off, who may have places later, and at who advises by phone. */
async function searchStage(
  call: Caller,
  { request, asker, leftOut, trace }: Run,
  search: Search,
  { round, before }: { round: number; before: Answered | null },
): Promise<Answered> {
  const tried = leftOut.providerIds;
  const find = (over: Partial<Search>) => askCatalog(call, { asker, tried }, trace, { ...search, ...over });
  if (round < widestRound) return find({ wider: round > 1 });
  const further = before ?? (await find({ wider: true }));
  if (request.kind !== "assistance") return further;
  const byPhone = await find({ consultation: true });
  const known = new Set(further.candidates.map(({ offerId }) => offerId));
  return {
    candidates: [...further.candidates, ...byPhone.candidates.filter(({ offerId }) => !known.has(offerId))],
    emptyBecause: further.emptyBecause,
    others: further.others || byPhone.others,
  };
}

async function rank(db: Database, run: Run, found: readonly Candidate[], round: number) {
  const { request, asker, leftOut, weights, wanted, now } = run;
  // Also of more than a search can leave out.
  const apart = new Set(leftOut.blocked);
  const candidates = (
    wanted.candidate
      ? [wanted.candidate, ...found.filter(({ offerId }) => offerId !== wanted.offerId)]
      : found
  ).filter(({ providerId }) => !apart.has(providerId));
  const fresh = candidates.filter(({ providerId }) => !leftOut.providerIds.has(providerId));
  const known: Known[] = await addKnowledge(db, fresh, now);
  const mayWait = round === widestRound && request.need.urgency !== "urgent";
  const { ranked, dropped } = rankCandidates(request, mayWait ? known.map(orLater) : known, {
    now,
    weights,
    sex: asker.sex,
    language: asker.language,
    wider: round > 1,
    womanOnly: asker.womanOnly,
    wantedOfferId: wanted.offerId,
  });
  return { ranked, dropped: counted({ ...dropped, tried: candidates.length - fresh.length }) };
}

/** Who is full this month is asked for the next. */
function orLater(known: Known): Known {
  const places = placesOf(known.candidate, known.knowledge);
  return places !== null && places.left <= 0 ? { ...known, later: true } : known;
}

type Wanted = {
  readonly offerId: string | null;
  readonly candidate: Candidate | null;
  readonly missing: Reason | null;
};

/**
 * The offer that they picked themselves, fetched however far down it may be: it has to meet every hard condition,
 * but for the general wish for a woman, since they know whom they picked; the wish said of this very request holds for
 * it too. Only for the first list.
 */
async function readWanted(call: Caller, request: Sought, search: Search, trace: string): Promise<Wanted> {
  const { wantedOfferId: offerId, womanOnly } = request;
  if (offerId === null || request.searchRound > 1 || request.roundsBefore > 0)
    return { offerId: null, candidate: null, missing: null };
  const body = { ...search, wider: true, onlyOfferIds: [offerId] };
  const { candidates } = await call(findCandidates, { body }, { trace });
  const reached = candidates.find((each) => each.offerId === offerId) ?? null;
  const isMan =
    reached !== null && womanOnly === true && (await onlyWomen(call, [reached], trace)).length === 0;
  const candidate = isMan ? null : reached;
  const codes = isMan
    ? ["not-a-woman"]
    : candidate
      ? ["full"]
      : await whyNot(call, { ...search, wider: true }, offerId, trace);
  const missing = { code: "chosen-offer-unavailable", parameters: { because: codes.join(",") } };
  return { offerId, candidate, missing };
}

async function whyNot(call: Caller, search: Search, offerId: string, trace: string): Promise<string[]> {
  try {
    const { reasons } = await call(explainCandidate, { body: { ...search, offerId } }, { trace });
    // By whose wish the two are kept apart is not told.
    return reasons.map(({ code }) => (code === "provider-excluded" ? "not-available" : code));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "not-found") throw error;
    return ["not-published"];
  }
}
