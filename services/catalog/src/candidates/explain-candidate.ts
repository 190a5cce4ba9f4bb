import type {
  CandidateSearch,
  explainCandidate as contract,
  NotCandidateCode,
} from "@minka/contracts/catalog";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { offerSummary } from "@minka/contracts/offer-summary";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { Database } from "@minka/database/connect";
import { areasContaining } from "@minka/domain/coverage";
import { distanceKm } from "@minka/geography/distance";
import { findDistrict } from "@minka/geography/districts";
import { eq } from "drizzle-orm";
import { offerUnknown } from "../offers/lock-offer.ts";
import { widerFactor } from "../offers/posting-rows.ts";
import { freshness } from "../freshness/freshness-tables.ts";
import { refuseUnknownDistrict } from "../providers/district.ts";
import { amountLimits } from "../search/keep-listings.ts";
import { offers, providers } from "../tables.ts";
import { subjectOf, subjectsOf } from "./asked-keys.ts";
import { amountOf } from "./search-plan.ts";

type Reason = { code: NotCandidateCode; parameters: Record<string, string | number> };

/** What decides on an offer: its own row and what stands around it. */
type Facts = {
  id: string;
  state: string;
  terms: OfferTerms;
  coverage: readonly string[];
  confirmedOn: string;
  providerState: string;
  personId: string;
  restsUntil: string | null;
  stage: string | null;
};

/** Says of one offer why it is not among the candidates of a search; none when it is. Throws `offer-unknown`. */
export async function explainCandidate(
  db: Database,
  { offerId, ...search }: HandlerInput<typeof contract>["body"],
): Promise<HandlerAnswer<typeof contract>> {
  refuseUnknownDistrict(search.districtCode);
  const [facts] = await db.read
    .select({
      id: offers.id,
      state: offers.state,
      terms: offers.terms,
      coverage: offers.coverage,
      confirmedOn: offers.confirmedOn,
      providerState: providers.state,
      personId: providers.personId,
      restsUntil: providers.restsUntil,
      stage: freshness.stage,
    })
    .from(offers)
    .innerJoin(providers, eq(providers.id, offers.providerId))
    .leftJoin(freshness, eq(freshness.offerId, offers.id))
    .where(eq(offers.id, offerId));
  if (!facts) throw offerUnknown();
  const reasons = [...whyNotFound(facts), ...whyNotFor(facts, search)];
  return { candidate: reasons.length === 0, reasons };
}

/** It is found by nobody. */
function whyNotFound({ state, providerState, restsUntil, stage, confirmedOn }: Facts): Reason[] {
  return [
    ...given(state !== "published", "not-published", { state }),
    ...given(providerState !== "verified", "provider-not-verified", { state: providerState }),
    ...(restsUntil === null ? [] : given(true, "provider-resting", { until: restsUntil })),
    ...given(stage === "hidden", "stale-hidden", { confirmedOn }),
  ];
}

/** It does not serve this need, here, for this person. */
function whyNotFor(facts: Facts, search: CandidateSearch): Reason[] {
  const { terms } = facts;
  const { need, requester, organicOnly, excludeOfferIds, requesterPersonId } = search;
  const { audience, organicApproved } = offerSummary(terms);
  const personal = [
    ...given(facts.personId === requesterPersonId, "own-offer"),
    ...given(excludeOfferIds.includes(facts.id), "excluded"),
    ...given(audience === "women_only" && requester.sex !== "f", "women-only"),
    ...given(organicOnly && organicApproved === false, "not-organic"),
  ];
  if (terms.kind !== need.kind) return [...personal, ...given(true, "wrong-kind", { kind: terms.kind })];
  return [
    ...whyOtherThing(terms, search),
    ...whyOutOfReach(facts, search),
    ...whyAmount(terms, search),
    ...personal,
  ];
}

function whyOtherThing(terms: OfferTerms, { need, wider }: CandidateSearch): Reason[] {
  const { crops } = offerSummary(terms);
  const [subject, subjects] = [subjectOf(need), subjectsOf(terms)];
  const serves = (named: readonly string[], word: string | undefined) =>
    word === undefined || named.length === 0 || named.includes(word);
  return [
    ...given(!serves(crops, need.crop), "other-crop", { crops: crops.join(",") }),
    ...given(!wider && !serves(subjects, subject), "other-topic", { subjects: subjects.join(",") }),
  ];
}

function whyOutOfReach({ terms, coverage }: Facts, { districtCode, wider }: CandidateSearch): Reason[] {
  const outside = !areasContaining(districtCode).some((area) => coverage.includes(area));
  const district = findDistrict(districtCode);
  if (terms.kind !== "assistance" || !district) return given(outside, "outside-coverage");
  const km = distanceKm(terms.base, district.point);
  const reachKm = wider ? terms.reachKm * widerFactor : terms.reachKm;
  return [
    ...given(outside, "outside-coverage"),
    ...given(km > reachKm, "out-of-reach", { km: Math.round(km * 10) / 10, reachKm }),
  ];
}

function whyAmount(terms: OfferTerms, { need }: CandidateSearch): Reason[] {
  const amount = amountOf(need);
  const { least, most } = amountLimits(terms);
  const outside = amount !== null && ((least !== null && amount < least) || (most !== null && amount > most));
  return given(outside, "outside-amount", {
    ...(least === null ? {} : { least }),
    ...(most === null ? {} : { most }),
  });
}

function given(holds: boolean, code: NotCandidateCode, parameters: Reason["parameters"] = {}): Reason[] {
  return holds ? [{ code, parameters }] : [];
}
