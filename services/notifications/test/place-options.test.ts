import { allDistricts } from "@minka/geography/districts";
import { expect, test } from "vitest";
import { placeOptions } from "../src/conversations/place-options.ts";

const lima = "150101";
const amazonas = "010101";
const huanuco = "100101";
const moyobamba = "220101";
const bellavista = "220201";
const altoBiavo = "220202";

test("the sender's province comes first, then their region, then the programme's regions, then others", () => {
  const shared = [lima, amazonas, huanuco, moyobamba, altoBiavo];
  expect(placeOptions(shared, bellavista)).toEqual([altoBiavo, moyobamba, huanuco]);
  expect(placeOptions([lima, amazonas, huanuco], null)).toEqual([huanuco, amazonas, lima]);
  expect(placeOptions([moyobamba, lima, lima], lima)).toEqual([lima, moyobamba]);
});

test("of all the Santa Rosas those of the programme's regions are offered", () => {
  const codes = allDistricts().flatMap(({ name, code }) => (name === "Santa Rosa" ? [code] : []));
  expect(codes.length).toBeGreaterThan(5);
  expect(placeOptions(codes, null).map((code) => code.slice(0, 2))[0]).toBe("22");
});
