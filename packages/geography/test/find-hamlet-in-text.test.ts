import { findHamletInText } from "@minka/geography/find-hamlet-in-text";
import { hamletKeys, resolveHamlet, type Hamlet } from "@minka/geography/resolve-hamlet";
import * as fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  ["necesito tecnico para mi cacao, caserío Nuevo Horizonte", "Nuevo Horizonte"],
  ["tecnico en la comunidad de Santa Rosillo pa la monilia", "Santa Rosillo pa la monilia"],
  ["cp Alto Yuracyacu, distrito de Uchiza", "Alto Yuracyacu"],
  ["C.P. Alto Yuracyacu quiero abono", "Alto Yuracyacu quiero abono"],
  ["soy del centro poblado menor de Pólvora", "Pólvora"],
  ["CCNN Santa Rosillo necesita asesoria", "Santa Rosillo necesita asesoria"],
  ["comunidad nativa Copal Sacha", "Copal Sacha"],
  ["urea para el anexo: La Unión", "La Unión"],
  ["caserio nvo. horizonte", "nvo. horizonte"],
])("%s: a marked name", (text, name) => {
  expect(findHamletInText(text)).toEqual({ text: name, marked: true });
});

test.each([
  ["necesito urea, vivo en Santa Rosillo", "Santa Rosillo"],
  ["soy de alto yuracyacu quiero tecnico", "alto yuracyacu quiero tecnico"],
  ["un tecnico aca en Chirapillo", "Chirapillo"],
])("%s: a place that is no district", (text, name) => {
  expect(findHamletInText(text)).toEqual({ text: name, marked: false });
});

test.each([
  "necesito tecnico para mi cacao en tocache",
  "quiero un tecnico para la poda de mi cafe",
  "monilia en mi cacao",
  "tengo plagas en la chacra",
  "prestamo 5 mil pa abono juanjui",
  "si",
])("%s: none", (text) => {
  expect(findHamletInText(text)).toBeNull();
});

const tocache = "221001";
const uchiza = "221005";
const hamlet = (name: string, districtCode = tocache): Hamlet => ({ name, districtCode });
const resolve = (text: string, hamlets: readonly Hamlet[], known: readonly string[] = []) =>
  resolveHamlet(text, hamlets, { districtCode: tocache, knownNames: new Set(known) });

const anyName = fc
  .array(
    fc.constantFrom(
      "nuevo",
      "santa",
      "rosa",
      "horizonte",
      "alto",
      "mishollo",
      "paraiso",
      "km",
      "15",
      "rosillo",
    ),
    {
      minLength: 2,
      maxLength: 4,
    },
  )
  .map((words) => words.join(" "));

test("a hamlet's name as it is written is never taken for another's", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { minLength: 1, maxLength: 20 }), fc.nat(), (names, which) => {
      const name = names[which % names.length] ?? "";
      const found = resolve(
        name,
        names.map((each) => hamlet(each)),
        hamletKeys(name),
      );
      if (found.kind !== "one") throw new Error(`${name} is not found`);
      expect(found.hamlet.name).toBe(name);
    }),
  );
});

test("a name that is a hamlet elsewhere resolves to none, however near another is spelled", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { minLength: 2, maxLength: 20 }), ([elsewhere = "", ...names]) => {
      const [key = ""] = hamletKeys(elsewhere);
      expect(
        resolve(
          elsewhere,
          names.map((each) => hamlet(each)),
          [key],
        ).kind,
      ).toBe("none");
    }),
  );
});

test("of one name the sender's own district decides; where it has two, nobody can tell", () => {
  const both = [hamlet("Nuevo Horizonte", uchiza), hamlet("Nuevo Horizonte")];
  expect(resolve("nuevo horizonte", both)).toEqual({ kind: "one", hamlet: both[1] });
  expect(resolve("nuevo horizonte", [...both, hamlet("Nuevo Horizonte")]).kind).toBe("several");
});
