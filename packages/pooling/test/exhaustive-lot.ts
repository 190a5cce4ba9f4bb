import type { Contribution, LotInstance } from "../src/lot-instance.ts";

/** Written from the rules alone: nothing of the composer's is used here but the types. */
export type Best = { grams: Map<string, number>; smallestShare: number; score: number[] };

/** Every way to make up the lot tried, and the best by its fairness rule; null when none keeps every limit. */
export function bestLot(instance: LotInstance): Best | null {
  const usable = instance.contributions.filter((one) => canBeUsed(one, instance));
  const amounts = usable.map((one) => amountsOf(one, instance));
  const taken = usable.map(() => 0);
  let best: Best | null = null;
  const visit = (index: number): void => {
    if (index < usable.length) {
      for (const amount of amounts[index] ?? []) {
        taken[index] = amount;
        visit(index + 1);
      }
      return;
    }
    const total = taken.reduce((sum, one) => sum + one, 0);
    if (total < instance.minimumGrams || total > instance.maximumGrams) return;
    const grams = new Map(usable.map(({ id }, at) => [id, taken[at] ?? 0]));
    if (!keepsLimits(instance, grams)) return;
    const score = scoreOf(instance, usable, grams);
    if (!best || isBetter(score, best.score)) best = { grams, score, smallestShare: score[0] ?? 0 };
  };
  visit(0);
  return best;
}

export function canBeUsed(one: Contribution, instance: LotInstance): boolean {
  const { limits, certificates } = instance;
  const { quality } = one;
  return (
    certificates.every((certificate) => one.certificates.includes(certificate)) &&
    (limits.maximumMoisturePercent === undefined || quality.moisturePercent !== undefined) &&
    (limits.maximumDefectsPercent === undefined || quality.defectsPercent !== undefined) &&
    (limits.minimumFermentationPercent === undefined || quality.fermentationPercent !== undefined) &&
    (limits.minimumCupPoints === undefined || quality.cupPoints !== undefined) &&
    (limits.maximumCadmiumMgPerKg === undefined || quality.cadmiumMgPerKg !== undefined) &&
    amountsOf(one, instance).length > 1
  );
}

/** Nothing; with parts each whole kilogram from the least part; everything. */
export function amountsOf({ grams }: Contribution, instance: LotInstance): number[] {
  const amounts = new Set([0]);
  if (instance.parts) {
    for (let part = 1_000; part <= grams; part += 1_000)
      if (part >= instance.minimumPartGrams) amounts.add(part);
  }
  amounts.add(grams);
  return [...amounts].filter((amount) => amount <= instance.maximumGrams);
}

/** In whole thousandths, so that comparing is exact. */
export function keepsLimits(instance: LotInstance, grams: ReadonlyMap<string, number>): boolean {
  const { contributions, limits } = instance;
  let [total, women] = [0, 0];
  let [moisture, defects, fermentation, cup, cadmium] = [0, 0, 0, 0, 0];
  for (const { id, woman, quality } of contributions) {
    const taken = grams.get(id) ?? 0;
    if (taken === 0) continue;
    total += taken;
    if (woman) women += taken;
    moisture += taken * thousandths(quality.moisturePercent);
    defects += taken * thousandths(quality.defectsPercent);
    fermentation += taken * thousandths(quality.fermentationPercent);
    cup += taken * thousandths(quality.cupPoints);
    cadmium += taken * thousandths(quality.cadmiumMgPerKg);
  }
  const within = (sum: number, limit: number | undefined, side: 1 | -1): boolean =>
    limit === undefined || side * (sum - total * thousandths(limit)) <= 0;
  return (
    total >= instance.minimumGrams &&
    total <= instance.maximumGrams &&
    within(moisture, limits.maximumMoisturePercent, 1) &&
    within(defects, limits.maximumDefectsPercent, 1) &&
    within(fermentation, limits.minimumFermentationPercent, -1) &&
    within(cup, limits.minimumCupPoints, -1) &&
    within(cadmium, limits.maximumCadmiumMgPerKg, 1) &&
    women * 100 >= total * instance.minimumWomenSharePercent
  );
}

/** What members are paid, and what picking up costs. */
export function moneyOf(instance: LotInstance, grams: ReadonlyMap<string, number>): [number, number] {
  const points = new Set<string>();
  let pay = 0;
  for (const { id, centimosPerKg, point } of instance.contributions) {
    const taken = grams.get(id) ?? 0;
    if (taken === 0) continue;
    pay += Math.round((taken * centimosPerKg) / 1_000);
    if (point !== null) points.add(point);
  }
  return [pay, [...points].reduce((sum, point) => sum + (instance.pickupCentimos[point] ?? 0), 0)];
}

/** What comes first, first. */
export function scoreOf(
  instance: LotInstance,
  usable: readonly Contribution[],
  grams: ReadonlyMap<string, number>,
): number[] {
  const [pay, pickup] = moneyOf(instance, grams);
  const sum = (of: readonly Contribution[]): number =>
    of.reduce((total, { id }) => total + (grams.get(id) ?? 0), 0);
  switch (instance.fairness) {
    case "most-paid":
      return [pay - pickup];
    case "small-first":
      return [
        sum(usable.filter(({ sizeClass }) => sizeClass === "small")),
        sum(usable.filter(({ sizeClass }) => sizeClass === "medium")),
        pay - pickup,
      ];
    case "equal-shares": {
      const persons = [...Map.groupBy(usable, ({ personId }) => personId).values()];
      const shares = persons.map((own) => sum(own) / own.reduce((all, one) => all + one.grams, 0));
      return [Math.min(1, ...shares), pay - pickup];
    }
  }
}

function isBetter(score: readonly number[], than: readonly number[]): boolean {
  for (const [index, value] of score.entries()) {
    const other = than[index] ?? 0;
    if (value !== other) return value > other;
  }
  return false;
}

function thousandths(value: number | undefined): number {
  return Math.round((value ?? Number.NaN) * 1_000);
}
