import { readCropState } from "@minka/language/read-crop-state";
import { expect, test } from "vitest";

test.each([
  ["vendo cacao en baba", "cacao", "wet"],
  ["tengo cacao baba 300 kilos", "cacao", "wet"],
  ["10 qq de cacao bien sequito", "cacao", "dry"],
  ["bendo cafe pergamino 5 quintales", "coffee", "parchment"],
  ["tengo cafe oro verde 6 qq", "coffee", "green"],
  ["vendo cafe cerezo", "coffee", "wet"],
] as const)("'%s': %s is %s", (text, crop, state) => {
  expect(readCropState(text, crop)).toBe(state);
});

test.each([
  ["vendo cacao", "cacao"],
  ["cacao en baba y seco", "cacao"],
  ["me falta secar el cacao", "cacao"],
  ["cafe seco 4 qq", "coffee"],
  ["llevo mi cafe a la cooperativa oro verde", "coffee"],
  ["vendo platano seco", "banana"],
] as const)("'%s' leaves open how it is: a wrong state would hide every buyer", (text, crop) => {
  expect(readCropState(text, crop)).toBeNull();
});
