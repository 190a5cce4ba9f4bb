import { expect, test } from "vitest";
import { stage } from "./scene.ts";

const on = stage();

test.each(["mas barato hay?", "el segundo es bueno?", "hay mas barato", "el 2?"])(
  "a question about the list asks no provider: %s",
  async (text) => {
    const producer = await on.choosing();
    expect(await producer.says(text)).toEqual([expect.stringMatching(/^Elija uno de la lista/)]);
    expect((await on.requestOf(producer.number)).state).toBe("listed");
  },
);

test("whoever takes two is asked for one", async () => {
  const producer = await on.choosing();
  for (const text of ["los dos", "ambos", "1 y 2"])
    expect(await producer.says(text)).toEqual([expect.stringMatching(/^Elija uno solo\./)]);
  expect((await on.requestOf(producer.number)).state).toBe("listed");
});

test("a name as it sounds picks who bears it", async () => {
  const producer = await on.choosing();
  const { matches } = await on.requestOf(producer.number);
  const names = matches.map(({ providerName }) => providerName);
  const [name = ""] = (names[1] ?? "").split(" ").filter((word) => word.length > 3);
  const heard = name.toLowerCase().replaceAll("z", "s").replaceAll("y", "i");
  expect(names.filter((other) => other.includes(name))).toHaveLength(1);
  expect(await producer.says(`el de ${heard}`)).toEqual([expect.stringContaining(name)]);
  expect((await on.requestOf(producer.number)).state).toBe("asking");
});

test.each(["si", "no", "1"])("%s to no question says that none is open", async (text) => {
  const producer = await on.registered();
  expect(await producer.says(text)).toEqual([
    expect.stringMatching(/^No tenemos ninguna pregunta para usted ahora\./),
  ]);
});

test("BORRAR alone asks whether the messages or everything is meant", async () => {
  const producer = await on.registered();
  expect(await producer.says("BORRAR")).toEqual([expect.stringMatching(/^Puede elegir\. BAJA: .*BORRAR/)]);
  expect(await producer.says("BAJA")).toEqual([expect.stringMatching(/^Listo, ya no le/)]);
});
