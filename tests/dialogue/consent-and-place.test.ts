import { identifyPhone } from "@minka/contracts/profiles";
import { describe, expect, test } from "vitest";
import { pest, stage, type Party } from "./scene.ts";

const on = stage();
const consent = /Acepta\? Responda SI o NO$/;
const personAt = async ({ number }: Party) => {
  const call = on.platform.callAs("notifications");
  return (await call(identifyPhone, { body: { phone: number } }, { trace: "test" })).person;
};

describe("consent", () => {
  test("refused keeps no person and nothing of what was written", async () => {
    const phone = on.stranger();
    await phone.says("soy Rosalbina, necesito tecnico pa mi cacao en Uchiza");
    expect(await phone.says("no")).toEqual([expect.stringMatching(/^Esta bien, no guardamos su pedido/)]);
    expect(await personAt(phone)).toBeNull();
    expect(
      await on.owner`
      select body from notifications.inbound_messages where phone = ${phone.number} and body is not null`,
    ).toEqual([]);
    expect(
      await on.owner`
      select subject from notifications.prompts where phone = ${phone.number}`,
    ).toEqual([{ subject: { kind: "consent", need: null, districtCode: null, places: [], name: null } }]);
    expect(await phone.says(pest)).toEqual([expect.stringMatching(consent)]);
  });

  test("is asked again when something else comes, and a YES then serves what they came for", async () => {
    const phone = on.stranger();
    await phone.says(pest);
    expect(await phone.says("para que quieren saber")).toEqual([
      expect.stringMatching(/necesitamos su permiso.+SI o NO$/),
    ]);
    expect(await personAt(phone)).toBeNull();
    expect(await phone.says("ya pues acepto")).toEqual([
      expect.stringMatching(/^3 pueden atender en Tocache/),
    ]);
  });

  test("is asked once for several messages before it, of which the last need and all else count", async () => {
    const phone = on.stranger();
    await phone.writes("nesecito tecnico pa la monilia en mi cacao");
    await phone.writes("vivo en tocache");
    await on.settle();
    const asked = await phone.reads();
    expect(asked.at(-1)).toMatch(consent);
    expect(await phone.says("si")).toEqual([expect.stringMatching(/^3 pueden atender en Tocache/)]);
    expect((await on.requestOf(phone.number)).need).toMatchObject({
      topic: "pest_management",
      crop: "cacao",
    });
  });

  test("given after the question has lapsed still counts", async () => {
    const phone = on.stranger();
    await phone.says(pest);
    on.platform.clock.advance({ days: 3 });
    await on.settle();
    expect(await phone.says("si")).toEqual([expect.stringMatching(/^3 pueden atender en Tocache/)]);
  });

  test("CANCELAR instead of an answer is a no, ESTADO says what is missing", async () => {
    const phone = on.stranger();
    await phone.says(pest);
    expect(await phone.says("ESTADO")).toEqual([expect.stringMatching(/necesitamos su permiso/)]);
    expect(await phone.says("CANCELAR")).toEqual([
      expect.stringMatching(/^Esta bien, no guardamos su pedido/),
    ]);
    expect(await personAt(phone)).toBeNull();
  });
});

describe("the district", () => {
  async function asked(): Promise<Party> {
    const phone = on.stranger();
    await phone.says("nesecito un tecnico pa la monilia en mi cacao");
    expect(await phone.says("si")).toEqual([expect.stringMatching(/^¿En qué distrito esta su chacra\?/)]);
    return phone;
  }

  test("is understood with a slip of the thumb", async () => {
    const phone = await asked();
    expect(await phone.says("tocahce")).toEqual([expect.stringMatching(/^3 pueden atender en Tocache/)]);
  });

  test("of a shared name is chosen by number", async () => {
    const phone = await asked();
    const [options] = await phone.says("santa rosa");
    expect(options).toMatch(
      /^Hay varios lugares con ese nombre\. Responda el n[uú]mero:\n1 Santa Rosa.+\n2 Santa Rosa/,
    );
    const first = /\n1 (.+)/.exec(options ?? "")?.[1]?.split(",")[0];
    await phone.says("1");
    const { districtCode } = await on.requestOf(phone.number);
    expect(await personAt(phone)).toMatchObject({ districtCode });
    expect(first).toContain("Santa Rosa");
  });

  test("with a number that is not among the options is asked again", async () => {
    const phone = await asked();
    const [options] = await phone.says("santa rosa");
    expect(await phone.says("9")).toEqual([expect.stringMatching(/^(No conozco ese lugar|Hay varios)/)]);
    expect(options).toContain("\n1 ");
    expect(await phone.says("tocache")).toEqual([expect.stringMatching(/^3 pueden atender en Tocache/)]);
  });

  test("that nobody knows is asked again, then a person helps, and the right answer still serves", async () => {
    const phone = await asked();
    expect(await phone.says("xyzzyq")).toEqual([expect.stringMatching(/^No conozco ese lugar/)]);
    expect(await phone.says("qwrtplk")).toEqual([expect.stringMatching(/^No conozco ese lugar/)]);
    expect(await phone.says("zzxxyq")).toEqual([
      expect.stringMatching(/^No le entendi todavia\. Una persona/),
    ]);
    expect(await phone.says("wwqqzz")).toEqual([]);
    expect(
      await on.owner`
      select kind from notifications.attention_items where phone = ${phone.number}`,
    ).toEqual([{ kind: "not_understood" }]);
    expect(await phone.says("uchiza")).toEqual([expect.stringMatching(/pueden? atender en Uchiza/)]);
  });

  test("is not mistaken for a greeting or a yes", async () => {
    const phone = await asked();
    expect(await phone.says("hola")).toEqual([expect.stringMatching(/^¿En qué distrito/)]);
    expect(await phone.says("si")).toEqual([expect.stringMatching(/^No conozco ese lugar/)]);
  });

  test("can be given up, and ESTADO asks it again", async () => {
    const phone = await asked();
    expect(await phone.says("ESTADO")).toEqual([expect.stringMatching(/^¿En qué distrito/)]);
    expect(await phone.says("CANCELAR")).toEqual([expect.stringMatching(/^Esta bien, no buscamos nada/)]);
    expect(await phone.says("tocache")).toEqual([expect.stringMatching(/^Listo, su chacra esta en Tocache/)]);
  });

  test("is known from then on, and a request from elsewhere does not move the farm", async () => {
    const phone = await asked();
    await phone.says("tocache");
    await phone.says("CANCELAR");
    expect(await phone.says("tecnico para la monilia del cacao en uchiza")).toEqual([
      expect.stringMatching(/en Uchiza/),
    ]);
    await phone.says("CANCELAR");
    expect(await phone.says("tengo monilia en el cacao, manden tecnico")).toEqual([
      expect.stringMatching(/^3 pueden atender en Tocache/),
    ]);
  });
});
