import type { Candidate } from "@minka/contracts/catalog";
import type { Language } from "@minka/domain/vocabulary";
import { falling, unknown } from "./beliefs.ts";

/** Where a part has fallen to one half. */
const halfAt = { km: 20, days: 90 };

const fitShares = { topic: 0.45, crop: 0.3, level: 0.1, certified: 0.05, language: 0.1 };

/** How well the offer is made for this very need and person. */
export function fit(
  {
    fits,
    topicLevel,
    certified,
    languages,
  }: Pick<Candidate, "fits" | "topicLevel" | "certified" | "languages">,
  askerLanguage: Language | null,
): number {
  const level = topicLevel === null ? unknown : topicLevel === "specialist" ? 1 : 0;
  return (
    (fits.topic ? fitShares.topic : 0) +
    (fits.crop ? fitShares.crop : 0) +
    level * fitShares.level +
    (certified ? fitShares.certified : 0) +
    speaks(languages, askerLanguage) * fitShares.language
  );
}

/** Who speaks Spanish, or has not said what they speak, is served as well by everybody. */
function speaks(languages: readonly Language[], asker: Language | null): number {
  if (asker === null || asker === "spa") return unknown;
  return languages.includes(asker) ? 1 : 0;
}

/** By the great circle, times how much longer the way takes in the asker's district. */
export function distance(km: number | null, travelFactor: number): number {
  return km === null ? unknown : falling(km * travelFactor, halfAt.km);
}

/** Of the longest INEI prefix of a district that has one; 1 where none has. */
export function travelFactorOf(factors: Readonly<Record<string, number>>, districtCode: string): number {
  for (const length of [6, 4, 2]) {
    const factor = factors[districtCode.slice(0, length)];
    if (factor !== undefined) return factor;
  }
  return 1;
}

export function freshness(confirmedDaysAgo: number): number {
  return falling(confirmedDaysAgo, halfAt.days);
}

/** Made for women, for a woman. */
export function women(womenFocused: boolean, askerSex: "f" | "m" | null): number {
  return womenFocused && askerSex === "f" ? 1 : 0;
}
