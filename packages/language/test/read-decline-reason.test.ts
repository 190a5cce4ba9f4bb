import { readDeclineReason } from "@minka/language/read-decline-reason";
import { describe, expect, test } from "vitest";

describe("why a provider says no", () => {
  test.each([
    ["far", ["NO, estoy lejos", "no puedo esta muy lejos", "nop mucha distancia", "no llego hasta alla"]],
    ["busy", ["NO ocupado", "no puedo esta semana", "no tengo tiempo", "estoy enferma no puedo", "hoy no"]],
    ["price", ["muy poco", "no, pagan muy poco", "no me conviene", "es poca paga"]],
    ["not_my_work", ["no trabajo eso", "no hago eso", "no atiendo cafe", "no, no es mi rubro"]],
  ] as const)("%s", (reason, texts) => {
    for (const text of texts) expect(readDeclineReason(text), text).toBe(reason);
  });

  test("of two reasons the one that says most of the order", () => {
    expect(readDeclineReason("paso ing muy lejos i poca paga")).toBe("far");
  });

  test("a reason that is none of these is another, and a bare no has none", () => {
    expect(readDeclineReason("no porque se me perdio la llave")).toBe("other");
    for (const text of ["no", "NO", "no gracias", "no puedo", "no puedo ir"])
      expect(readDeclineReason(text)).toBeNull();
  });
});
