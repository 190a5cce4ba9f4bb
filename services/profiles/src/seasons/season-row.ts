import type { HandlerInput } from "@minka/contracts/endpoint";
import type { changeSeason } from "@minka/contracts/plots";
import { largestSquareMetres, squareMetres } from "@minka/domain/area-units";
import { DomainError } from "@minka/domain/errors";
import { harvestKg, harvestStates } from "@minka/domain/harvest-weights";
import { limaDay } from "@minka/domain/lima-time";
import type { seasons } from "./seasons-tables.ts";

type Told = HandlerInput<typeof changeSeason>["body"];

/** Throws with the field that is wrong: a harvest to come, a state the crop does not have, too large an area. */
export function refuseOddSeason(told: Told, plotSquareMetres: number | null, now: Date): void {
  if (told.year > Number(limaDay(now).slice(0, 4))) {
    throw odd("season-in-future", "year", "is in the future");
  }
  if (told.production) {
    const states = harvestStates(told.crop);
    const { state } = told.production;
    if (states.length === 0 && state !== null) {
      throw odd("harvest-state-wrong", "production.state", "this crop is weighed in one way only");
    }
    if (states.length > 0 && (state === null || !states.includes(state))) {
      throw odd("harvest-state-wrong", "production.state", `must be one of ${states.join(", ")}`);
    }
  }
  if (told.area) {
    const metres = squareMetres(told.area);
    if (metres < 1 || metres > (plotSquareMetres ?? largestSquareMetres)) {
      throw odd("season-area-wrong", "area.amount", "must be more than nothing and not exceed its plot");
    }
  }
}

function odd(code: string, path: string, message: string): DomainError {
  return new DomainError("invalid", code, "This season cannot be as it was told.", {
    errors: [{ path: `body.${path}`, message }],
  });
}

export function seasonRow({ crop, year, area, production, organic, variety }: Told) {
  return {
    crop,
    year,
    areaAmount: area?.amount ?? null,
    areaUnit: area?.unit ?? null,
    squareMetres: area ? squareMetres(area) : null,
    amount: production?.amount ?? null,
    unit: production?.unit ?? null,
    state: production?.state ?? null,
    organic,
    variety,
  };
}

export function seasonView(row: typeof seasons.$inferSelect) {
  const { id, plotId, crop, year, areaAmount, areaUnit, squareMetres: metres, organic, variety } = row;
  const { amount, unit, state } = row;
  return {
    id,
    plotId,
    crop,
    year,
    area:
      areaAmount === null || areaUnit === null || metres === null
        ? null
        : { amount: areaAmount, unit: areaUnit, squareMetres: metres },
    production:
      amount === null || unit === null ? null : { amount, unit, state, kg: harvestKg({ amount, unit }) },
    organic,
    variety,
  };
}
