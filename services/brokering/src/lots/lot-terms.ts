import type { HandlerInput } from "@minka/contracts/endpoint";
import type { LotDemand, openLot, UsedConversion } from "@minka/contracts/lots";
import { DomainError } from "@minka/domain/errors";
import {
  convertHarvest,
  defaultConversions,
  harvestKg,
  harvestStates,
  type ConversionName,
  type HarvestUnit,
  type WeighedCrop,
} from "@minka/domain/harvest-weights";
import { limaDay } from "@minka/domain/lima-time";
import type { CropState } from "@minka/domain/vocabulary";

type Body = HandlerInput<typeof openLot>["body"];
type Limits = Body["limits"];
type Factors = NonNullable<Body["conversions"]>;

/** A pledge deadline further away than this is a slip of the pen. */
const longestDays = 365;
const dayMs = 24 * 60 * 60 * 1000;

/** Throws with the field that is wrong: volume, window, deadline, the crop's state. */
export function refuseOddLot(body: Body, demand: LotDemand | null, now: Date): void {
  const states = demand ? [demand.state] : harvestStates(body.crop);
  if (!states.includes(body.cropState)) throw stateWrong(states);
  if (body.maximumKg < body.minimumKg) throw volumeWrong("must not be less than the minimum");
  // A lot that may be less than its buyer takes would be composed, weighed and sold to nobody.
  if (demand && body.minimumKg < demand.minimumKg)
    throw volumeWrong(`the buyer takes at least ${demand.minimumKg} kg`, "minimumKg");
  if (demand?.maximumKg != null && body.maximumKg > demand.maximumKg)
    throw volumeWrong(`the buyer takes at most ${demand.maximumKg} kg`);
  const deadline = new Date(body.pledgeUntil);
  if (deadline <= now || deadline.getTime() > now.getTime() + longestDays * dayMs)
    throw new DomainError("invalid", "deadline-wrong", "Nobody can pledge until then.", {
      errors: [{ path: "body.pledgeUntil", message: "must be to come, within a year" }],
    });
  if (body.collectUntil < body.collectFrom || body.collectUntil < limaDay(deadline))
    throw windowWrong("collectUntil", "must not be before it begins, nor before the deadline");
  for (const [index, { collectsOn }] of body.points.entries())
    if (collectsOn !== null && (collectsOn < body.collectFrom || collectsOn > body.collectUntil))
      throw windowWrong(`points.${index}.collectsOn`, "must be within the collecting window");
}

const stateWrong = (states: readonly CropState[]) =>
  new DomainError("invalid", "harvest-state-wrong", "It is not weighed in this state.", {
    errors: [{ path: "body.cropState", message: `must be one of ${states.join(", ")}` }],
  });

const volumeWrong = (message: string, at: "minimumKg" | "maximumKg" = "maximumKg") =>
  new DomainError("invalid", "volume-wrong", "No lot can have this volume.", {
    errors: [{ path: `body.${at}`, message }],
  });

const windowWrong = (path: string, message: string) =>
  new DomainError("invalid", "window-wrong", "Nothing can be collected then.", {
    errors: [{ path: `body.${path}`, message }],
  });

/** What two ask for together: of each limit the stricter. */
export function stricter(ours: Limits, theirs: Limits): Limits {
  const both = { ...ours, ...theirs };
  const limits: Limits = {};
  for (const name of Object.keys(both) as (keyof Limits)[]) {
    const values = [ours[name], theirs[name]].filter((value) => value !== undefined);
    limits[name] = name.startsWith("maximum") ? Math.min(...values) : Math.max(...values);
  }
  return limits;
}

/** Every factor of a crop: the buyer's before the organizer's before the default, and whose it is. */
export function conversionsFor(
  crop: WeighedCrop,
  { buyer = {}, organizer = {} }: { buyer?: Factors | undefined; organizer?: Factors | undefined },
): UsedConversion[] {
  return (Object.keys(defaultConversions) as ConversionName[])
    .filter((name) => name.startsWith(`${crop}-`))
    .map((name) => {
      if (buyer[name] !== undefined) return { name, factor: buyer[name], from: "buyer" };
      if (organizer[name] !== undefined) return { name, factor: organizer[name], from: "organizer" };
      return { name, factor: defaultConversions[name], from: "default" };
    });
}

type Scale = { crop: WeighedCrop; cropState: CropState; conversions: readonly UsedConversion[] };

/**
 * A weight in whole grams of a lot's state, with the factors that were used. `harvest-state-wrong` (422) for a state
 * that the crop does not have, `weight-wrong` (422) for what is no weight of a harvest.
 */
export function gramsInLot(
  { crop, cropState, conversions }: Scale,
  said: { amount: number; unit: HarvestUnit },
  from: CropState,
): { weighed: number; grams: number; conversions: UsedConversion[] } {
  if (!harvestStates(crop).includes(from)) throw stateWrong(harvestStates(crop));
  const kg = harvestKg(said);
  const factors = { ...defaultConversions };
  for (const { name, factor } of conversions) factors[name] = factor;
  const converted = convertHarvest({ crop, kg, from, to: cropState }, factors);
  const grams = Math.round(converted.kg * 1000);
  if (grams < 1 || grams > heaviestGrams)
    throw new DomainError("invalid", "weight-wrong", "Nobody's harvest weighs that.", {
      errors: [{ path: "body.amount.amount", message: "is less than a gram or more than 100 tonnes" }],
    });
  const used = conversions.filter(({ name }) => converted.used.some((each) => each.name === name));
  return { weighed: Math.round(kg * 1000), grams, conversions: used };
}

/** A hundred tonnes: ten times the largest family farm. */
const heaviestGrams = 100_000_000;
