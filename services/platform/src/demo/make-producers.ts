import type { PersonRow } from "@minka/profiles";
import { quotas } from "./quotas.ts";
import { personName } from "./names.ts";
import { demoPhone, firstPhone, weightedDistrict } from "./places.ts";
import { ageShares, sexShares, sizeShares, type Cell, type ProgrammeCrop } from "./programme.ts";
import type { Random } from "./random.ts";

export const consentVersion = "demo-2026-11";
/** Ages are told as of this year. */
const thisYear = 2026;

export type Producer = {
  person: PersonRow;
  crop: ProgrammeCrop;
  size: "small" | "medium" | "large";
  cell: Cell;
};

/** Producers by crop and region, each share of sex, age and size kept within each crop. */
export function makeProducers(random: Random, cells: readonly Cell[], counts: readonly number[]): Producer[] {
  const producers: Producer[] = [];
  for (const crop of ["cacao", "coffee"] as const) {
    const places = cells.flatMap((cell, index) =>
      cell.crop === crop ? Array.from({ length: counts[index] ?? 0 }, () => cell) : [],
    );
    const sexes = random.shuffled(quotas(places.length, sexShares));
    const ages = random.shuffled(quotas<readonly [number, number]>(places.length, ageShares));
    const sizes = random.shuffled(quotas(places.length, sizeShares));
    for (const [index, cell] of places.entries()) {
      const [sex, size, ageBand] = [sexes[index] ?? "m", sizes[index] ?? "medium", ages[index] ?? [40, 59]];
      producers.push({
        person: {
          id: random.id(),
          name: personName(random, sex),
          districtCode: weightedDistrict(random, cell.districts),
          sex,
          birthYear: thisYear - random.between(ageBand[0], ageBand[1]),
          phone: demoPhone(firstPhone.producers + producers.length + 1),
          consentVersion,
          crops: [{ crop, size }],
        },
        crop,
        size,
        cell,
      });
    }
  }
  return producers;
}
