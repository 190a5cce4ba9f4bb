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
  saysBrought,
} from "@minka/language/read-credit-words";

describe("what somebody who wants a loan answers", () => {
  test.each([
    ["Listo, ya lo llevé", true],
    ["si ya lo tengo", true],
    ["ya entregué todo, gracias", true],
    ["LISTO", true],
    ["ya esta listo mi credito?", false],
    ["¿listo?", false],
    ["ya esta listo", false],
    ["manana lo tengo listo", false],
    ["la proxima semana va a estar lista", false],
    ["necesito tecnico, ya tengo cacao listo", false],
    ["todavia no lo tengo", false],
    ["ya", false],
  ])("%s: whether it was brought", (text, brought) => expect(saysBrought(text)).toBe(brought));

  test.each([
    ["2000", 200_000],
    ["dos mil soles", 200_000],
    ["S/ 1,500", 150_000],
    ["S/ 0,500", 50],
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
    expect(readDeclared("los tres", options)).toEqual([...options]);
    expect(readDeclared("si tengo todo", options)).toEqual([...options]);
    for (const text of ["4", "debo", "no tengo dni", "quien sabe"])
      expect(readDeclared(text, options)).toBeNull();
  });

  // What nobody declared is told to a lender as if they had.
  test.each([
    ["SI", null],
    ["si si", null],
    ["si señor", null],
    ["los dos", null],
    ["las cuatro", null],
    ["tengo dni pero no garante", ["identity_document"]],
    ["dni si, garante no tengo", null],
    ["no tengo garante pero si ahorros", ["savings"]],
    ["no tengo garante ni ahorros, solo dni", ["identity_document"]],
    ["sin deudas y sin garante", ["no_overdue_debt"]],
    ["no tengo deudas ni ahorros", ["no_overdue_debt"]],
    ["no estoy al dia, tengo dni", ["identity_document"]],
    ["dni y garante no tengo", null],
    ["1 pero no 2", null],
    ["todo menos el 2", null],
  ])("of five, %s declares no more than it says", (text, declared) => {
    const five = ["identity_document", "no_overdue_debt", "savings", "guarantor", "business_registration"];
    expect(readDeclared(text, five)).toEqual(declared);
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
  const none = { reason: null, number: null, amountCentimos: null };
  expect(readRefusal("RECHAZO deudas")).toEqual({ ...none, reason: "debt_elsewhere" });
  expect(readRefusal("no presto, es mucho monto")).toEqual({ ...none, reason: "amount_too_high" });
  expect(readRefusal("rechazado")).toEqual(none);
  expect(readRefusal("NO")).toBeNull();
  expect(approves("apruebo")).toBe(true);
  expect(approves("si le presto")).toBe(true);
  expect(approves("si")).toBe(false);
});

test("a lender's no is of the credit that it names, and a no to something else is none", () => {
  expect(readRefusal("RECHAZO 2 deudas")).toMatchObject({ reason: "debt_elsewhere", number: 2 });
  expect(readRefusal("rechazo el segundo")).toMatchObject({ number: 2 });
  expect(readRefusal("RECHAZO el credito de 2,000")).toMatchObject({ number: null, amountCentimos: 200_000 });
  expect(readRefusal("rechazo, 12 meses es mucho tiempo")).toMatchObject({ number: null });
  expect(readRefusal("no presto a 6 meses")).toMatchObject({ number: null });
  for (const text of ["rechazo la visita, muy lejos", "rechazo su propuesta", "no presto mi moto"])
    expect(readRefusal(text)).toBeNull();
});
