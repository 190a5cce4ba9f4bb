import { describe, expect, test } from "vitest";
import {
  approves,
  readCreditWish,
  readDeclared,
  readMobiles,
  readMonths,
  readPurpose,
  readRefusal,
  readSum,
} from "@minka/language/read-credit-words";

describe("what somebody who wants a loan answers", () => {
  test.each([
    ["2000", 200_000],
    ["dos mil soles", 200_000],
    ["S/ 1,500", 150_000],
    ["10 mil", 1_000_000],
    ["300 solcitos", 30_000],
    ["5 sacos", null],
    ["un técnico", null],
  ])("%s is so many céntimos", (text, centimos) => expect(readSum(text)).toBe(centimos));

  test.each([
    ["12", 12],
    ["unos 8 meses", 8],
    ["seis cuotas", 6],
    ["en un año y medio", 18],
    ["año y medio", 18],
    ["medio año", 6],
    ["2 años", 24],
    ["5 sacos de urea", null],
    ["hasta la cosecha", null],
    ["500", null],
  ])("%s is so many months", (text, months) => expect(readMonths(text, true)).toBe(months));

  test("a term is only one that is said as such while nobody asked for it", () => {
    expect(readMonths("credito de 2000 soles para abonar a 12 meses")).toBe(12);
    expect(readMonths("prestamo de 3000 en un año")).toBe(12);
    expect(readMonths("credito de 2000 soles")).toBeNull();
    expect(readMonths("credito, tengo 2 años de socio")).toBeNull();
  });

  test("what the money is for", () => {
    expect(readPurpose("abono")).toBe("fertilizer");
    expect(readPurpose("para pagar peones")).toBe("labour");
    expect(readPurpose("no se")).toBeNull();
  });

  test("which of a list is so, by number, by name or all of it, and never what they say they lack", () => {
    const options = ["identity_document", "no_overdue_debt", "savings"] as const;
    expect(readDeclared("1 y 2", options)).toEqual(["identity_document", "no_overdue_debt"]);
    expect(readDeclared("1,3", options)).toEqual(["identity_document", "savings"]);
    expect(readDeclared("todos", options)).toEqual([...options]);
    expect(readDeclared("tengo dni y no debo", options)).toEqual(["identity_document", "no_overdue_debt"]);
    for (const text of ["4", "debo", "no tengo dni", "quien sabe"])
      expect(readDeclared(text, options)).toBeNull();
  });

  test("sending it, and naming who answers for it", () => {
    for (const text of ["ENVIAR", "envie mi pedido", "enviar sin esperar"])
      expect(readCreditWish(text)).toBe("send");
    expect(readCreditWish("GARANTES Juan 987654321")).toBe("guarantors");
    for (const text of ["envíen el técnico", "enviar abono a tocache", "si"])
      expect(readCreditWish(text)).toBeNull();
    expect(readMobiles("Juan 987654321, Rosa 912 345 678, otra vez 987654321")).toEqual([
      "+51987654321",
      "+51912345678",
    ]);
  });
});

test("a lender's no has the reason that its words give, and a bare no is none", () => {
  expect(readRefusal("RECHAZO deudas")).toEqual({ reason: "debt_elsewhere" });
  expect(readRefusal("no presto, es mucho monto")).toEqual({ reason: "amount_too_high" });
  expect(readRefusal("rechazado")).toEqual({ reason: null });
  expect(readRefusal("NO")).toBeNull();
  expect(approves("apruebo")).toBe(true);
  expect(approves("si")).toBe(false);
});
