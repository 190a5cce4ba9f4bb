import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allDistricts } from "@minka/geography/districts";
import { resolvePlace } from "@minka/geography/resolve-place";

/** The code when one district is meant, otherwise how it stands open. */
function resolved(text: string, districtCode?: string): string {
  const resolution = resolvePlace(text, districtCode === undefined ? undefined : { districtCode });
  return resolution.kind === "one" ? resolution.district.code : resolution.kind;
}

function codesOf(text: string, districtCode?: string): string[] {
  const resolution = resolvePlace(text, districtCode === undefined ? undefined : { districtCode });
  return resolution.kind === "several" ? resolution.districts.map((district) => district.code) : [];
}

const timesNamed = new Map<string, number>();
for (const district of allDistricts())
  timesNamed.set(district.name, (timesNamed.get(district.name) ?? 0) + 1);

describe("resolvePlace", () => {
  test.each([
    ["tingo maria", "100601"],
    ["rupa rupa", "100601"],
    ["Aucayacu", "100604"],
    ["pto inca", "100901"],
    ["Padre Abad", "250301"],
    ["T. María", "100601"],
    ["Pucallpa", "250101"],
    ["atalaya", "250201"],
    ["campoverde", "250102"],
    ["codo pozuzo", "100902"],
  ])("knows %s by the name people use", (text, code) => {
    expect(resolved(text)).toBe(code);
  });

  test.each([
    ["juanjuy", "220601"],
    ["Juanjuí", "220601"],
    ["aguaitia", "250301"],
    ["awaytia", "250301"],
    ["guicungo", "220603"],
    ["kampo berde", "250102"],
    ["llullapichis", "100905"],
    ["monson", "100507"],
    ["villarrica", "190307"],
  ])("hears %s through its spelling", (text, code) => {
    expect(resolved(text)).toBe(code);
  });

  test.each([
    ["tocahce", "221001"],
    ["pucalpa", "250101"],
    ["pcahiza", "220604"],
    ["nuevo porgreso", "221002"],
    ["tingo de spaosoa", "220406"],
  ])("forgives the slip in %s", (text, code) => {
    expect(resolved(text)).toBe(code);
  });

  test.each([
    ["distrito de Tocache", "221001"],
    ["dist. de pachiza, prov. mariscal cáceres, dpto. san martín", "220604"],
    ["nuevo progreso tocache", "221002"],
    ["tocache nuevo progreso", "221002"],
    ["uchiza tocache", "221005"],
    ["santa rosa el dorado", "220304"],
    ["santa rosa de alto yanajanca", "100705"],
    ["san martin lamas", "220501"],
    ["sta. lucia, tocahce", "221006"],
    ["bellavista san martin", "220201"],
  ])("reads the province or region in %s", (text, code) => {
    expect(resolved(text)).toBe(code);
  });

  test("leaves a shared name open, with every bearer", () => {
    const codes = codesOf("santa rosa");
    expect(codes).toHaveLength(timesNamed.get("Santa Rosa") ?? 0);
    expect(codes).toContain("220304");
    expect(resolved("bellavista")).toBe("several");
    expect(resolved("tingo")).toBe("several");
  });

  test("lets the sender's province decide a shared name, and orders the rest by nearness", () => {
    expect(resolved("santa rosa", "220301")).toBe("220304");
    expect(resolved("san rafael", "100201")).toBe("100207");
    expect(codesOf("santa rosa", "220101")[0]).toBe("220304");
    expect(codesOf("san cristobal", "010101")[0]).toBe("010516");
  });

  test("takes a region's or province's name for all of it, unless its capital district bears it", () => {
    expect(codesOf("san martin")).toHaveLength(78);
    expect(resolved("san martin", "220301")).toBe("several");
    expect(codesOf("coronel portillo")).toHaveLength(7);
    expect(resolved("leoncio prado")).toBe("several");
    expect(resolved("lamas")).toBe("220501");
    expect(codesOf("provincia de lamas")).toHaveLength(11);
    expect(codesOf("prov. huanuco")).toHaveLength(13);
    expect(codesOf("dpto. huanuco")).toHaveLength(84);
    expect(resolved("huanuco")).toBe("100101");
    expect(resolved("lima")).toBe("several");
  });

  test("gives each of two places that do not lie together", () => {
    expect(codesOf("uchiza lamas")).toEqual(["221005", "220501"]);
  });

  test.each(["", "cacao", "mi casa", "zxcv", "🙂", "quiero vender", "la palma"])(
    "finds no place in “%s”",
    (text) => {
      expect(resolved(text)).toBe("none");
    },
  );

  test("resolves every name that one district alone bears to that district, in any case and without accents", () => {
    const areas = new Set(allDistricts().flatMap((district) => [district.province, district.region]));
    const unique = allDistricts().filter(
      (district) => timesNamed.get(district.name) === 1 && !areas.has(district.name),
    );
    expect(unique.length).toBeGreaterThan(1400);
    const astray = unique.filter((district) => {
      const bare = district.name.normalize("NFD").replaceAll(/\p{M}/gu, "").toUpperCase();
      return codesIfOther(district.name, district.code) || codesIfOther(bare, district.code);
    });
    // Names that a neighbour bears as its capital town, or with another accent, rightly stay open.
    for (const district of astray) expect(codesOf(district.name)).toContain(district.code);
    expect(astray.length).toBeLessThan(20);
  });

  test("never takes one valid name for another, however near", () => {
    const names = [...timesNamed.keys()];
    fc.assert(
      fc.property(fc.constantFrom(...names), (name) => {
        const resolution = resolvePlace(name);
        const districts =
          resolution.kind === "one"
            ? [resolution.district]
            : resolution.kind === "several"
              ? resolution.districts
              : [];
        expect(districts.some((district) => district.name === name)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("answers for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 160 }), (text) => {
        expect(["one", "several", "none"]).toContain(resolvePlace(text).kind);
      }),
    );
  });
});

function codesIfOther(text: string, code: string): boolean {
  return resolved(text) !== code;
}
