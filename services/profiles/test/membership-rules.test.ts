import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskName } from "../src/memberships/list-members.ts";
import { sameName } from "../src/memberships/person-at-phone.ts";
import { shortName } from "../src/memberships/wordings.ts";
import { boardFigures, memberFigures } from "../src/organizations/women-share.ts";

const count = fc.integer({ min: 0, max: 30 });
const counts = fc
  .record({ women: count, men: count, unknown: count })
  .map(({ women, men, unknown }) => ({ all: women + men + unknown, women, men }));

describe("figures for the public", () => {
  test("never lead back to one to four women or men", () => {
    fc.assert(
      fc.property(counts, (counted) => {
        const { members, womenShare } = memberFigures(counted, { exact: false });
        if (members !== null) expect(members).toBeGreaterThanOrEqual(5);
        if (womenShare === null) return;
        for (const some of [counted.women, counted.men]) expect(some === 0 || some >= 5).toBe(true);
      }),
    );
  });

  test("are the exact ones where they are shown", () => {
    fc.assert(
      fc.property(counts, (counted) => {
        const shown = memberFigures(counted, { exact: false });
        const exact = memberFigures(counted, { exact: true });
        expect([exact.members, null]).toContain(shown.members);
        expect([exact.womenShare, null]).toContain(shown.womenShare);
      }),
    );
  });

  test("of a board of one to four are left out", () => {
    expect(boardFigures({ all: 4, women: 2, men: 2 }, { exact: false })).toEqual({
      seats: null,
      womenShare: null,
    });
    expect(boardFigures({ all: 5, women: 2, men: 3 }, { exact: false })).toEqual({
      seats: 5,
      womenShare: 0.4,
    });
  });
});

describe("names", () => {
  test.each([
    ["Rosa Tuanama", "ROSA TUANAMA PINEDO", true],
    ["Pinedo Rosa", "Rosa Tuanama Pinedo", true],
    ["Hermogenes", "Hermógenes Ishuiza", true],
    ["Rosa Tuanama", "Percy Tuanama", false],
    ["", "Rosa Tuanama", false],
  ])("%s and %s are one person: %s", (a, b, same) => {
    expect([sameName(a, b), sameName(b, a)]).toEqual([same, same]);
  });

  test("are masked to the first and initials", () => {
    expect(maskName("Luz Marina  Del Águila")).toBe("Luz M. D. Á.");
  });

  test("are cut to whole words for an SMS", () => {
    expect(shortName("Asociación de Productores Agropecuarios de Alto Uchiza")).toBe(
      "Asociación de Productores Agropecuarios",
    );
    expect(shortName("x".repeat(50))).toBe("x".repeat(40));
    expect(shortName(null)).toBe("Una persona");
  });
});
