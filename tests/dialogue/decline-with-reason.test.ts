import { expect, test } from "vitest";
import { stage } from "./scene.ts";

const on = stage();

const declined = async (number: string) =>
  (await on.requestOf(number)).matches
    .filter(({ state }) => state === "declined")
    .map(({ declineReason }) => declineReason);

test.each([
  ["NO, estoy lejos", "far", / no puede, le queda lejos\. Ya le preguntamos a /],
  ["no puedo esta muy lejos", "far", / no puede, le queda lejos\. /],
  ["NO ocupado", "busy", / no puede en estos dias\. /],
  ["no trabajo eso", "not_my_work", / no hace ese trabajo\. /],
  // What is said of money is nobody else's affair.
  ["muy poco", "price", / no puede\. Ya /],
  ["no porque se me perdio la llave", "other", / no puede\. Ya /],
  ["no", null, / no puede\. Ya /],
] as const)(
  "%s: the reason is kept, and the producer reads it in plain words",
  async (text, reason, read) => {
    const { producer, provider } = await on.waiting();
    expect(await provider.says(text)).toEqual([
      expect.stringMatching(/^Esta bien, le preguntamos a otra persona/),
    ]);
    expect(await producer.reads()).toEqual([expect.stringMatching(read)]);
    expect(await declined(producer.number)).toEqual([reason]);
  },
);

test("a yes with a reason to say no is a yes, and a question about the distance is a question", async () => {
  const { producer, provider } = await on.waiting();
  expect(await provider.says("esta lejos?")).toEqual([expect.stringMatching(/km/)]);
  expect(await provider.says("si pero esta lejos")).toEqual([expect.stringMatching(/^Listo\. Visita: /)]);
  expect(await producer.reads()).toEqual([expect.stringMatching(/dijo que s[ií]/)]);
});
