import { allDistricts } from "@minka/geography/districts";
import { expect, test } from "vitest";
import { bearOneName, isFarAway, placeOptions, regionMeant } from "../src/conversations/place-options.ts";

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

test("a district outside the programme's regions is far away, except from whoever lives in its region", () => {
  expect(isFarAway(lima, null)).toBe(true);
  expect(isFarAway(lima, moyobamba)).toBe(true);
  expect(isFarAway(lima, "150102")).toBe(false);
  for (const code of [amazonas, huanuco, moyobamba]) expect(isFarAway(code, lima)).toBe(false);
});

test("so many districts are a region, a few of one name are not", () => {
  const sanMartin = allDistricts().flatMap(({ code }) => (code.startsWith("22") ? [code] : []));
  expect(regionMeant(sanMartin)).toBe("San Martín");
  expect(regionMeant([moyobamba, huanuco])).toBeNull();
});

test("districts of an area are not said to bear one name", () => {
  expect(bearOneName([moyobamba, bellavista])).toBe(false);
  const codes = allDistricts().flatMap(({ name, code }) => (name === "Santa Rosa" ? [code] : []));
  expect(bearOneName(codes)).toBe(true);
});
