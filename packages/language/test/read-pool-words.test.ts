import { expect, test } from "vitest";
import { readPacks, readPoolWish } from "../src/read-pool-words.ts";

const five = { packs: 5, minimum: 5, maximum: 5 };

test.each([
  ["me apunto con 5 sacos de urea", five],
  ["apunteme cinco sacos", five],
  ["anotame 5 de urea porfa", five],
  ["nos sumamos con 5 sacos", five],
  ["entro con 5 sakos", five],
  ["cuente conmigo, 5 sacos", five],
  ["me apunto con 4 a 6 sacos", { packs: 5, minimum: 4, maximum: 6 }],
  ["entre 4 y 6 sacos me apunto", { packs: 5, minimum: 4, maximum: 6 }],
  ["me apunto 4-6", { packs: 5, minimum: 4, maximum: 6 }],
  ["me apunto", null],
  ["quiero comprar urea en grupo", null],
])("%s: joins", (text, packs) => {
  expect(readPoolWish(text)).toEqual({ kind: "join", packs });
});

test.each([
  ["cambio a 6 sacos", 6],
  ["mejor 7 sacos", 7],
  ["solo 3", 3],
  ["cambio de 5 a 7 sacos", 7],
  ["que sean diez", 10],
])("%s: changes", (text, packs) => {
  expect(readPoolWish(text)).toEqual({ kind: "change", packs: { packs, minimum: packs, maximum: packs } });
});

test.each([
  "SALGO",
  "salgo de la compra",
  "me retiro de la compra",
  "ya no quiero los sacos",
  "borreme de la lista",
])("%s: leaves", (text) => expect(readPoolWish(text)).toEqual({ kind: "leave" }));

test.each([
  "COMPRA",
  "mi compra",
  "como va la compra",
  "en que va la compra",
  "cuanto falta para bajar el precio",
])("%s: asks", (text) => expect(readPoolWish(text)).toEqual({ kind: "status" }));

test.each([
  "nesecito un tecnico pa la monilia",
  "quiero vender 8 qq de cacao seco",
  "ya no quiero mensajes",
  "gracias",
  "si",
  "1",
  "cuanto esta el cacao",
  "busco comprador para vender en grupo",
])("%s: is of something else", (text) => expect(readPoolWish(text)).toBeNull());

test("a range the wrong way round is no range", () => {
  expect(readPacks("6 a 4")).toEqual({ packs: 6, minimum: 6, maximum: 6 });
});
