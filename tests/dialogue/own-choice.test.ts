import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";

const on = stage();

/** Names of the three that a producer has just read, in their order. */
async function namesOf({ number }: Party): Promise<string[]> {
  const { matches } = await on.requestOf(number);
  return matches
    .filter(({ rank, round }) => rank <= 3 && round === 1)
    .map(({ providerName }) => providerName);
}

/** As much of a name as survives its shortening and folding. */
const start = (name: string | undefined) =>
  (name ?? "?").slice(0, 12).normalize("NFD").replace(/\p{M}/gu, ".?");

describe("who has chosen and changes their mind", () => {
  test("'mejor la 2' asks the second instead; the first is told, and their yes comes too late", async () => {
    const { producer, provider } = await on.waiting();
    const [first, second] = await namesOf(producer);
    expect(await producer.says("no, mejor la 2")).toEqual([
      expect.stringMatching(
        new RegExp(`^Listo, ya no esperamos a ${start(first)}.*Le preguntamos a ${start(second)}`),
      ),
    ]);
    expect((await on.askedBy(producer)).name).toBe(second);
    expect(await provider.reads()).toEqual([
      expect.stringMatching(/^Ya no hace falta que responda el pedido/),
    ]);
    expect(await provider.says("si")).not.toContainEqual(expect.stringMatching(/^Listo/));
    expect((await on.requestOf(producer.number)).state).toBe("asking");
  });

  test("who does not say whom reads how to, and nothing changes", async () => {
    const { producer, provider } = await on.waiting();
    expect(await producer.says("me equivoque")).toEqual([
      expect.stringMatching(/Para preguntar a otra persona de la lista escriba: MEJOR EL 2\. /),
    ]);
    expect(await provider.says("si")).toEqual([expect.stringMatching(/^Listo/)]);
  });
});

describe("POR QUE and REVISAR", () => {
  test("tell why the first is first, or another is there, and bring it before a person", async () => {
    const producer = await on.choosing();
    const [first, second] = await namesOf(producer);
    expect(await producer.says("por que?")).toEqual([
      expect.stringMatching(
        new RegExp(`^${start(first)}.* va primero por esto: .*a \\d+ km, .*computadora.*responda REVISAR$`),
      ),
    ]);
    expect(await producer.says("xq el 2")).toEqual([
      expect.stringMatching(new RegExp(`^${start(second)}.* esta en la lista por esto: `)),
    ]);
    expect(await producer.says("revisar")).toEqual([
      expect.stringMatching(/^Listo\. Una persona de Minka mirara su pedido de /),
    ]);
    const { id } = await on.requestOf(producer.number);
    const [item] = await on.owner`
      select kind from notifications.attention_items where subject = ${id} and resolved_at is null`;
    expect(item).toEqual({ kind: "review_asked" });
    // The list is still theirs to choose from.
    expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  });
});

describe("AQUI", () => {
  test("of an agent at today's visit is thanked for, coming and going, and tells nobody else anything", async () => {
    const { producer, provider } = await on.agreed();
    expect(await provider.says("aqui")).toEqual([expect.stringMatching(/^Ahora no le toca ninguna visita/)]);
    on.platform.clock.set(new Date("2026-11-25T14:00:00Z"));
    await on.settle();
    await provider.reads();
    expect(await provider.says("AQUI")).toEqual(["Gracias."]);
    expect(await provider.says("aki")).toEqual(["Gracias."]);
    await producer.reads();
  });

  test("who does not say that they left is asked once, an operator hears of it, and AQUI settles it", async () => {
    const { producer, provider } = await on.agreed();
    on.platform.clock.advance({ days: 1 });
    await on.settle();
    await provider.reads();
    expect(await provider.says("aqui")).toEqual(["Gracias."]);
    on.platform.clock.advance({ hours: 3, minutes: 31 });
    await on.settle();
    const inQueue = () => on.owner`
      select resolved_by from notifications.attention_items
      where kind = 'presence_overdue' and phone = ${provider.number} order by at desc limit 1`;
    expect(await provider.reads()).toContain("¿Todo bien? Responda AQUI");
    expect(await inQueue()).toMatchObject([{ resolved_by: null }]);
    on.platform.clock.advance({ hours: 1 });
    await on.settle();
    expect(await provider.reads()).not.toContain("¿Todo bien? Responda AQUI");
    expect(await provider.says("AQUI")).toEqual(["Gracias."]);
    expect(await inQueue()).toMatchObject([{ resolved_by: "system" }]);
    await producer.reads();
  });
});

describe("BLOQUEAR", () => {
  test("after a service asks whether they are sure; then that provider is on no list of theirs", async () => {
    const { producer, provider } = await on.ratingAsked();
    await producer.says("1");
    const ask = new RegExp(`^¿Ya no quiere que le propongamos a ${start(provider.name)}`);
    expect(await producer.says(`no quiero mas con ${provider.name.split(" ")[0]}`)).toEqual([
      expect.stringMatching(ask),
    ]);
    expect(await producer.says("no")).toEqual(["Esta bien, todo sigue igual."]);
    expect(await producer.says("BLOQUEAR")).toEqual([expect.stringMatching(ask)]);
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^Listo, no le proponemos mas a /)]);
    await producer.says("otro tecnico para la monilia en mi cacao");
    const { matches } = await on.requestOf(producer.number);
    expect(matches.map(({ providerName }) => providerName)).not.toContain(provider.name);
  });

  test("of one on the list puts the list again without them", async () => {
    const producer = await on.choosing();
    const [first, second] = await namesOf(producer);
    await producer.says(`bloquear a ${first}`);
    expect(await producer.says("SI")).toEqual([
      expect.stringMatching(/^Listo, no le proponemos mas/),
      expect.stringMatching(new RegExp(`^\\d pueden? atender en Tocache:\\n1 ${start(second)}`)),
    ]);
    await producer.says("1");
    expect((await on.askedBy(producer)).name).toBe(second);
  });

  test("of a provider who is asked takes that order from them, and the next is asked", async () => {
    const { producer, provider } = await on.waiting();
    expect(await provider.says("bloquear")).toEqual([
      expect.stringMatching(
        /^¿Ya no quiere pedidos de quien pide visita t[eé]cnica .+ en Tocache\? Responda SI o NO/,
      ),
    ]);
    const told = await provider.says("si");
    expect(told[0]).toMatch(/^Listo, no le llegan mas pedidos de esa persona/);
    expect(told).not.toContainEqual(expect.stringMatching(/^Pedido/));
    expect((await on.askedBy(producer)).name).not.toBe(provider.name);
    expect(await producer.reads()).toEqual([expect.stringMatching(/ no puede\. Ya le preguntamos a /)]);
  });
});
