import {
  crops,
  equipmentProducts,
  inputProducts,
  kinds,
  quantityUnits,
  topics,
} from "@minka/domain/vocabulary";
import { allDistricts, commonName } from "@minka/geography/districts";
import { longestValues } from "@minka/language/languages/longest-values";
import { describeNeed, sayDay, sayDeadline, sayDistance } from "@minka/language/texts";
import { describe, expect, test } from "vitest";

const longest = longestValues("");
const lengthOf = (name: string) => longest[name]?.length ?? 0;

/** San Martín, Huánuco, Ucayali, Pasco, Amazonas. */
const served = ["22", "10", "25", "19", "01"];

function* needs() {
  for (const kind of ["assistance", "training"] as const)
    for (const topic of topics) for (const crop of crops) yield describeNeed({ kind, topic, crop });
  for (const unit of quantityUnits) {
    const measured = { unit, quantity: 1250.5 };
    for (const product of inputProducts) yield describeNeed({ kind: "input", product, ...measured });
    for (const product of equipmentProducts) yield describeNeed({ kind: "equipment", product, ...measured });
    for (const crop of crops) yield describeNeed({ kind: "purchase", crop, ...measured });
  }
  for (const kind of kinds) yield describeNeed({ kind });
  yield describeNeed({ kind: "credit", amountCentimos: 9_999_900 });
}

describe("the values with which budgets are measured are as long as what is really said", () => {
  test("needs", () => {
    for (const need of needs()) expect(need.length, need).toBeLessThanOrEqual(lengthOf("need"));
  });

  test("districts of the regions served", () => {
    for (const district of allDistricts()) {
      if (!served.includes(district.code.slice(0, 2))) continue;
      const place = commonName(district);
      expect(place.length, place).toBeLessThanOrEqual(lengthOf("place"));
    }
  });

  test("days, hours and distances", () => {
    const today = "2026-11-24";
    for (let ahead = 0; ahead < 40; ahead += 1) {
      const day = new Date(Date.UTC(2026, 10, 24 + ahead)).toISOString().slice(0, 10);
      expect(`el ${sayDay(day, today)}`.length).toBeLessThanOrEqual(lengthOf("day"));
    }
    const now = new Date("2026-11-24T14:00:00Z");
    // Who is asked has four waking hours: tomorrow at the latest.
    for (let quarter = 0; quarter < 36 * 4; quarter += 1) {
      const deadline = sayDeadline(new Date(now.getTime() + quarter * 15 * 60_000), now);
      expect(deadline.length, deadline).toBeLessThanOrEqual(lengthOf("deadline"));
    }
    expect(` (${sayDistance(120)})`.length).toBeLessThanOrEqual(lengthOf("distance"));
    expect(` (${sayDistance(0)})`.length).toBeLessThanOrEqual(lengthOf("distance"));
  });
});
