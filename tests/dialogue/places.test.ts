import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";

const on = stage();

describe("a name that many districts bear", () => {
  test("offers those of the programme's regions first, and how to name another", async () => {
    const phone = await placeAsked();
    const [options = ""] = await phone.says("santa rosa");
    expect(options).toMatch(
      /^Hay varios lugares con ese nombre\. Responda el numero:\n1 Santa Rosa.*San Martin\n/,
    );
    expect(options).toMatch(/\n3 .+\nO escriba distrito y provincia$/);
  });
});

describe("a name that only a far district bears", () => {
  test.each(["1", "si", "la ramada"])("is taken for it only after a yes: %s", async (answer) => {
    const phone = await placeAsked();
    expect(await phone.says("la ramada")).toEqual([
      "Solo conozco ese nombre en otra region. Si es ahi, responda el numero:\n1 La Ramada, Cajamarca\nSi no, escriba distrito y provincia",
    ]);
    expect(await on.requestsOf(phone.number)).toEqual([]);
    await phone.says(answer);
    expect(await on.requestsOf(phone.number)).toMatchObject([{ districtCode: "060605" }]);
  });

  test("gives way to the district that they write then", async () => {
    const phone = await on.registered();
    expect(await phone.says("trujillo")).toEqual([expect.stringMatching(/^Solo conozco ese nombre/)]);
    expect(await phone.says("uchiza")).toEqual([expect.stringMatching(/^Listo, su chacra esta en Uchiza/)]);
  });
});

test("a region's name is asked for the district within it", async () => {
  const phone = await placeAsked();
  expect(await phone.says("san martin")).toEqual([
    "San Martin tiene muchos distritos. ¿En cual esta su chacra? Escriba el nombre",
  ]);
  expect(await phone.says("tocache")).toEqual([expect.stringMatching(/^3 pueden atender en Tocache/)]);
});

describe("a place that nobody knows", () => {
  test("is asked for again", async () => {
    const producer = await on.registered();
    expect(await producer.says("vivo en marte")).toEqual([expect.stringMatching(/^No conozco ese lugar/)]);
    expect(await producer.says("uchiza")).toEqual([
      expect.stringMatching(/^Listo, su chacra esta en Uchiza/),
    ]);
  });
});

describe("a provider's question about an order", () => {
  test("is answered with where, for how much and until when, and the order stays open", async () => {
    const { producer, provider } = await on.waiting();
    for (const text of ["donde queda", "que paga", "cuanto me pagan", "a que hora", "que numero"])
      expect(await provider.says(text)).toEqual([
        expect.stringMatching(
          /^Pedido: visita t[eé]cnica de plagas en cacao\. Lugar: Tocache, provincia de Tocache \(a .+ km\)\. Precio: (S\/ \d+|gratis)\. Responda SI o NO antes de las? /,
        ),
      ]);
    expect(await provider.says("si")).toEqual([expect.stringMatching(/^Listo\. Visita/)]);
    expect(await provider.says("donde queda")).toEqual([
      expect.stringMatching(/^Usted tiene una visita .+Tocache/),
    ]);
    expect((await on.requestOf(producer.number)).state).toBe("agreed");
  });
});

describe("at the question which district", () => {
  test("'no' gives the need up", async () => {
    const phone = await placeAsked();
    expect(await phone.says("no")).toEqual([expect.stringMatching(/^Esta bien, no buscamos nada/)]);
    expect(await phone.says("tocache")).toEqual([expect.stringMatching(/^Listo, su chacra esta en Tocache/)]);
  });

  test("AYUDA says what to write", async () => {
    const phone = await placeAsked();
    expect(await phone.says("ayuda")).toEqual([expect.stringMatching(/^Escriba su distrito y su provincia/)]);
    expect(await phone.says("tocache")).toEqual([expect.stringMatching(/^3 pueden atender en Tocache/)]);
  });

  test("'no' to numbered districts asks for district and province", async () => {
    const phone = await placeAsked();
    await phone.says("santa rosa");
    expect(await phone.says("ninguno")).toEqual([
      expect.stringMatching(/^No conozco ese lugar\. Escriba su distrito/),
    ]);
    expect(await phone.says("tocache")).toEqual([expect.stringMatching(/^3 pueden atender en Tocache/)]);
  });
});

async function placeAsked(): Promise<Party> {
  const phone = on.stranger();
  await phone.says("nesecito un tecnico pa la monilia en mi cacao");
  expect(await phone.says("si")).toEqual([expect.stringMatching(/^¿En qué distrito esta su chacra\?/)]);
  return phone;
}

test("a shared name in the first message is asked with its numbers after the consent", async () => {
  const phone = on.stranger();
  await phone.says("tecniko pal cafe en santa rosa");
  const [question] = await phone.says("si");
  expect(question).toMatch(/^Hay varios lugares con ese nombre.*\n1 Santa Rosa/);
  expect(await phone.says("1")).toHaveLength(1);
});

test("a loan is asked for where the message says", async () => {
  const phone = on.stranger();
  await phone.says("prestamo 5 mil pa abono juanjui");
  expect(await phone.says("si")).toEqual([expect.stringMatching(/cuantos meses/)]);
  expect(await phone.says("12")).toHaveLength(1);
  const [credit] =
    await on.owner`select district_code from brokering.credits order by created_at desc limit 1`;
  expect(credit).toEqual({ district_code: "220601" });
});
