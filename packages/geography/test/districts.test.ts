import { describe, expect, test } from "vitest";
import { allDistricts, commonName, districtLabel, findDistrict } from "@minka/geography/districts";

describe("the table of districts", () => {
  test("has every region and province of Peru and no code twice", () => {
    const codes = allDistricts().map((district) => district.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBe(1891);
    expect(new Set(codes.map((code) => code.slice(0, 2))).size).toBe(25);
    expect(new Set(codes.map((code) => code.slice(0, 4))).size).toBe(196);
  });

  test("gives each district a six-digit code, a name, a province, a region and a point in Peru", () => {
    for (const district of allDistricts()) {
      expect(district.code).toMatch(/^\d{6}$/);
      expect(district.name).not.toBe("");
      expect(district.province).not.toBe("");
      expect(district.region).not.toBe("");
      expect(district.point.latitude).toBeGreaterThan(-18.4);
      expect(district.point.latitude).toBeLessThan(0);
      expect(district.point.longitude).toBeGreaterThan(-81.4);
      expect(district.point.longitude).toBeLessThan(-68.6);
    }
  });

  test("knows a point better than the province's middle in the programme's regions", () => {
    const coarse = allDistricts().filter(
      (district) =>
        ["10", "19", "22", "25"].includes(district.code.slice(0, 2)) && district.precision === "province",
    );
    expect(coarse).toEqual([]);
  });

  test("stores INEI codes, not RENIEC ones, and the districts made lately", () => {
    expect(findDistrict("221001")).toMatchObject({ name: "Tocache", region: "San Martín" });
    expect(findDistrict("250307")).toMatchObject({ name: "Boquerón", province: "Padre Abad" });
    expect(findDistrict("210901")?.region).toBe("Puno");
    expect(findDistrict("999999")).toBeUndefined();
  });

  test("labels a district by its region, and by its province where the region has the name twice", () => {
    const label = (code: string) => {
      const district = findDistrict(code);
      return district && districtLabel(district);
    };
    expect(label("221001")).toBe("Tocache, San Martín");
    expect(label("220206")).toBe("San Rafael, San Martín");
    expect(label("040101")).toBe("Arequipa, Arequipa");
    const labels = allDistricts().map(districtLabel);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.some((text) => text.split(", ").length === 3)).toBe(true);
  });
});

test("a district that people call by its town is called so", () => {
  const nameOf = (code: string) => {
    const district = findDistrict(code);
    return district && commonName(district);
  };
  expect(["100601", "250101", "250301", "250201", "100604"].map(nameOf)).toEqual([
    "Tingo María",
    "Pucallpa",
    "Aguaytía",
    "Atalaya",
    "Aucayacu",
  ]);
  expect(nameOf("221001")).toBe("Tocache");
});
