import type { CandidateSearch, explainCandidate as contract } from "@minka/contracts/catalog";
import { isUnregistered } from "@minka/contracts/check-offer-terms";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { offerSummary } from "@minka/contracts/offer-summary";
import type { OfferTerms } from "@minka/contracts/offer-terms";
import type { Database } from "@minka/database/connect";
import { areasContaining } from "@minka/domain/coverage";
import { distanceKm } from "@minka/geography/distance";
import { findDistrict } from "@minka/geography/districts";
import { eq } from "@minka/database/query";
import { offerUnknown } from "../offers/lock-offer.ts";
import { isToldByPhone, widerFactor } from "../offers/posting-rows.ts";
import { freshness } from "../freshness/freshness-tables.ts";
import { refuseUnknownDistrict } from "../providers/district.ts";
import { offers, providers } from "../tables.ts";
import { subjectOf, subjectsOf } from "./asked-keys.ts";
import { conditionsOf, heldBy, type Held } from "./conditions.ts";
import { widens } from "./search-plan.ts";
import { given, whyUnmet, type Reason } from "./why-unmet.ts";

/** What decides on an offer: its own row and what stands around it. */
type Facts = {
  id: string;
  providerId: string;
  state: string;
  terms: OfferTerms;
  coverage: readonly string[];
  confirmedOn: string;
  providerState: string;
  personId: string;
  restsUntil: string | null;
  stage: string | null;
};

/**
 * Says of one offer why it is not among the candidates of a search; none when it is. `today` is a day in Lima. Throws
 * `offer-unknown`.
 */
export async function explainCandidate(
  db: Database,
  { offerId, ...search }: HandlerInput<typeof contract>["body"],
  today: string,
): Promise<HandlerAnswer<typeof contract>> {
  refuseUnknownDistrict(search.districtCode);
  const [facts] = await db.read
    .select({
      id: offers.id,
      providerId: offers.providerId,
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
  const reasons = [...whyNotFound(facts), ...whyNotFor(facts, search, heldBy(search, today))];
  return { candidate: reasons.length === 0, reasons };
}

/** It is found by nobody. */
function whyNotFound({ state, terms, providerState, restsUntil, stage, confirmedOn }: Facts): Reason[] {
  return [
    ...given(isUnregistered(terms), "unregistered"),
    ...given(state !== "published", "not-published", { state }),
    ...given(providerState !== "verified", "provider-not-verified", { state: providerState }),
    ...(restsUntil === null ? [] : given(true, "provider-resting", { until: restsUntil })),
    ...given(stage === "hidden", "stale-hidden", { confirmedOn }),
  ];
}

/** It does not serve this need, here, for this person. */
function whyNotFor(facts: Facts, search: CandidateSearch, held: Held): Reason[] {
  const { terms } = facts;
  const { need, requester, organicOnly, excludeOfferIds, excludeProviderIds, onlyOfferIds } = search;
  const { audience, organicApproved } = offerSummary(terms);
  const personal = [
    ...given(facts.personId === search.requesterPersonId, "own-offer"),
    ...given(excludeOfferIds.includes(facts.id), "excluded"),
    ...given(excludeProviderIds.includes(facts.providerId), "provider-excluded"),
    ...given(onlyOfferIds !== undefined && !onlyOfferIds.includes(facts.id), "not-named"),
    ...given(audience === "women_only" && requester.sex !== "f", "women-only"),
    ...given(organicOnly && organicApproved === false, "not-organic"),
  ];
  if (terms.kind !== need.kind) return [...personal, ...given(true, "wrong-kind", { kind: terms.kind })];
  return [
    ...whyOtherThing(terms, search),
    ...(search.consultation ? given(!isToldByPhone(terms), "not-by-phone") : whyOutOfReach(facts, search)),
    ...whyUnmet(conditionsOf(terms), held),
    ...personal,
  ];
}

function whyOtherThing(terms: OfferTerms, search: CandidateSearch): Reason[] {
  const { need } = search;
  const { crops } = offerSummary(terms);
  const [subject, subjects] = [subjectOf(need), subjectsOf(terms)];
  const serves = (named: readonly string[], word: string | undefined) =>
    word === undefined || named.length === 0 || named.includes(word);
  return [
    ...given(!serves(crops, need.crop), "other-crop", { crops: crops.join(",") }),
    ...given(!widens(search) && !serves(subjects, subject), "other-topic", { subjects: subjects.join(",") }),
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
