import { areasContaining, isCoverageArea } from "@minka/domain/coverage";
import { isDni, isRuc } from "@minka/domain/identity-documents";
import { formatSoles } from "@minka/domain/money";
import { maskPhone, parsePhone, readablePhone } from "@minka/domain/phone";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(""));
const mobile = digits(8).map((rest) => `9${rest}`);

describe("phones", () => {
  test.each([
    ["987654321", "+51987654321"],
    ["+51987654321", "+51987654321"],
    ["51987654321", "+51987654321"],
    ["+51 987-654-321", "+51987654321"],
    ["(+51) 987.654.321", "+51987654321"],
    [" 987 654 321 ", "+51987654321"],
    ["+5112345678", "+5112345678"],
    ["+12025550123", "+12025550123"],
  ])("%s is %s", (written, parsed) => expect(parsePhone(written)).toBe(parsed));

  test.each([
    "",
    "98765432",
    "9876543210",
    "887654321",
    "12025550123",
    "+0123456789",
    "+51",
    "nueve",
    "+51987654321x",
    "9８7654321",
  ])("%j is none", (written) => expect(parsePhone(written)).toBeNull());

  test("a Peruvian mobile is the same however it is written", () => {
    const separator = fc.constantFrom("", " ", "-", ".");
    fc.assert(
      fc.property(mobile, fc.constantFrom("", "51", "+51", "+51 "), separator, (number, prefix, between) => {
        const written = `${prefix}${[number.slice(0, 3), number.slice(3, 6), number.slice(6)].join(between)}`;
        expect(parsePhone(written)).toBe(`+51${number}`);
      }),
    );
  });

  test("parsing what was parsed changes nothing, and reading aloud can be written back", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          mobile,
          digits(11).map((all) => `+${all}`),
        ),
        (written) => {
          const phone = parsePhone(written);
          if (phone === null) return;
          expect(phone).toMatch(/^\+[1-9]\d{7,14}$/);
          expect(parsePhone(phone)).toBe(phone);
          expect(parsePhone(readablePhone(phone))).toBe(phone);
        },
      ),
    );
  });

  test("a masked phone keeps its country and last three digits, and nothing between", () => {
    expect(maskPhone("+51987654321")).toBe("+51*****321");
    fc.assert(
      fc.property(mobile, (number) => {
        expect(maskPhone(`+51${number}`)).not.toContain(number.slice(0, 6));
      }),
    );
  });

  test("a mobile is read in threes, a foreign number as it is", () => {
    expect(readablePhone("+51987654321")).toBe("987 654 321");
    expect(readablePhone("+12025550123")).toBe("+12025550123");
  });
});

describe("identity documents", () => {
  test.each(["05414828", "00000001", "87654321"])("%s can be a DNI", (text) =>
    expect(isDni(text)).toBe(true),
  );
  test.each(["5414828", "054148280", "0541482a", " 05414828", ""])("%j cannot", (text) =>
    expect(isDni(text)).toBe(false),
  );

  test.each(["20512333797", "10054148289"])("%s is a RUC", (text) => expect(isRuc(text)).toBe(true));
  test.each(["20512333798", "10054148280", "30512333797", "2051233379", "205123337970", "2051233379x", ""])(
    "%j is none",
    (text) => expect(isRuc(text)).toBe(false),
  );

  test("each body has one check digit, and no single wrong digit is let through", () => {
    const body = fc
      .tuple(fc.constantFrom("10", "15", "17", "20"), digits(8))
      .map(([kind, rest]) => kind + rest);
    fc.assert(
      fc.property(
        body,
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (start, place, shift) => {
          const valid = Array.from({ length: 10 }, (_, digit) => `${start}${digit}`).filter(isRuc);
          expect(valid).toHaveLength(1);
          const ruc = valid[0] ?? "";
          const wrong = `${ruc.slice(0, place)}${(Number(ruc[place]) + shift) % 10}${ruc.slice(place + 1)}`;
          // 11 − remainder gives 10 and 11 the digits 0 and 1, so those two remainders cannot be told from 1 and 0.
          const forgiving = ["0", "1"].includes(ruc[10] ?? "");
          if (!forgiving) expect(isRuc(wrong)).toBe(false);
        },
      ),
    );
  });
});

describe("money", () => {
  test.each([
    [0, "S/ 0"],
    [5, "S/ 0.05"],
    [50, "S/ 0.50"],
    [3_000, "S/ 30"],
    [125_050, "S/ 1,250.50"],
    [100_000_000, "S/ 1,000,000"],
    [-3_050, "-S/ 30.50"],
  ])("%i céntimos are %s", (amount, text) => expect(formatSoles(amount)).toBe(text));

  test("what is written is the same amount of money", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (amount) => {
        const [soles = "", centimos = "0"] = formatSoles(amount)
          .replace(/[S/ ,-]/g, "")
          .split(".");
        expect(Number(soles) * 100 + Number(centimos)).toBe(Math.abs(amount));
        expect(formatSoles(amount).startsWith("-")).toBe(amount < 0);
        expect(soles.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("coverage", () => {
  test.each(["PE", "22", "2210", "221001"])("%s is an area", (text) =>
    expect(isCoverageArea(text)).toBe(true),
  );
  test.each(["", "P", "pe", "2", "221", "22100", "2210010", "22 ", "San Martín"])("%j is none", (text) =>
    expect(isCoverageArea(text)).toBe(false),
  );

  test("a district lies in its own area, its province, its region and the country", () => {
    expect(areasContaining("221001")).toEqual(["221001", "2210", "22", "PE"]);
    fc.assert(
      fc.property(digits(6), (district) => {
        const [own, province, region, country] = areasContaining(district);
        expect([own, province, region, country].every(isCoverageArea)).toBe(true);
        expect(own.startsWith(province) && province.startsWith(region)).toBe(true);
      }),
    );
  });
});
