import { explainCandidate, findCandidates, type Candidate } from "@minka/contracts/catalog";
import type { Reason } from "@minka/contracts/common";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { explainOffer as contract } from "@minka/contracts/explanations";
import { scoreParts } from "@minka/contracts/weights";
import { DomainError } from "@minka/domain/errors";
import type { ServiceKit } from "@minka/service/define-service";
import type { Context } from "@minka/service/act";
import { and, asc, desc, eq } from "@minka/database/query";
import { roleOf } from "../acting.ts";
import { blockedBy } from "../blocks/blocked-by.ts";
import { blocks } from "../blocks/blocks-tables.ts";
import { dispatchRules } from "../matches/dispatch-rules.ts";
import { matches, requests, type MatchRow, type RequestRow } from "../tables.ts";
import { searchOf } from "./ask-catalog.ts";
import { onlyWomen, readAsker } from "./attended-by.ts";
import { placesOf } from "./rank-candidates.ts";
import { weightSets } from "./ranking-tables.ts";
import { addKnowledge } from "./read-knowledge.ts";

type Means = Pick<ServiceKit, "db" | "call" | "clock">;
type Answer = HandlerAnswer<typeof contract>;

/**
 * Why an offer is on the list of a request, with what its rank is made of, or every reason for which it is not: for
 * who asked, and for operators, who see exact numbers. What stands there today is explained by what is known today.
 */
export async function explainOffer(
  means: Means,
  context: Context,
  { params: { requestId, offerId } }: HandlerInput<typeof contract>,
): Promise<Answer> {
  const { read } = means.db;
  const [row] = await read
    .select({ request: requests, blocked: blockedBy })
    .from(requests)
    .where(eq(requests.id, requestId));
  if (!row) throw new DomainError("not-found", "no-such-request", "There is no such request.");
  const exact = roleOf(context.actor, "requester", row.request.personId) === "operator";
  const [match] = await read
    .select()
    .from(matches)
    .where(and(eq(matches.requestId, requestId), eq(matches.offerId, offerId)))
    .orderBy(desc(matches.round))
    .limit(1);
  if (match) {
    const listed = await explainListed(means, match, exact);
    const gone = match.round === row.request.round ? [] : [{ code: "tried", parameters: {} }];
    return { listed, excluded: gone };
  }
  return { listed: null, excluded: await whyExcluded(means, { ...row, offerId, exact }, context.trace) };
}

async function explainListed({ db }: Means, match: MatchRow, exact: boolean): Promise<Answer["listed"]> {
  const [set] = await db.read.select().from(weightSets).where(eq(weightSets.version, match.weightsVersion));
  const [request] = await db.read
    .select({ kind: requests.kind })
    .from(requests)
    .where(eq(requests.id, match.requestId));
  const weights = request ? set?.weights[request.kind] : undefined;
  const known: Partial<Record<string, number>> = match.parts;
  // Fine numbers, from several requests, would tell where an agent lives.
  const round = (value: number) => (exact ? value : Math.round(value * 10) / 10);
  return {
    matchId: match.id,
    round: match.round,
    rank: match.rank,
    score: exact ? match.score : Math.round(match.score * 100) / 100,
    weightsVersion: match.weightsVersion,
    parts: scoreParts.flatMap((part) => {
      const value = known[part];
      return value === undefined ? [] : [{ part, value: round(value), weight: weights?.[part] ?? null }];
    }),
    reasons: match.reasons,
  };
}

type Excluded = { request: RequestRow; blocked: string[]; offerId: string; exact: boolean };

async function whyExcluded(
  { db, call, clock }: Means,
  { request, blocked, offerId, exact }: Excluded,
  trace: string,
): Promise<Reason[]> {
  if (request.round === 0 && request.state === "searching") return [{ code: "not-searched", parameters: {} }];
  const now = clock();
  const asker = await readAsker(call, request, trace);
  const wider = request.round - request.roundsBefore > 1 || request.state === "with_operator";
  const { limit, ...search } = searchOf(request, asker, { offerIds: [], blocked: [] }, now);
  const body = { ...search, wider };
  const { reasons } = await call(explainCandidate, { body: { ...body, offerId } }, { trace });
  if (reasons.length > 0) return reasons.map((reason) => (exact ? reason : coarse(reason)));
  const only = { ...body, onlyOfferIds: [offerId], limit };
  const { candidates } = await call(findCandidates, { body: only }, { trace });
  const candidate = candidates.find((each) => each.offerId === offerId);
  if (!candidate) return [{ code: "not-available", parameters: {} }];
  if (blocked.includes(candidate.providerId)) return [await whyBlocked(db, request, candidate, exact)];
  if (asker.womanOnly && (await onlyWomen(call, [candidate], trace)).length === 0)
    return [{ code: "not-a-woman", parameters: {} }];
  return whyNotListed(db, request, candidate, now);
}

/** Of a candidate: what kept it off the list here. */
async function whyNotListed(
  db: Means["db"],
  request: RequestRow,
  candidate: Candidate,
  now: Date,
): Promise<Reason[]> {
  const [known] = await addKnowledge(db, [candidate], now);
  const reasons: Reason[] = [];
  const say = (code: string, parameters: Reason["parameters"] = {}) => reasons.push({ code, parameters });
  const places = known ? placesOf(candidate, known.knowledge) : null;
  if (places && places.left <= 0) say("full", { places: places.of });
  if (known && known.knowledge.openAsks >= dispatchRules[request.kind].openAsks)
    say("busy", { open: known.knowledge.openAsks });
  const [other] = await db.read
    .select({ round: matches.round, state: matches.state })
    .from(matches)
    .where(and(eq(matches.requestId, request.id), eq(matches.providerId, candidate.providerId)))
    .orderBy(desc(matches.round))
    .limit(1);
  if (other) say(other.round === request.round ? "other-offer-better" : "tried");
  if (reasons.length === 0) say("lower-rank");
  return reasons;
}

/** Their own block is told; that somebody wants nothing of them is not. */
async function whyBlocked(
  { read }: Means["db"],
  { personId }: RequestRow,
  { providerId }: Candidate,
  exact: boolean,
): Promise<Reason> {
  const sides = await read
    .select({ by: blocks.by })
    .from(blocks)
    .where(and(eq(blocks.personId, personId), eq(blocks.providerId, providerId)))
    .orderBy(asc(blocks.by));
  const by = sides.map((side) => side.by);
  if (exact) return { code: "blocked", parameters: { by: by.join(",") } };
  return { code: by.includes("person") ? "blocked" : "not-available", parameters: {} };
}

/** Of whom the state is not told: whether somebody complained of a provider is nobody's affair. */
const discreet: readonly string[] = ["not-published", "provider-not-verified"];

/** In whole kilometres. */
function coarse({ code, parameters }: Reason): Reason {
  if (discreet.includes(code)) return { code, parameters: {} };
  const { km } = parameters;
  return { code, parameters: typeof km === "number" ? { ...parameters, km: Math.round(km) } : parameters };
}
