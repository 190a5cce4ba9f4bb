import { expect, test } from "vitest";
import { readHarvest, readLotWish } from "../src/read-lot-words.ts";

test.each([
  ["LOTE 8 qq", { amount: 8, unit: "quintal" }],
  ["lote ocho quintales", { amount: 8, unit: "quintal" }],
  ["pongo 300 kilos al lote", { amount: 300, unit: "kg" }],
  ["pongo 300 kg de cacao en el lote de la cooperativa", { amount: 300, unit: "kg" }],
  ["cambio a 10 quintales en el lote", { amount: 10, unit: "quintal" }],
  ["para el lote pongo 8 sacos", null],
  ["LOTE 8", null],
  ["pongo un saco de cacao al lote", null],
] as const)("%s: offers", (text, said) => {
  expect(readLotWish(text)).toEqual({ kind: "pledge", said });
});

test.each([
  "retiro mi cacao del lote",
  "ya no pongo nada al lote",
  "sáqueme del lote",
  "saco mi cafe del lote",
  "retiro mis 8 qq del lote",
  "SALGO DEL LOTE",
])("%s: takes back", (text) => expect(readLotWish(text)).toEqual({ kind: "withdraw" }));

// Whoever takes all of it back by mistake has nothing to sell.
test.each(["1 saco para el lote", "no retiro mi cacao del lote", "no me salgo del lote"])(
  "%s: does not take it back",
  (text) => expect(readLotWish(text)?.kind).not.toBe("withdraw"),
);

test.each([
  "LOTE",
  "mi lote",
  "como va el lote?",
  "cuando recogen el lote",
  "cuanto saco del lote",
  "retiro 2 qq del lote",
])("%s: asks", (text) => expect(readLotWish(text)).toEqual({ kind: "status" }));

test.each(["quiero vender 8 qq de cacao", "tecnico", "tengo un lote de terreno"])(
  "%s: is of something else",
  (text) => expect(readLotWish(text)).toBeNull(),
);

test("sacks have no weight", () => {
  expect(readHarvest("8 sacos")).toBeNull();
  expect(readHarvest("8 arrobas")).toEqual({ amount: 8, unit: "arroba" });
});
