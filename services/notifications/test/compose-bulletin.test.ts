import { DomainError } from "@minka/domain/errors";
import { countSegments } from "@minka/language/gsm7";
import { expect, test } from "vitest";
import { composeBulletin } from "../src/bulletins/compose-bulletin.ts";

const compose = (text: string, { title = "Charla", sender = null as string | null } = {}) =>
  composeBulletin({ title, text, sender });
function errorsOf(text: string, title?: string) {
  try {
    compose(text, title === undefined ? {} : { title });
  } catch (error) {
    if (error instanceof DomainError) return error.errors;
    throw error;
  }
  return [];
}

test("every bulletin ends with how to get no more, and an organization's begins with its name", () => {
  expect(compose("Mañana hay charla de poda.").message).toBe(
    "Mañana hay charla de poda.\nPara no recibir: NO QUIERO BOLETINES",
  );
  expect(compose("Hay charla.", { sender: "Asociación La Loma" }).message).toBe(
    "Asociación La Loma: Hay charla.\nPara no recibir: NO QUIERO BOLETINES".replace("ó", "o"),
  );
});

test("a bulletin is at most two SMS with its last line, and the error says how much is too long", () => {
  const fits = "a".repeat(306 - "\nPara no recibir: NO QUIERO BOLETINES".length);
  expect(compose(fits)).toMatchObject({ segments: 2 });
  expect(errorsOf(`${fits}bcd`)).toEqual([
    { path: "body.text", message: "is 3 characters too long for 2 SMS with its last line" },
  ]);
});

test("accents and emoji never make it dearer, and one of emoji alone is refused", () => {
  const { message } = compose("Atención: feria 🎉 en Juanjuí");
  expect(countSegments(message)).toMatchObject({ encoding: "gsm7", segments: 1 });
  expect(errorsOf("🎉🎉🎉")).toEqual([
    { path: "body.text", message: "has no letters that a phone can show" },
  ]);
});

test.each([
  "Crédito para su chacra",
  "PRESTAMOS sin garantía",
  "le financiamos su abono",
  "microcréditos hoy",
  "plata rápida",
  "TCEA 30%",
])("credit is never advertised in bulk: %s", (text) => {
  expect(errorsOf(text)).toEqual([
    { path: "body.text", message: "speaks of credit, which is never advertised to many" },
  ]);
  expect(errorsOf("Charla el sábado", text)).toMatchObject([{ path: "body.title" }]);
});

test("words that only look like credit pass", () => {
  expect(errorsOf("Es de interés de todos: acredite su asistencia a la charla y presten atención")).toEqual(
    [],
  );
});
