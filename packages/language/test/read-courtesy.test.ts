import { readCourtesy } from "@minka/language/read-courtesy";
import { describe, expect, test } from "vitest";

describe("politeness and nothing more", () => {
  test.each(["hola", "Holaaa", "BUENAS TARDES", "buen día ingeniero", "ola amigo"])("%s greets", (text) =>
    expect(readCourtesy(text)).toBe("greeting"),
  );
  test.each(["gracias", "ok", "Muchas graciasss ingeniero!", "ya, está bien", "ok gracias", "Dios le pague"])(
    "%s ends a dialogue",
    (text) => expect(readCourtesy(text)).toBe("closing"),
  );
  test.each([
    "",
    "👍",
    "1",
    "si",
    "no",
    "listo",
    "y?",
    "hola necesito un tecnico",
    "gracias pero no vino",
    "hola 2",
    "buenos dias quiero vender cacao",
  ])("%j says something else, or nothing", (text) => expect(readCourtesy(text)).toBeNull());
});
