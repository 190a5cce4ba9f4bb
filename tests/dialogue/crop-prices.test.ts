import { countSegments } from "@minka/language/gsm7";
import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";

const on = stage();

const priced = /^S\/ [\d.,]+\/kg (en baba|seco|pergamino|oro verde): .+, (hoy|ayer|hace \d+ dias)$/;
const sells = (crop: string) => `Para vender escriba: vendo 5 qq de ${crop}`;

/** One answer of two messages' length at most: what is paid, by at most three buyers, and how to sell. */
function expectPrices(read: string[], crop: string): string[] {
  expect(read).toHaveLength(1);
  const [text = ""] = read;
  expect(countSegments(text)).toMatchObject({ encoding: "gsm7" });
  expect(countSegments(text).segments).toBeLessThanOrEqual(2);
  const [heading, ...lines] = text.split("\n");
  expect(heading).toBe(`Pagan por ${crop}:`);
  expect(lines.pop()).toBe(sells(crop));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThanOrEqual(3);
  for (const line of lines) expect(line).toMatch(priced);
  return lines;
}

const kept = async ({ number }: Party) => ({
  people: [
    ...(await on.owner`
      select person_id from profiles.phones where phone = ${number}`),
  ],
  prompts: [...(await on.owner`select id from notifications.prompts where phone = ${number}`)],
});

describe("the price of a crop", () => {
  test("somebody unknown reads what is paid near the place they name, and nothing of them is kept", async () => {
    const stranger = on.stranger();
    const near = expectPrices(await stranger.says("a komo ta el cacao en uchiza"), "cacao");
    for (const line of near) expect(line).toMatch(/, a (menos de 1|\d+) km, /);
    // Without a place the newest of the country are told, with no distance to nowhere.
    const anywhere = expectPrices(await stranger.says("precio del cacao"), "cacao");
    for (const line of anywhere) expect(line).not.toMatch(/ km,/);
    expect(await kept(stranger)).toEqual({ people: [], prompts: [] });
  });

  test("without a crop it is asked for once, and the crop alone is the answer", async () => {
    const stranger = on.stranger();
    expect(await stranger.says("presio")).toEqual([
      "¿De qué cosecha quiere el precio? Escriba, por ejemplo: cacao",
    ]);
    expectPrices(await stranger.says("cacao"), "cacao");
    // Said out of the blue, it is no question about a price.
    expect(await stranger.says("cacao")).toEqual([expect.stringMatching(/^No le entend/)]);
    expect(await kept(stranger)).toEqual({ people: [], prompts: [] });
  });

  test("whoever has asked about one crop alone need not name it", async () => {
    const producer = await on.choosing();
    await producer.says("no, ninguno");
    expectPrices(await producer.says("cuanto pagan"), "cacao");
  });

  test("where nobody pays for it, that is said, with how a buyer is looked for", async () => {
    const producer = await on.registered();
    const [text, ...more] = await producer.says("precio del algodon");
    expect(more).toEqual([]);
    expect(text).toMatch(/^Ahora no hay precios de algodon/);
    expect(text).toContain("vendo 5 qq de algodon");
  });

  test("it is answered in the middle of something else, which goes on", async () => {
    const producer = await on.choosing();
    expectPrices(await producer.says("a como esta el cacao"), "cacao");
    expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });
});
