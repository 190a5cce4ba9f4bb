import { describe, expect, test } from "vitest";
import { pest, stage, type Party } from "../dialogue/scene.ts";

const on = stage();
const advance = (by: Parameters<typeof on.platform.clock.advance>[0]) => on.platform.clock.advance(by);

/** Of the newest request of that kind: who of its list has been chosen. */
async function chosenOf(producer: Party, kind: string): Promise<number> {
  const requests = await on.requestsOf(producer.number);
  const matches = requests.filter(({ need }) => need.kind === kind).flatMap((request) => request.matches);
  return matches.filter(({ state }) => state === "asked" || state === "accepted").length;
}

describe("a late number to an old list", () => {
  test("that is over picks nobody from the list of another need that is open now", async () => {
    const producer = await on.choosing();
    await producer.says("CANCELAR");
    expect(await producer.says("tecnico para podar mi cacao")).toEqual([
      expect.stringMatching(/pueden? atender/),
    ]);
    await producer.says("CANCELAR");
    // Both lists are over: the number says so, whichever it was for.
    expect(await producer.says("2")).toEqual([expect.stringMatching(/^Esa lista ya vencio/)]);
    expect(await chosenOf(producer, "assistance")).toBe(0);
  });

  test("written before the next list came picks nobody from it", async () => {
    const producer = await on.choosing();
    // NO, and while the wider list is being made a late 2 for the first one.
    await producer.writes("no");
    await producer.writes("2");
    await on.settle();
    const told = await producer.reads();
    expect(told.some((text) => text.startsWith("Le preguntamos a"))).toBe(false);
    expect(await chosenOf(producer, "assistance")).toBe(0);
    // The 2 may be answered before the wider list arrives or after it, and is then answered with that list.
    expect(told).toContainEqual(expect.stringMatching(/pueden? atender/));
    expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("while a list has come by itself meanwhile brings that list once more, and picks only then", async () => {
    const { producer } = await on.waiting();
    advance({ minutes: 5 });
    expect(await producer.says("quiero entrar a una cooperativa")).toEqual([
      expect.stringMatching(/^Cerca de Tocache:\n1 /),
    ]);
    advance({ minutes: 5 });
    while ((await on.requestOf(producer.number)).state === "asking")
      await (await on.askedBy(producer)).says("no puedo");
    const [wider = ""] = (await producer.reads()).slice(-1);
    expect(wider).toMatch(/pueden? atender/);
    advance({ seconds: 20 });
    // Written to the organizations, before the new list was read.
    expect(await producer.says("1")).toEqual([wider]);
    expect(await chosenOf(producer, "assistance")).toBe(0);
    expect(await producer.says("1")).toEqual([
      expect.stringMatching(/^Le preguntamos a/),
      // And the organizations are asked about again.
      expect.stringMatching(/^Cerca de Tocache:\n1 /),
    ]);
  });

  test("of a need that was asked for later is not doubted: they know what they asked for", async () => {
    const producer = await on.choosing();
    advance({ minutes: 2 });
    // After the purchase that there also is.
    expect((await producer.says("5 sacos de urea")).at(-1)).toMatch(/pueden? atender/);
    advance({ minutes: 1 });
    const answers = await producer.says("1");
    expect(answers[0]).toMatch(/^Le preguntamos a/);
    expect(await chosenOf(producer, "input")).toBe(1);
    expect(await chosenOf(producer, "assistance")).toBe(0);
  });

  test("that is a second copy of the choice changes nothing of the list that opens next", async () => {
    const producer = await on.choosing();
    await producer.says("5 sacos de urea");
    await producer.writes("1");
    await producer.writes("1");
    await on.settle();
    await producer.reads();
    expect(await chosenOf(producer, "input")).toBe(1);
    expect(await chosenOf(producer, "assistance")).toBe(0);
    // The first list was put again after the choice; a number that comes after it is for it.
    expect(await producer.says("2")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
    expect(await chosenOf(producer, "assistance")).toBe(1);
  });
});

test("a list whose time is over takes no number, and the same need again brings a new one", async () => {
  const producer = await on.choosing();
  advance({ hours: 49 });
  await on.settle();
  await producer.reads();
  expect(await producer.says("1")).toEqual([expect.stringMatching(/^Esa lista ya vencio/)]);
  expect(await producer.says(pest)).toEqual([expect.stringMatching(/^3 pueden/)]);
});
