import { describe, expect, test } from "vitest";
import { pest, stage } from "./scene.ts";

const on = stage();
const { settle } = on;
const advance = (by: Parameters<typeof on.platform.clock.advance>[0]) => on.platform.clock.advance(by);

describe("a number", () => {
  test("that is not on the list brings the list once more, then only a hint, and leaves the list open", async () => {
    const producer = await on.choosing();
    expect(await producer.says("9")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    for (const number of ["0", "27", "el 4", "opcion 5", "cero"])
      expect(await producer.says(number)).toEqual([
        expect.stringMatching(/^Ese numero no esta en la lista\. Responda del 1 al 3, o NO$/),
      ]);
    expect(await producer.says("3")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("that is two numbers picks neither", async () => {
    const producer = await on.choosing();
    for (const text of ["2 y 3", "el 1 o el 2"])
      expect(await producer.says(text)).toEqual([
        expect.stringMatching(/^Elija uno solo\. Responda del 1 al 3, o NO$/),
      ]);
    expect(await on.requestOf(producer.number)).toMatchObject({ state: "listed" });
  });

  test("for a list that has expired picks nobody, and says what to do", async () => {
    const producer = await on.choosing();
    advance({ hours: 49 });
    await settle();
    expect(await producer.reads()).toEqual([expect.stringMatching(/^Su pedido vencio porque no eligio/)]);
    expect(await producer.says("2")).toEqual([
      expect.stringMatching(/^Esa lista ya vencio\. Escriba otra vez/),
    ]);
    expect(await on.requestOf(producer.number)).toMatchObject({ state: "lapsed" });
    expect(await producer.says(pest)).toEqual([expect.stringMatching(/^3 pueden/)]);
    expect(await producer.says("2")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("that comes at the very moment of expiry, before any timer, picks nobody either", async () => {
    const producer = await on.choosing();
    advance({ hours: 48 });
    const answers = await producer.says("2");
    expect(answers).toContainEqual(expect.stringMatching(/^Esa lista ya vencio/));
    expect((await on.requestOf(producer.number)).matches.some(({ state }) => state === "asked")).toBe(false);
  });

  test("written before the list was sent picks nobody from it", async () => {
    const producer = on.stranger();
    await producer.says(pest);
    await producer.writes("si");
    await producer.writes("2");
    advance({ seconds: 5 });
    await settle();
    expect(await producer.reads()).toContainEqual(expect.stringMatching(/^3 pueden atender/));
    expect(await on.requestOf(producer.number)).toMatchObject({ state: "listed" });
    expect(await producer.says("2")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("after the choice says who is being asked, and changes nothing", async () => {
    const { producer, provider } = await on.waiting();
    for (const text of ["2", "y?"])
      expect(await producer.says(text)).toEqual([
        expect.stringMatching(
          /^Esperamos que .+ responda, hasta .+\. Le avisamos\. Para anular escriba CANCELAR$/,
        ),
      ]);
    const asked = (await on.requestOf(producer.number)).matches.filter(({ state }) => state === "asked");
    expect(asked).toMatchObject([{ providerName: provider.name }]);
  });

  test("inside a question about somebody on the list chooses nobody", async () => {
    const producer = await on.choosing();
    expect(await producer.says("cuanto cobra el 2?")).toEqual([
      expect.stringMatching(/^Elija uno de la lista/),
    ]);
    expect(await producer.says("ya pues, el 2 nomas")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });
});

test("a name on the list chooses like its number", async () => {
  const producer = await on.choosing();
  const best = (await on.requestOf(producer.number)).matches.find(({ rank }) => rank === 1);
  const [name = ""] = best?.providerName.split(" ") ?? [];
  expect(await producer.says(`la ${name.toLowerCase()} nomas`)).toEqual([
    expect.stringMatching(new RegExp(`^Le preguntamos a ${name}`)),
  ]);
});

test("with one on the list a YES is the choice", async () => {
  const producer = await on.choosing();
  let list = (await producer.says("no")).at(-1) ?? "";
  if (!list.startsWith("1 puede")) {
    await producer.says("CANCELAR");
    for (const place of [
      "uchiza",
      "polvora",
      "shunte",
      "nuevo progreso",
      "san martin de pangoa",
      "juanjui",
      "lamas",
    ]) {
      list = (await producer.says(`tecnico para certificar mi cacao en ${place}`)).at(-1) ?? "";
      if (list.startsWith("1 puede")) break;
      await producer.says("CANCELAR");
    }
  }
  expect(list).toMatch(/^1 puede atender en .+\n1 .+\nResponda 1, o NO$/);
  expect(await producer.says("si, esta bien")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
});

describe("a list that waits for its number", () => {
  test("comes again with ESTADO", async () => {
    const producer = on.stranger();
    await producer.says(pest);
    const [list] = await producer.says("si");
    expect(await producer.says("ESTADO")).toEqual([list]);
  });

  test("gives way to the list of a newer need, and comes back after it", async () => {
    const producer = await on.choosing();
    const [second] = await producer.says("necesito tecnico para podar mi cacao en tocache");
    expect(second).toMatch(/ pueden? atender en Tocache/);
    const [newer, older] = await on.requestsOf(producer.number);
    expect([newer?.need.topic, older?.need.topic]).toEqual(["pruning", "pest_management"]);
    const answers = await producer.says("1");
    expect(answers[0]).toMatch(/^Le preguntamos a/);
    expect(answers[1]).toMatch(/^3 pueden atender en Tocache/);
    const states = (await on.requestsOf(producer.number)).map(({ need, state }) => [need.topic, state]);
    expect(states).toEqual([
      ["pruning", "asking"],
      ["pest_management", "listed"],
    ]);
    expect(await producer.says("2")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });

  test("is not opened twice when the same need is written again", async () => {
    const producer = await on.choosing();
    await producer.says(pest);
    expect(await on.requestsOf(producer.number)).toHaveLength(1);
    expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });
});

describe("a provider's answer", () => {
  test("with a day that is none is asked for a day that is", async () => {
    const { provider } = await on.waiting();
    for (const text of ["si el 31 de febrero", "si, 31/02"])
      expect(await provider.says(text)).toEqual([expect.stringMatching(/^Ese dia no puede ser/)]);
    expect(await provider.says("si el lunes")).toEqual([expect.stringMatching(/^Listo\. Visita: lunes/)]);
  });

  test("that says neither is asked again", async () => {
    const { producer, provider } = await on.waiting();
    expect(await provider.says("quizas")).toEqual([
      expect.stringMatching(
        /^¿Toma el pedido de .+ en Tocache\? Responda SI o NO\. Con SI le damos el numero/,
      ),
    ]);
    expect(await provider.says("no voy a poder")).toEqual([expect.stringMatching(/^Esta bien/)]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/ no puede\. Ya le preguntamos/)]);
  });

  test("twice is one answer", async () => {
    const { producer, provider } = await on.waiting();
    await provider.writes("si");
    await provider.writes("si");
    await settle();
    expect((await provider.reads())[0]).toBeDefined();
    expect((await producer.reads()).filter((text) => text.includes("dijo que si"))).toHaveLength(1);
    expect((await on.requestOf(producer.number)).state).toBe("agreed");
  });
});
