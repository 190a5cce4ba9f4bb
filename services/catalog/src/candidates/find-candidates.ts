import type { Candidate } from "@minka/contracts/catalog";
import type { Database } from "@minka/database/connect";
import { equipmentProducts, hiredServices, inputProducts } from "@minka/domain/vocabulary";
import { distanceKm } from "@minka/geography/distance";
import { refuseUnknownDistrict } from "../providers/district.ts";
import { subjectOf } from "./asked-keys.ts";
import { heldBits, heldBy, heldCertificates, requirementsMissing } from "./conditions.ts";
import { distanceOfPlace, isSunk } from "./posting-codes.ts";
import { readCandidates, type CandidateInput, type CandidateRow } from "./read-candidates.ts";
import { planSearch } from "./search-plan.ts";
import { whyEmpty, type EmptyBecause } from "./why-empty.ts";

/**
 * The nearest verified, published offers for a need at a district. Each range of the plan is one stretch of an
 * index that holds all that the search reads, in the order in which candidates are wanted: fresh before stale,
 * near before far, and the narrower area and the fresher confirmation first among those that serve an area. So
 * the time depends on `limit` and not on how many offers there are. A wider search still puts who serves the
 * subject before who does not. `today` is a day in Lima.
 */
export async function findCandidates(
  db: Database,
  input: CandidateInput,
  today: string,
): Promise<{ candidates: Candidate[]; emptyBecause: EmptyBecause | null }> {
  refuseUnknownDistrict(input.districtCode);
  const plan = planSearch(input);
  const held = heldBy(input, today);
  const rows = await readCandidates(db, input, plan, held);
  if (rows.length === 0) return { candidates: [], emptyBecause: await whyEmpty(db, input, plan, held) };
  return { candidates: inOrder(rows.slice(0, input.limit), input), emptyBecause: null };
}

/** With the distance from the asker's own point where it is known, and in the order that it makes. */
function inOrder(rows: readonly CandidateRow[], input: CandidateInput): Candidate[] {
  const candidates = rows.map((row) => {
    const away = distanceOf(row, input);
    return {
      candidate: candidateOf(row, input, away),
      group: row.tier * 2 + (isSunk(row.place) ? 1 : 0),
      away,
    };
  });
  if (input.point) {
    const far = Number.POSITIVE_INFINITY;
    candidates.sort((a, b) => a.group - b.group || (a.away ?? far) - (b.away ?? far) || 0);
  }
  return candidates.map(({ candidate }) => candidate);
}

/** Null for who serves an area, and for advice by phone, which comes from anywhere. */
function distanceOf(
  { place, baseLatitude, baseLongitude }: CandidateRow,
  { point, consultation }: CandidateInput,
): number | null {
  if (consultation) return null;
  const based = point && baseLatitude !== null && baseLongitude !== null;
  return based
    ? distanceKm(point, { latitude: baseLatitude, longitude: baseLongitude })
    : distanceOfPlace(place);
}

const things = [...inputProducts, ...equipmentProducts, ...hiredServices];

function candidateOf(
  row: CandidateRow,
  { need, requester, consultation }: CandidateInput,
  away: number | null,
): Candidate {
  const { crops, subjects, requirements, certificates } = row;
  const subject = subjectOf(need);
  const held = heldCertificates(requester, need.crop ?? crops[0]);
  return {
    offerId: row.offerId,
    offerVersion: row.offerVersion,
    providerId: row.providerId,
    providerName: row.providerName,
    providerPersonId: row.providerPersonId,
    distanceKm: away === null ? null : Math.round(away * 10) / 10,
    fits: {
      topic: subject === undefined || subjects.includes(subject),
      crop: need.crop === undefined || crops.includes(need.crop),
    },
    priceCentimos: row.priceCentimos,
    priceUnit: row.priceUnit,
    monthlyCapacity: row.monthlyCapacity,
    confirmedOn: row.confirmedOn,
    title: row.title,
    state: row.state ?? null,
    womenFocused: row.womenFocused ?? false,
    languages: row.languages ?? [],
    certified: row.certified ?? false,
    adviserSells: row.adviserSells,
    stockLeft: row.stockLeft ?? null,
    product: things.find((thing) => thing === subjects[0]) ?? null,
    byPhone: consultation,
    topicLevel: need.kind === "assistance" ? topicLevel(need.topic, row) : null,
    missing: requirementsMissing(requirements ?? [], heldBits(requester.holds)),
    asks: (certificates ?? []).filter((certificate) => !held.includes(certificate)),
  };
}

/** The better of what the offer and what the agent's profile say of a topic. */
function topicLevel(
  topic: string | undefined,
  { subjects, specialistTopics, knownTopics, expertTopics }: CandidateRow,
): Candidate["topicLevel"] {
  if (topic === undefined) return null;
  if (expertTopics?.includes(topic) || specialistTopics?.includes(topic)) return "specialist";
  return knownTopics?.includes(topic) || subjects.includes(topic) ? "basic" : null;
}
