import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";

describe("GSM-7 texts", () => {
  it("keeps é ñ Ñ ü ¿ ¡ and folds the accents that the alphabet lacks", () => {
    expect(foldToGsm7("¿Año? ¡Sí! café ÑANDÚ pingüino camión Íntimo")).toBe(
      "¿Año? ¡Si! café ÑANDU pingüino camion Intimo",
    );
  });

  it("replaces typographic signs and drops emoji", () => {
    expect(foldToGsm7("“hola” ‘x’ – … N° 👍")).toBe("\"hola\" 'x' - ... No ");
  });

  it.each([
    [0, 0],
    [1, 1],
    [160, 1],
    [161, 2],
    [306, 2],
    [307, 3],
  ])("counts %i septets as %i segments", (length, segments) => {
    expect(countSegments("a".repeat(length))).toEqual({ encoding: "gsm7", segments, units: length });
  });

  it.each([
    [70, 1],
    [71, 2],
    [134, 2],
    [135, 3],
  ])("counts %i UCS-2 units as %i segments", (length, segments) => {
    expect(countSegments("á".repeat(length))).toEqual({ encoding: "ucs2", segments, units: length });
  });

  it("counts extension characters twice and never splits one", () => {
    expect(countSegments("€".repeat(80))).toEqual({ encoding: "gsm7", segments: 1, units: 160 });
    expect(countSegments(`${"a".repeat(152)}€${"a".repeat(152)}`)).toEqual({
      encoding: "gsm7",
      segments: 3,
      units: 306,
    });
  });

  it("folds any text into the GSM alphabet, and folded text no further", () => {
    assert(
      property(string({ unit: "binary", maxLength: 200 }), (text) => {
        const folded = foldToGsm7(text);
        expect(countSegments(folded).encoding).toBe("gsm7");
        expect(foldToGsm7(folded)).toBe(folded);
      }),
    );
  });
});
