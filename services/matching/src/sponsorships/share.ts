import type { Need } from "@minka/contracts/need";
import type { Traits } from "@minka/contracts/traits";
import type { LimaDay } from "@minka/domain/lima-time";
import type { SponsorshipRow } from "./sponsorships-tables.ts";

type Share = Pick<SponsorshipRow, "sharePercent" | "mostPerServiceCentimos">;
type Money = Pick<SponsorshipRow, "budgetCentimos" | "reservedCentimos" | "spentCentimos">;
type Period = Pick<SponsorshipRow, "state" | "from" | "until">;
type Paid = Pick<SponsorshipRow, "kinds" | "topics" | "crops" | "districts">;
type Group = Pick<SponsorshipRow, "sexes" | "sizeClasses" | "member" | "organizationIds">;

/** Céntimos that it pays of a price, rounded down; 0 where no price is known, since nobody could be told. */
export function shareOf(
  { sharePercent, mostPerServiceCentimos }: Share,
  priceCentimos: number | null,
): number {
  if (priceCentimos === null) return 0;
  return Math.min(Math.floor((priceCentimos * sharePercent) / 100), mostPerServiceCentimos);
}

export function leftOf({ budgetCentimos, reservedCentimos, spentCentimos }: Money): number {
  return budgetCentimos - reservedCentimos - spentCentimos;
}

/** Whether it takes on anything new. */
export function isOpen({ state, from, until }: Period, today: LimaDay): boolean {
  return state === "active" && from <= today && today <= until;
}

/** Whether it pays for such a service there, whoever asks. */
export function paysFor(
  { kinds, topics, crops, districts }: Paid,
  { need, districtCode }: { need: Need; districtCode: string },
): boolean {
  return (
    kinds.some((kind) => kind === need.kind) &&
    fits(topics, need.topic) &&
    fits(crops, need.crop) &&
    (districts.length === 0 || districts.some((prefix) => districtCode.startsWith(prefix)))
  );
}

/** Whether somebody is of the group. What is not known of them is not of it, where it matters. */
export function isOfGroup(
  { sexes, sizeClasses, member, organizationIds }: Group,
  person: Pick<Traits, "sex" | "sizeClass" | "organizationIds">,
): boolean {
  return (
    fits(sexes, person.sex) &&
    fits(sizeClasses, person.sizeClass) &&
    (member === null || member === person.organizationIds.length > 0) &&
    (organizationIds.length === 0 || organizationIds.some((id) => person.organizationIds.includes(id)))
  );
}

function fits<Item>(wanted: readonly Item[], given: Item | null | undefined): boolean {
  return wanted.length === 0 || (given !== null && given !== undefined && wanted.includes(given));
}

type Payer = Share & Money & Pick<SponsorshipRow, "id" | "until">;

/** Who pays most of a price and still has it; of equals the one that ends first. Null where nobody pays anything. */
export function bestPayer(
  payers: readonly Payer[],
  priceCentimos: number | null,
): { sponsorshipId: string; paysCentimos: number } | null {
  const [best] = payers
    .map((payer) => ({ payer, pays: shareOf(payer, priceCentimos) }))
    .filter(({ payer, pays }) => pays > 0 && pays <= leftOf(payer))
    .toSorted(
      (a, b) =>
        b.pays - a.pays || a.payer.until.localeCompare(b.payer.until) || a.payer.id.localeCompare(b.payer.id),
    );
  return best ? { sponsorshipId: best.payer.id, paysCentimos: best.pays } : null;
}
