import { areasContaining } from "@minka/domain/coverage";
import { every } from "../candidates/asked-keys.ts";
import type { Point } from "@minka/geography/distance";
import { cellOf, priceBucket, term } from "./listing-terms.ts";
import type { OrderKey } from "./read-hits.ts";
import type { Terms } from "./search-query.ts";

export type Sort = "relevance" | "nearest" | "price" | "freshest" | "name";

export type Filters = {
  readonly kind?: string | undefined;
  readonly providerKind?: string | undefined;
  readonly crop?: string | undefined;
  /** A topic, a product, a service or a purpose of a loan. */
  readonly subjects: readonly string[];
  readonly districtCode?: string | undefined;
  readonly near?: { readonly point: Point; readonly km: number } | undefined;
  readonly maximumCentimos?: number | undefined;
  readonly womenFocused?: boolean | undefined;
  readonly organicApproved?: boolean | undefined;
  readonly certificate?: string | undefined;
};

/** A list is the sum of its phases, one after the other: each is looked for by terms and sorted by one number. */
export type Phase = {
  readonly terms: Terms;
  readonly order: OrderKey;
  /** Looked at only where nothing has all that was asked for. */
  readonly instead?: boolean;
  /** Kilometres around the asked place. */
  readonly ring?: { readonly from: number; readonly to: number };
};

/** The terms that every listing of the answer has. */
function filterTerms(filters: Filters, words: readonly (readonly string[])[]): string[][] {
  const { kind, providerKind, crop, subjects, districtCode, near, certificate } = filters;
  return [
    ...words.map((readings) => [...readings]),
    ...(kind === undefined ? [] : [[term.kind(kind)]]),
    ...(providerKind === undefined ? [] : [[term.providerKind(providerKind)]]),
    ...(crop === undefined ? [] : [[term.crop(crop), term.crop(every)]]),
    ...subjects.map((subject) => [term.subject(subject)]),
    ...(certificate === undefined ? [] : [[term.certificate(certificate)]]),
    ...(filters.womenFocused ? [[term.women]] : []),
    ...(filters.organicApproved ? [[term.organic]] : []),
    ...(near === undefined ? [] : [cellsAround(near.point, near.km)]),
    ...(districtCode === undefined || near !== undefined
      ? []
      : [areasContaining(districtCode).map(term.area)]),
  ];
}

export function phasesOf(
  sort: Sort,
  filters: Filters,
  words: readonly (readonly string[])[],
  point: Point | undefined,
): Phase[] {
  const { maximumCentimos } = filters;
  const prices = maximumCentimos === undefined ? undefined : pricesUpTo(maximumCentimos);
  return sorted(sort, filters, words, point).map((phase) => ({
    ...phase,
    terms: { ...phase.terms, prices },
  }));
}

/** Where the words find nothing: what is about the subject, or of the kind, that they mean. */
export function phasesMeant(
  sort: Sort,
  filters: Filters,
  meant: { subject: string } | { kind: string },
  point: Point | undefined,
): Phase[] {
  const about =
    "subject" in meant
      ? { ...filters, subjects: [...filters.subjects, meant.subject] }
      : { ...filters, kind: filters.kind ?? meant.kind };
  return phasesOf(sort, about, [], point).map((phase) => ({ ...phase, instead: true }));
}

function sorted(
  sort: Sort,
  filters: Filters,
  words: readonly (readonly string[])[],
  point: Point | undefined,
): Phase[] {
  const groups = filterTerms(filters, words);
  switch (sort) {
    case "freshest":
      return [{ terms: { groups }, order: "fresh_place" }];
    case "price":
      return [{ terms: { groups }, order: "price_place" }];
    case "name":
      return [{ terms: { groups }, order: "sort_name" }];
    case "relevance":
      return byRelevance(groups, words);
    case "nearest":
      return point === undefined ? [] : byDistance(groups, filters, point);
  }
}

/**
 * Who says it in the title comes before who says it elsewhere; and fresh before stale in both. Where nobody says it
 * all, who says all but one of the words.
 */
function byRelevance(groups: string[][], words: readonly (readonly string[])[]): Phase[] {
  if (words.length === 0) return [{ terms: { groups }, order: "fresh_place" }];
  const titled = words.map((readings) => readings.map(term.titleWord));
  // A word of the title says at least as much as the same word anywhere, so it stands in its place.
  const inTitle = [...titled, ...groups.slice(words.length)];
  return [
    { terms: { groups: inTitle, without: [term.sunk] }, order: "fresh_place" },
    { terms: { groups, without: [term.sunk], unlike: titled }, order: "fresh_place" },
    { terms: { groups: [...groups, [term.sunk]] }, order: "fresh_place" },
    ...allButOne(groups, words),
  ];
}

/** No listing is in two of these: who lacks one word has the others. The last word is the first to be missed. */
function allButOne(groups: string[][], words: readonly (readonly string[])[]): Phase[] {
  if (words.length < 2) return [];
  return words
    .map((_, missed) => groups.filter((__, index) => index !== missed))
    .toReversed()
    .map((rest) => ({ terms: { groups: rest, unlike: words }, order: "fresh_place", instead: true }));
}

/** Kilometres; the last is farther than any two places of Peru. */
const rings = [0, 10, 30, 100, 3_000] as const;
/** Cells of a ring wider than this would be most of the country. */
const cellsUpToKm = 100;

/** Offers with a base point ring by ring, then those that serve an area, the narrower first. */
function byDistance(groups: string[][], { districtCode, near }: Filters, point: Point): Phase[] {
  const phases: Phase[] = [];
  for (const aged of [{ without: [term.sunk] }, { groups: [[term.sunk]] }]) {
    const common = [...groups, ...(aged.groups ?? [])];
    const without = aged.without ?? [];
    for (const [index, to] of rings.entries()) {
      const from = rings[index - 1];
      if (from === undefined || (near && from > near.km)) continue;
      const cells = to > cellsUpToKm ? [[term.based]] : [cellsAround(point, to)];
      phases.push({ terms: { groups: [...common, ...cells], without }, order: "metres", ring: { from, to } });
    }
    if (districtCode === undefined || near !== undefined) continue;
    const areas = areasContaining(districtCode).map(term.area);
    for (const [level, area] of areas.entries()) {
      phases.push({
        terms: { groups: [...common, [area]], without: [...without, term.based, ...areas.slice(0, level)] },
        order: "fresh_place",
      });
    }
  }
  return phases;
}

function pricesUpTo(centimos: number): string[] {
  return Array.from({ length: priceBucket(centimos) + 1 }, (_, bucket) => term.price(bucket));
}

const kmPerDegree = 110.5;

/** Every cell that a circle may touch. */
function cellsAround({ latitude, longitude }: Point, km: number): string[] {
  const high = km / kmPerDegree;
  const wide = high / Math.cos((latitude * Math.PI) / 180);
  const rows = span(cellOf(latitude - high), cellOf(latitude + high));
  const columns = span(cellOf(longitude - wide), cellOf(longitude + wide));
  return rows.flatMap((row) => columns.map((column) => `g:${row}:${column}`));
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}
