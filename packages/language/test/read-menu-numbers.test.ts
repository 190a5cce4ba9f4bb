import { describe, expect, test } from "vitest";
import { readMenuNumbers } from "../src/read-menu-numbers.ts";

describe("a message that says nothing but numbers of a list", () => {
  test.each<[string, number[]]>([
    ["2", [2]],
    [" 2. ", [2]],
    ["el 4", [4]],
    ["El N° 4", [4]],
    ["opcion 5", [5]],
    ["el numero 7 porfa", [7]],
    ["quiero el dos", [2]],
    ["0", [0]],
    ["cero", [0]],
    ["27", [27]],
    ["2 y 3", [2, 3]],
    ["1 o 2", [1, 2]],
    ["el 1 o el 3", [1, 3]],
    ["el uno y el dos", [1, 2]],
    ["2 2", [2]],
    ["ya el 3 nomas", [3]],
    ["los dos", [1, 2]],
    ["deme los dos porfa", [1, 2]],
    ["los 3", [1, 2, 3]],
    ["ambos", [1, 2]],
  ])("%s", (text, numbers) => expect(readMenuNumbers(text)).toEqual(numbers));

  test.each([
    "",
    "no",
    "el primero",
    "2 sacos",
    "2 qq de cacao",
    "cuanto cobra el 2?",
    "el 2?",
    "una tecnica",
    "la Rosa",
    "ni el 1 ni el 2",
    "medio",
    "el 2 de diciembre",
    "1 saco de urea y 2 de guano",
  ])("%s is none", (text) => expect(readMenuNumbers(text)).toBeNull());
});
