import { describe, expect, test } from "vitest";
import { readAddressee } from "../src/conversations/answer-errand.ts";

describe("PARA and a phone", () => {
  test.each([
    "PARA 987654321 tecnico",
    "para 987 654 321 tecnico",
    "Para el 987-654-321: tecnico",
    "para +51 987654321, tecnico",
    "para 51987654321 tecnico",
    "PARA el numero 987654321 tecnico",
    "para don 987654321 tecnico",
    ". para cel. 987654321 tecnico",
  ])("%s", (text) => expect(readAddressee(text)).toEqual({ phone: "+51987654321", asked: "tecnico" }));

  test("what follows the phone may begin with a figure", () => {
    expect(readAddressee("PARA 987654321 2 sacos de urea")).toEqual({
      phone: "+51987654321",
      asked: "2 sacos de urea",
    });
  });

  test("REGISTRA and a phone registers its owner, and nobody else", () => {
    const asked = "registrar Juan Gil tocache";
    expect(readAddressee("REGISTRA 955777888 Juan Gil tocache")).toEqual({ phone: "+51955777888", asked });
    expect(readAddressee("registrar al 955 777 888: Juan Gil tocache")?.asked).toBe(asked);
    expect(readAddressee("registrar Juan Gil 955777888")).toBeNull();
  });

  test.each([
    "para 987654 tecnico",
    "para 98765432 tecnico",
    "para 9876543210 tecnico",
    "para 042345678 tecnico",
  ])("%s: no mobile", (text) => expect(readAddressee(text)?.phone).toBeNull());

  test.each([
    "para 10000 plantas necesito abono",
    "para mi cacao",
    "para 2 hectareas",
    "tecnico para 987654321",
    "",
    "necesito abono para 100 000 plantas",
    "para 25-11-2026 necesito tecnico para roya en Uchiza",
    "para el 25/11/2026 un tecnico",
    "para 25 11 2026 un tecnico",
    "para 2026-11-25 un tecnico",
    "para 1000000 plantas urea tocache",
    "para 1 000 000 de plantas urea tocache",
    "para 1500000 soles de cosecha",
    "para 1200000 kg comprador",
  ])("%s: another message", (text) => expect(readAddressee(text)).toBeNull());
});
