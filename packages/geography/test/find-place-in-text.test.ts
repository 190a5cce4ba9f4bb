import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findPlaceInText } from "@minka/geography/find-place-in-text";

function found(text: string): string | null {
  const place = findPlaceInText(text);
  if (!place) return null;
  return place.resolution.kind === "one" ? place.resolution.district.code : place.resolution.kind;
}

describe("findPlaceInText", () => {
  test.each([
    ["nesecito un tecnico pa la monilia en mi cacao, tocache", "221001"],
    ["ing x aca en campoverde la palma se ta secando", "250102"],
    ["busco camion q baje mi carga desde huicungo, el rio ta bajo", "220603"],
    ["Deseo afiliarme. Nombre: Edilberto Cruz. Distrito: Luyando", "100605"],
    ["soy de pto. bermudez oxapampa", "190306"],
    ["vivo en sn jose d sisa y siembro cafe", "220301"],
    ["manden un ing a la banda de shilcayo", "220909"],
    ["mi finca esta en la provincia de bellavista distrito san pablo", "220205"],
    ["hola soy de satipo y vendo cafe", "120601"],
  ])("finds the district in “%s”", (text, code) => {
    expect(found(text)).toBe(code);
  });

  test.each([
    ["toy en awaytia nesesito urea", "250301"],
    ["ay tecnico en wicungo", "220603"],
    ["mi chacra keda en nuebo progrezo", "221002"],
    ["manden un ing a tocahce", "221001"],
    ["nesecito abono uchisa", "221005"],
    ["vivo en juan jui", "220601"],
    ["kiero plantones puesto en aukayaku", "100604"],
  ])("hears the misspelt district in “%s”", (text, code) => {
    expect(found(text)).toBe(code);
  });

  test("says which words named the place, as written", () => {
    expect(findPlaceInText("soy de Santa Lucía, TOCACHE y vendo cacao")?.matched).toBe(
      "Santa Lucía, TOCACHE",
    );
    expect(findPlaceInText("👍👍 estoy en Juanjuí 👍")?.matched).toBe("Juanjuí");
    expect(findPlaceInText("paro en tocache pero mi chacra esta en uchiza")).toMatchObject({
      matched: "uchiza",
      resolution: { kind: "one", district: { code: "221005" } },
    });
  });

  test("leaves a shared name, a region and the capital open", () => {
    expect(found("vivo i tengo mis plantas en San Antonio")).toBe("several");
    expect(found("a kien le vendo mi piña, x san pablo nadies kiere")).toBe("several");
    expect(found("soy de san martin")).toBe("several");
    expect(found("toy en lima asta fin de mes")).toBe("several");
  });

  test.each([
    "quiero progreso para mi familia",
    "tengo esperanza de cosechar bien",
    "la luz se fue en mi casa",
    "la union hace la fuerza",
    "en la pampa de mi chacra",
    "mi nombre es Jesus Morales",
    "me llamo juan guerra rios",
    "mi marido se llama Simon Bolivar Perez",
    "vivo en el campo verde y bonito",
    "toy en la banda del rio",
    "la planta ta amarilla en la punta",
    "nesecito un molino pa moler mais",
    "somos de la cooperativa naranjillo",
    "vivo en el caserio nueva esperanza",
    "mi finca ta en el caserio nuevo horisonte",
    "vendo cacao en baba",
    "q receta le doy a mi planta",
    "busco la mas barata",
    "que remedio le doy a mi planta",
    "la sra lamas compra cacao",
    "rio huallaga",
    "👍👍👍",
    "",
  ])("finds no place in “%s”", (text) => {
    expect(findPlaceInText(text)).toBeNull();
  });

  test("passes over the village to the district it lies in", () => {
    expect(found("caserio santa rosa, distrito de uchiza")).toBe("221005");
    expect(found("centro poblado de naranjillo distrito de luyando")).toBe("100605");
  });

  test("takes a word for a place where someone lives there", () => {
    expect(found("soy de progreso")).toBe("030708");
    expect(found("mi chacra keda en sauce")).toBe("220913");
    expect(found("el sauce se seco")).toBeNull();
  });

  test("answers for any text, with words that stand in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 160 }), fc.boolean(), (noise, before) => {
        const text = before ? `${noise} en tocache` : `en tocache ${noise}`;
        const place = findPlaceInText(text);
        expect(place === null || (place.matched !== "" && text.includes(place.matched))).toBe(true);
      }),
    );
  });
});
