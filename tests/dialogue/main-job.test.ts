import { foldToGsm7 } from "@minka/language/gsm7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

/** "4.6 de 17 opiniones" or "nota 4.6 (17)" of one provider in a list, where a long name is shortened and has no accents. */
function standingIn(list: string | undefined, name: string): string | undefined {
  return list
    ?.split("\n")
    .find((line) => line.includes(foldToGsm7(name).slice(0, 20)))
    ?.split(", ")
    .at(-1);
}

test("an SMS becomes a match, a visit and a rating", async () => {
  const { settle, clock } = platform;
  const producer = platform.phone("+51900900001");

  await producer.writes("nesecito un tecnico pa la monilia en mi cacao, tocache");
  await settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/Acepta\? Responda SI o NO$/)]);

  await producer.writes("si");
  await settle();
  const [list, ...more] = await producer.reads();
  expect(more).toEqual([]);
  expect(list).toMatch(
    /^3 pueden atender en Tocache:\n1 .+, a \d+ km, (atiende .+, )?(S\/ \d+|gratis), .+\n2 .+\n3 .+\nResponda del 1 al 3, o NO$/,
  );

  const [agent] = await agentsOnTheList(platform, producer.number);
  if (!agent) throw new Error("the list names nobody");
  const provider = platform.phone(agent.phone);
  await producer.writes("1");
  await settle();
  expect(await producer.reads()).toEqual([
    expect.stringMatching(/^Le preguntamos a .+\. Tiene hasta las? .+ para responder/),
  ]);
  expect(await provider.reads()).toEqual([
    expect.stringMatching(
      /^Pedido: visita técnica de plagas en cacao, Tocache, a \d+ km.* Responda SI o NO antes de las? /,
    ),
  ]);

  await provider.writes("si jueves");
  await settle();
  expect(await producer.reads()).toEqual([expect.stringContaining(agent.phone.slice(3, 6))]);
  expect(await provider.reads()).toEqual([
    expect.stringMatching(/^Listo\. Visita: jueves 26, (S\/ \d+|gratis)\. .*900 900 001/),
  ]);

  clock.advance({ days: 4 });
  await settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^¿Vino .+\? Responda SI o NO$/)]);

  await producer.writes("si vino");
  await settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^¿Qué nota le pone a .+ Del 1/)]);

  await producer.writes("5");
  await settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^Gracias/)]);

  // Neither side reads the other's rating before both have rated, or a week is over.
  clock.advance({ days: 8 });
  await settle();
  await producer.reads();
  await producer.writes("otra vez la monilia en mi cacao");
  await settle();
  const [secondList] = await producer.reads();
  const [before, after] = [standingIn(list, agent.name ?? ""), standingIn(secondList, agent.name ?? "")];
  expect(before).toMatch(/^nota | visitas$/);
  expect(after).toMatch(/^nota | visitas$/);
  expect(after).not.toBe(before);
});
