import { readCourtesy } from "@minka/language/read-courtesy";
import { describe, expect, test } from "vitest";

describe("politeness and nothing more", () => {
  test.each(["hola", "Holaaa", "BUENAS TARDES", "buen día ingeniero", "ola amigo"])("%s greets", (text) =>
    expect(readCourtesy(text)).toBe("greeting"),
  );
  test.each([
    "gracias",
    "ok",
    "Muchas graciasss ingeniero!",
    "ya, está bien",
    "ok gracias",
    "Dios le pague",
    "gracias dios le bendiga",
  ])("%s ends a dialogue", (text) => expect(readCourtesy(text)).toBe("closing"));
  test.each(["Hola buenas tardes ingeniero", "buenas", "buenas noches señorita", "alo buenos dias"])(
    "%s greets too",
    (text) => expect(readCourtesy(text)).toBe("greeting"),
  );
  test.each([
    "buenos dias, me pueden ayudar",
    "buenos días ¿me pueden ayudar?",
    "quisiera saber",
    "informacion por favor",
    "hola quien habla",
    "hola quien es?",
    "una consulta ing",
    "kisiera informacion xfavor",
    "nesecito ayuda",
    "bueno quisiera hacer una pregunta",
    "me puede orientar por favor gracias",
  ])("%s pleads to be told more", (text) => expect(readCourtesy(text)).toBe("plea"));
  test.each(["gracias por la ayuda", "muchas gracias por la informacion ingeniero"])(
    "%s thanks and does not plead",
    (text) => expect(readCourtesy(text)).toBe("closing"),
  );
  test.each([
    "",
    "quisiera saber el precio del cacao",
    "ayuda con mi cafe",
    "no necesito ayuda",
    "informacion de credito",
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
