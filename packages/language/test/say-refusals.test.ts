import { refusalCodes } from "@minka/contracts/credit-words";
import { loanRequirements } from "@minka/domain/vocabulary";
import { longestValues } from "@minka/language/languages/longest-values";
import { sayRefusals } from "@minka/language/say-refusals";
import { expect, test } from "vitest";

test("a lender's reasons are said with what it wrote to them", () => {
  expect(
    sayRefusals([
      { code: "amount_too_high", parameters: { mostCentimos: 80_000 } },
      { code: "requirement_missing", parameters: { requirement: "land_title" } },
      { code: "term_too_long", parameters: { mostMonths: 6 } },
      { code: "no_funds", parameters: {} },
    ]),
  ).toBe(
    "es mucho monto (presta hasta S/ 800), falta un requisito (título de la chacra), es mucho plazo (hasta 6 meses) y no tiene fondos ahora",
  );
  expect(sayRefusals([{ code: "term_too_long", parameters: { mostMonths: 1 } }])).toBe(
    "es mucho plazo (hasta 1 mes)",
  );
});

test("five of them fit into what their message has room for, also where one is told twice", () => {
  const room = longestValues("credit_refused")["reason"]?.length ?? 0;
  const fullest = (code: (typeof refusalCodes)[number]) => {
    const told = {
      requirement_missing: loanRequirements.map((requirement) => ({ requirement })),
      amount_too_high: [{ mostCentimos: 99_999_950 }],
      term_too_long: [{ mostMonths: 120 }],
    };
    const given: readonly Record<string, string | number>[] =
      code in told ? told[code as keyof typeof told] : [{}];
    return given.map((parameters) => ({ code, parameters }));
  };
  const each = refusalCodes
    .map(fullest)
    .map((of) => of.toSorted((one, other) => sayRefusals([other]).length - sayRefusals([one]).length));
  const five = each
    .flatMap(([longest]) => longest ?? [])
    .toSorted((one, other) => sayRefusals([other]).length - sayRefusals([one]).length)
    .slice(0, 5);
  expect(five).toHaveLength(5);
  expect(sayRefusals(five).length).toBeLessThanOrEqual(room);
  expect(sayRefusals(each.flat().filter(({ code }) => code === "requirement_missing")).length).toBeLessThan(
    60,
  );
});
