import type { Served } from "@minka/contracts/outcome-reports";
import type { Lived } from "./live-season.ts";

type Line = {
  readonly figure: string;
  readonly value: number | null;
  readonly unit: string;
  readonly of?: string;
};

const share = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

/** Every figure of the outcome, a line each: the same ones that the report has, and shares of them. */
export function figureLines({ figures: { outcomes, travel }, calls, seconds }: Lived): Line[] {
  const { requests, visits, plans, broken } = outcomes;
  const lines: Line[] = [];
  const add = (figure: string, value: number | null, unit: string, of?: string) =>
    lines.push({ figure, value, unit, ...(of === undefined ? {} : { of }) });
  const shares = (name: string, served: Served, of?: string) => {
    add(`${name}requests`, served.requests, "requests", of);
    add(`${name}matched-share`, share(served.matched, served.requests), "share", of);
    add(`${name}agreed-share`, share(served.agreed, served.requests), "share", of);
    add(`${name}done-share`, share(served.done, served.requests), "share", of);
    add(`${name}unserved-share`, share(served.unserved, served.requests), "share", of);
  };
  shares("", requests);
  add("cancelled", requests.cancelled, "requests");
  add("open-at-end", requests.open, "requests");
  add("hours-to-match-median", outcomes.hoursToMatch.median, "hours");
  add("hours-to-match-p90", outcomes.hoursToMatch.p90, "hours");
  add("hours-to-agreement-median", outcomes.hoursToAgreement.median, "hours");
  add("hours-to-agreement-p90", outcomes.hoursToAgreement.p90, "hours");
  for (const { code, requests: count } of outcomes.unmatchedBecause)
    add("unmatched", count, "requests", code);
  for (const { code, requests: count } of outcomes.unservedBecause) add("unserved", count, "requests", code);
  for (const row of outcomes.byKind) shares("kind-", row, row.kind);
  for (const row of outcomes.bySex) shares("sex-", row, row.sex ?? "unknown");
  for (const row of outcomes.bySize) shares("size-", row, row.sizeClass ?? "unknown");
  for (const row of outcomes.byMembership)
    shares("member-", row, row.member === null ? "unknown" : row.member ? "yes" : "no");
  for (const row of outcomes.byDistrict) shares("district-", row, row.districtCode);
  const { meanRating, meanRatingByProviders, ...counts } = visits;
  for (const [name, value] of Object.entries(counts)) add(`visits-${dashed(name)}`, value, "count");
  add("visits-no-show-share", share(visits.noShows, visits.noShows + visits.done), "share");
  add("visits-mean-rating", meanRating, "1-5");
  add("visits-mean-rating-by-providers", meanRatingByProviders, "1-5");
  add("visits-helped-share", share(visits.helpedMuch + visits.helpedSome, visits.helpAnswers), "share");
  for (const row of outcomes.exposure) {
    add("exposure-inequity", row.inequity, "0-1", row.kind);
    add("exposure-lists", row.lists, "lists", row.kind);
  }
  for (const [name, value] of Object.entries(plans)) add(`plans-${dashed(name)}`, value, "count");
  add("plans-accepted-share", share(plans.accepted, plans.visits), "share");
  add("plans-accepted-of-asked", share(plans.accepted, plans.asked), "share");
  if (travel) {
    add("km-per-visit-grouped", travel.kmPerVisitGrouped, "km");
    add("km-per-visit-single", travel.kmPerVisitSingle, "km");
    for (const { month, ...row } of travel.months)
      for (const [name, value] of Object.entries(row))
        add(`travel-${dashed(name)}`, value, name.startsWith("km") ? "km" : "count", month);
  }
  for (const one of outcomes.sponsorships) {
    add("sponsored-budget", one.budgetCentimos, "centimos", one.title);
    add("sponsored-spent", one.spentCentimos, "centimos", one.title);
    add("sponsored-reserved", one.reservedCentimos, "centimos", one.title);
    add("sponsored-services", one.services, "services", one.title);
  }
  for (const [name, value] of Object.entries(broken)) add(`broken-${dashed(name)}`, value, "count");
  add("calls", calls, "calls");
  add("seconds", seconds, "s");
  return lines;
}

const dashed = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The same for eyes. */
export function figureTable(lines: readonly Line[]): string {
  const rows = lines.map(({ figure, value, unit, of }) => [
    of === undefined ? figure : `${figure} [${of}]`,
    value === null
      ? "-"
      : unit === "share"
        ? `${(value * 100).toFixed(1)} %`
        : String(Math.round(value * 100) / 100),
    unit === "share" || unit === "count" ? "" : unit,
  ]);
  const wide = Math.max(...rows.map(([name = ""]) => name.length));
  return rows
    .map(([name = "", value = "", unit = ""]) => `${name.padEnd(wide)}  ${value.padStart(10)} ${unit}`)
    .join("\n");
}

/** What must be 0; anything else is said and ends the season as failed. */
export function brokenPromises({ figures: { outcomes } }: Lived): string[] {
  const { broken, sponsorships } = outcomes;
  return [
    ...Object.entries(broken).flatMap(([name, value]) => (value === 0 ? [] : [`${dashed(name)}: ${value}`])),
    ...sponsorships.flatMap((one) =>
      one.spentCentimos + one.reservedCentimos <= one.budgetCentimos ? [] : [`over budget: ${one.title}`],
    ),
  ];
}
