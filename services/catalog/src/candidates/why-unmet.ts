import type { NotCandidateCode } from "@minka/contracts/catalog";
import { packsAsked, requirementsLacked, type Conditions, type Held } from "./conditions.ts";

export type Reason = { code: NotCandidateCode; parameters: Record<string, string | number> };

export function given(
  holds: boolean,
  code: NotCandidateCode,
  parameters: Record<string, string | number | null> = {},
): Reason[] {
  const said = Object.entries(parameters).filter(
    (entry): entry is [string, string | number] => entry[1] !== null,
  );
  return holds ? [{ code, parameters: Object.fromEntries(said) }] : [];
}

/** Which of an offer's conditions are not met, one by one: what the search asks of a listing in one expression. */
export function whyUnmet(conditions: Conditions, held: Held): Reason[] {
  const { least, most, opensOn, closesOn, state, leastPacks, stockPacks } = conditions;
  const packs = packsAsked(held, conditions);
  const lacked = requirementsLacked(conditions.requirements, held.lacks);
  const uncertified = conditions.certificates.filter((each) => held.lacksCertificates.includes(each));
  return [
    ...given(below(held.amount, least) || above(held.amount, most), "outside-amount", { least, most }),
    ...given(
      (opensOn !== null && held.on < opensOn) || (closesOn !== null && held.on > closesOn),
      "not-open",
      { from: opensOn, until: closesOn },
    ),
    ...given(state !== null && held.state !== null && state !== held.state, "other-state", { state }),
    ...given(below(packs, leastPacks), "too-few-packs", { packs, leastPacks }),
    ...given(above(packs, stockPacks), "not-enough-stock", { packs, stockPacks }),
    ...given(lacked.length > 0, "requirement-not-met", { requirements: lacked.join(",") }),
    ...given(uncertified.length > 0, "certificate-not-held", { certificates: uncertified.join(",") }),
    ...whyQuality(conditions, held),
  ];
}

function whyQuality({ quality }: Conditions, { quality: measured }: Held): Reason[] {
  if (quality === null) return [];
  const limits = {
    maximumMoisturePercent: above(measured.moisturePercent, quality.maximumMoisturePercent),
    maximumDefectsPercent: above(measured.defectsPercent, quality.maximumDefectsPercent),
    minimumFermentationPercent: below(measured.fermentationPercent, quality.minimumFermentationPercent),
    minimumCupPoints: below(measured.cupPoints, quality.minimumCupPoints),
    maximumCadmiumMgPerKg: above(measured.cadmiumMgPerKg, quality.maximumCadmiumMgPerKg),
  };
  const broken = Object.entries(quality).filter(([name]) => limits[name as keyof typeof limits]);
  return given(broken.length > 0, "quality-not-met", Object.fromEntries(broken));
}

type Figure = number | null | undefined;

/** What is not known breaks no limit. */
function below(value: Figure, least: Figure): boolean {
  return typeof value === "number" && typeof least === "number" && value < least;
}

function above(value: Figure, most: Figure): boolean {
  return typeof value === "number" && typeof most === "number" && value > most;
}
