import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";

const on = stage();

/** Another producer asks the same provider, whose answer is waited for. */
async function alsoAsks(provider: Party): Promise<Party> {
  const producer = await on.choosing();
  const { matches } = await on.requestOf(producer.number);
  for (const { rank } of matches.toSorted((a, b) => a.rank - b.rank)) {
    expect(await producer.says(String(rank))).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
    const asked = await on.askedBy(producer);
    if (asked.number === provider.number) return producer;
    await asked.says("no");
    await producer.reads();
    await on.settle();
    break;
  }
  const asked = await on.askedBy(producer);
  if (asked.number !== provider.number) throw new Error("the second order went to somebody else");
  return producer;
}

async function twoVisits() {
  const { producer, provider } = await on.agreed();
  const second = await alsoAsks(provider);
  await provider.reads();
  expect(await provider.says("si el lunes")).toEqual([expect.stringMatching(/^Listo\. Visita: lunes/)]);
  await second.reads();
  return { first: producer, second, provider };
}

describe("LISTO while another order waits for an answer", () => {
  test.each(["LISTO", "terminado", "hecho", "ya termine"])(
    "(%s) is about the visit, whose day has not come, and no answer to the order",
    async (word) => {
      const { producer, provider } = await on.agreed();
      const second = await alsoAsks(provider);
      await provider.reads();
      expect((await provider.says(word))[0]).toMatch(/^La visita es mañana\. Si ya fue, que .+ LISTO/);
      expect((await on.requestOf(producer.number)).state).toBe("agreed");
      expect((await on.requestOf(second.number)).state).toBe("asking");
      expect((await provider.says("si"))[0]).toMatch(/^Listo\. Visita/);
      expect((await on.requestOf(second.number)).state).toBe("agreed");
    },
  );

  test("takes no order where no visit has been agreed", async () => {
    const { producer, provider } = await on.waiting();
    for (const text of ["listo", "LISTO"])
      expect(await provider.says(text)).toEqual([expect.stringMatching(/^¿Toma el pedido de .+ SI o NO/)]);
    expect((await on.requestOf(producer.number)).state).toBe("asking");
    expect(await provider.says("listo, voy mañana")).toEqual([expect.stringMatching(/^Listo\. Visita/)]);
  });
});

describe("a provider with two visits", () => {
  test("is told of both by ESTADO, and says by number where they cannot go", async () => {
    const { first, second, provider } = await twoVisits();
    const [list] = await provider.says("ESTADO");
    expect(list).toMatch(
      /^Usted tiene 2 pedidos por atender:\n1 mañana: .+, 900 9\d\d \d{3}\n2 lunes \d+: .+, 900 9\d\d \d{3}\nAl terminar/,
    );
    expect(await provider.says("NO VOY 2")).toEqual([
      expect.stringMatching(/^Esta bien, ya no tiene esa visita/),
    ]);
    expect((await on.requestOf(first.number)).state).toBe("agreed");
    expect((await on.requestOf(second.number)).engagement?.providerId).not.toBe(
      (await on.requestOf(first.number)).engagement?.providerId,
    );
    expect(await provider.says("ESTADO")).toEqual([expect.stringMatching(/^Usted tiene una visita mañana/)]);
  });

  test("is asked which one CANCELAR means", async () => {
    const { first, second, provider } = await twoVisits();
    expect(await provider.says("CANCELAR")).toEqual([
      expect.stringMatching(/^¿A cual no puede ir\? Responda el numero:\n1 mañana: .+\n2 lunes/),
    ]);
    expect(await provider.says("1")).toEqual([expect.stringMatching(/^Esta bien, ya no tiene esa visita/)]);
    expect((await on.requestOf(first.number)).state).not.toBe("agreed");
    expect((await on.requestOf(second.number)).state).toBe("agreed");
  });

  test("who names a number without having read the list reads it first", async () => {
    const { first, second, provider } = await twoVisits();
    expect(await provider.says("no voy 1")).toEqual([expect.stringMatching(/^¿A cual no puede ir\?/)]);
    const states = [await on.requestOf(first.number), await on.requestOf(second.number)];
    expect(states.map(({ state }) => state)).toEqual(["agreed", "agreed"]);
  });

  test("is given both numbers to change a day", async () => {
    const { provider } = await twoVisits();
    expect(await provider.says("mejor el viernes")).toEqual([
      expect.stringMatching(/^Llamense para cambiar el dia:\n1 mañana: .+\n2 lunes/),
    ]);
  });
});

test("another day that nobody names is explained to either side, with the other's number", async () => {
  const { producer, provider } = await on.agreed();
  for (const text of ["otro dia mejor", "quiero cambiar la fecha"]) {
    expect(await producer.says(text)).toEqual([
      expect.stringContaining(`MEJOR EL JUEVES. Su numero: ${readable(provider.number)}`),
    ]);
    expect(await provider.says(text)).toEqual([
      expect.stringMatching(
        `quedo para mañana\\. Para cambiar escriba, .+ Su numero: ${readable(producer.number)}`,
      ),
    ]);
  }
  expect(await producer.says("el 2")).toEqual([expect.stringMatching(/^Su pedido de .+ va mañana\./)]);
  expect((await on.requestOf(producer.number)).state).toBe("agreed");
});

function readable(number: string): string {
  return `${number.slice(3, 6)} ${number.slice(6, 9)} ${number.slice(9)}`;
}
