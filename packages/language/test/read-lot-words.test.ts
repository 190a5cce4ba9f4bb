import { expect, test } from "vitest";
import { readHarvest, readLotWish } from "../src/read-lot-words.ts";

test.each([
  ["LOTE 8 qq", { amount: 8, unit: "quintal" }, true],
  ["lote ocho quintales", { amount: 8, unit: "quintal" }, true],
  ["LOTE 300 kilos en baba", { amount: 300, unit: "kg" }, true],
  ["cambio a 10 quintales en el lote", { amount: 10, unit: "quintal" }, true],
  ["pongo 300 kilos al lote", { amount: 300, unit: "kg" }, false],
  ["pongo 300 kg de cacao en el lote de la cooperativa", { amount: 300, unit: "kg" }, false],
  ["anoteme 8 qq para el lote", { amount: 8, unit: "quintal" }, false],
  ["pongo 2 qq mas al lote", { amount: 2, unit: "quintal" }, false],
  ["para el lote pongo 8 sacos", null, false],
  ["LOTE 8", null, false],
  ["pongo un saco de cacao al lote", null, false],
] as const)("%s: offers", (text, said, replaces) => {
  expect(readLotWish(text)).toEqual({ kind: "pledge", said, sure: true, replaces });
});

test.each([
  "8 qq para el lote",
  "mi vecino pone 8 qq al lote",
  "pongo 8 qq en mi lote",
  "tal vez pongo 8 qq al lote",
  "si pagan bien pongo 8 qq al lote",
  "pongo 8 qq al lote, cuando recogen?",
])("%s: may offer, and is asked", (text) => {
  const said = { amount: 8, unit: "quintal" };
  expect(readLotWish(text)).toMatchObject({ kind: "pledge", said, sure: false });
});

test.each([
  ["retiro mi cacao del lote", true],
  ["sáqueme del lote", true],
  ["saco mi cafe del lote", true],
  ["retiro mis 8 qq del lote", true],
  ["SALGO DEL LOTE", true],
  ["ya no pongo nada al lote", false],
  ["cancelar el lote", false],
  ["saco mi cacao del lote de la chacra", false],
  ["mi hermano se va, saco mi cacao del lote", false],
])("%s: takes back", (text, sure) => expect(readLotWish(text)).toEqual({ kind: "withdraw", sure }));

// Whoever takes all of it back by mistake has nothing to sell.
test.each(["1 saco para el lote", "no retiro mi cacao del lote", "no me salgo del lote"])(
  "%s: does not take it back",
  (text) => expect(readLotWish(text)?.kind).not.toBe("withdraw"),
);

test.each([
  ["LOTE", true],
  ["mi lote", true],
  ["como va el lote?", true],
  ["cuando recogen el lote", true],
  ["cuanto saco del lote", true],
  ["retiro 2 qq del lote", true],
  ["¿cuánto pagan por el lote de 300 kilos?", true],
  ["cuanto pagan x el lote de 300 kilos", true],
  ["hasta que dia pongo mis 8 qq al lote", true],
  ["se puede poner 8 qq en baba al lote", true],
  ["donde entrego los 8 qq del lote", true],
  ["puedo sacar mi cacao del lote?", true],
  ["ayer entregué 8 qq al lote", false],
  ["lleve 8 qq al lote", false],
  ["ya deje mis 300 kilos en el lote", false],
  ["no pongo mis 8 qq al lote", false],
])("%s: is told how it stands", (text, sure) => expect(readLotWish(text)).toEqual({ kind: "status", sure }));

test.each([
  "quiero vender 8 qq de cacao",
  "vendo un lote de 300 kilos de cacao",
  "busco lote de 8 qq de cafe",
  "tecnico",
  "tengo un lote de terreno",
  "en mi lote hay monilia",
  "mi lote es de 2 hectareas",
  "en mi lote pongo 5 kilos de abono",
  "en mi lote de cacao pongo 5 kg de urea por planta",
])("%s: is of something else", (text) => expect(readLotWish(text)).toBeNull());

test("sacks have no weight", () => {
  expect(readHarvest("8 sacos")).toBeNull();
  expect(readHarvest("8 arrobas")).toEqual({ amount: 8, unit: "arroba" });
});
