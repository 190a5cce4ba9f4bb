import type { Answer } from "@minka/contracts/endpoint";
import type { listOwnPledges } from "@minka/contracts/lot-pledges";
import type { listLots } from "@minka/contracts/lots";
import { limaDay } from "@minka/domain/lima-time";
import { sayDueDay } from "@minka/language/say-due-day";
import { phrase, renderText, sayDeadline, word } from "@minka/language/texts";
import { fitSegments, shortName } from "./say-match.ts";
import type { Turn } from "./turn.ts";

export type Lot = Answer<typeof listLots>["items"][number];
export type Pledge = Answer<typeof listOwnPledges>["items"][number];

const titleLengths = [48, 40, 32, 24, 18];

export const sayGrams = (grams: number) => `${Math.round(grams / 100) / 10} kg`;

export function sayHarvest({ crop, cropState }: Pick<Lot, "crop" | "cropState">, language: string): string {
  return `${word("crop", crop, language)} ${word("crop_state", cropState, language)}`;
}

/** "8 quintales". */
export function sayMeasure({ amount, unit }: Pledge["amount"], language: string): string {
  return `${amount} ${word(amount === 1 ? "unit_one" : "unit_many", unit, language)}`;
}

export function sayPledge(
  { now, language }: Turn,
  { lotId, amount, cropState, conversions, grams, certificates, weighedGrams, takenGrams, leftGrams }: Pledge,
  lots: readonly Lot[],
  key: "lot_pledged" | "lot_status" = "lot_status",
): string {
  const kg = sayGrams;
  const lot = lots.find(({ id }) => id === lotId);
  if (!lot)
    return renderText(
      "lot_standing",
      {
        pledged: kg(weighedGrams ?? grams),
        standing:
          takenGrams === null
            ? phrase(weighedGrams === null ? "lot_waits" : "lot_weighed", {}, language)
            : phrase("lot_taken", { taken: kg(takenGrams), left: kg(leftGrams ?? 0) }, language),
      },
      language,
    );
  const lacks = lot.certificates.filter((one) => !certificates.includes(one));
  const text = (longest: number) =>
    renderText(
      key === "lot_pledged" && lacks.length > 0 ? "lot_pledged_lacks" : key,
      {
        lacks: lacks.map((one) => word("certificate", one, language)).join(", "),
        lot: shortName(lot.title, longest),
        // What was said in another state is said in both: nobody is counted less without seeing it.
        pledged: `${conversions.length > 0 ? `${sayMeasure(amount, language)} ${word("crop_state", cropState, language)} = ` : ""}${kg(grams)} de ${sayHarvest(lot, language)}`,
        deadline: sayDeadline(new Date(lot.pledgeUntil), now, language),
        day: sayDueDay(lot.collectFrom, limaDay(now), language),
      },
      language,
    );
  return fitSegments(text, titleLengths);
}

/** How to enter a lot that is open. */
export function sayOpenLot({ now, language }: Turn, { title, pledgeUntil, collectFrom }: Lot): string {
  return renderText(
    "lot_open",
    {
      lot: shortName(title, 48),
      deadline: sayDeadline(new Date(pledgeUntil), now, language),
      day: sayDueDay(collectFrom, limaDay(now), language),
    },
    language,
  );
}
