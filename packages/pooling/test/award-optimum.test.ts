import { awardPool } from "@minka/pooling/award";
import type { Award, AwardInstance } from "@minka/pooling/award-instance";
import { expect, test } from "vitest";
import { drawFrom, smallPool } from "./award-cases.ts";
import { allowedAwards, awardKey, missedKey, none, sum } from "./award-search.ts";

const cases = process.env["MINKA_LONG"] ? 520 : 130;

test(`the award is one that an exhaustive search finds best, in ${cases} small pools of every kind`, async () => {
  const seen = { tolerance: 0, refused: 0, short: 0, missed: 0, none: 0, several: 0 };
  for (let seed = 1; seed <= cases; seed++) {
    const instance = smallPool(drawFrom(seed));
    const allowed = allowedAwards(instance);
    // oxlint-disable-next-line no-await-in-loop
    const award = await awardPool(instance);
    const key = keyOf(award, instance);
    if (!allowed.has(key)) {
      expect.fail(`seed ${seed}: ${key} is not among ${[...allowed].join(" ")}\n${JSON.stringify(instance)}`);
    }
    if (award.outcome === "no-quote") seen.none++;
    else if (award.outcome === "minimum-missed") seen.missed++;
    else {
      if (award.toleranceUsed) seen.tolerance++;
      else if (instance.useTolerance) seen.refused++;
      if (award.suppliers.length > 1) seen.several++;
      if (award.orders.some(({ reasons }) => reasons.some(({ code }) => code === "shortage"))) seen.short++;
    }
  }
  // The cases hold what they are for.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(cases / 40);
});

function keyOf(award: Award, { orders, quotes }: AwardInstance): string {
  if (award.outcome === "no-quote") return none;
  if (award.outcome === "minimum-missed") return missedKey(award.packs);
  const points = [...new Set(orders.map(({ point }) => point))];
  const packs = points.map((point) => sum(award.suppliers.map((supplier) => supplier.points[point] ?? 0)));
  const delivery = points.map((point) =>
    sum(
      award.suppliers.map(({ quoteId, points: at }) =>
        at[point] ? (quotes.find(({ id }) => id === quoteId)?.deliveryCentimos[point] ?? 0) : 0,
      ),
    ),
  );
  return awardKey({ packs, delivery, goods: award.goodsCentimos }, award.toleranceUsed);
}
