import { profilesConfirmations } from "@minka/contracts/confirmations";
import { identifyPhone } from "@minka/contracts/profiles";
import { registerOrganization } from "@minka/contracts/organizations";
import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";

const on = stage();
const trace = { trace: "test-organizations" };

async function personAt({ number }: Party) {
  const call = on.platform.callAs("notifications");
  const { person } = await call(identifyPhone, { body: { phone: number } }, trace);
  if (!person) throw new Error("nobody is registered there");
  return person;
}

/** An organization of Tocache with its manager's phone. */
async function led(name: string) {
  const manager = await on.registered();
  const person = await personAt(manager);
  const { organization } = await on.platform.callAs("notifications")(
    registerOrganization,
    {
      body: {
        personId: person.id,
        kind: "association",
        name,
        districtCode: "221001",
        crops: ["cacao"],
        entryFeeCentimos: 2_000,
        requirements: ["Una parcela de cacao"],
        services: ["Venta en grupo"],
      },
    },
    trace,
  );
  return { manager, organization };
}

describe("organizations by SMS", () => {
  test("are listed with what joining costs; a number tells more, and SI asks for admission", async () => {
    const { manager } = await led("AAA Cacaoteros del Valle");
    const producer = await on.registered();
    const [list] = await producer.says("quiero entrar a una asociacion de cacao");
    const number = /(\d) AAA Cacaoteros del Valle, cuota S\/ 20/.exec(list ?? "")?.[1];
    expect(number).toBeDefined();
    const [card] = await producer.says(number ?? "1");
    expect(card).toMatch(/una parcela de cacao.+venta en grupo.+SI o NO$/s);
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^Pedimos su ingreso a AAA Cacao/)]);
    expect(await manager.reads()).toEqual([expect.stringMatching(/SI o NO/)]);
    await manager.says("si");
    expect(await producer.reads()).toEqual([expect.stringMatching(/AAA Cacaoteros/)]);
    const [sure] = await producer.says("quiero salir de la asociacion");
    expect(sure).toMatch(/^¿Quiere salir de AAA Cacaoteros del Valle\?/);
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^Listo, salio de/)]);
    expect(await producer.says("quiero salir de la asociacion")).toEqual([
      expect.stringMatching(/^Usted no esta en ninguna/),
    ]);
  });

  test("are found by who is not known yet, whose admission is asked for as soon as they have agreed", async () => {
    const producer = on.stranger();
    expect(await producer.says("quiero salir de la cooperativa")).toEqual([
      expect.stringMatching(/^Usted no est[aá] en ninguna/),
    ]);
    expect(await producer.says("quiero entrar a la cooperativa tahuari")).toEqual([
      expect.stringMatching(/distrito est[aá] su chacra/),
    ]);
    expect(await producer.says("tocache")).toEqual([expect.stringMatching(/^Cerca de Tocache:\n1 /)]);
    expect(await producer.says("1")).toEqual([
      expect.stringMatching(/Pedimos su ingreso\? Responda SI o NO$/),
    ]);
    expect(await producer.says("si")).toEqual([expect.stringMatching(/Acepta\? Responda SI o NO$/)]);
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^Pedimos su ingreso a /)]);
    const { id, districtCode } = await personAt(producer);
    expect(districtCode).toBe("221001");
    const memberships = await on.owner`select state from profiles.memberships where person_id = ${id}`;
    expect(memberships.map(({ state }) => String(state))).toEqual(["asked"]);
  });

  test("a group of who is not known yet starts once they have agreed and said where", async () => {
    const [second, third, fourth] = [await on.registered(), on.stranger(), on.stranger()];
    const written = (party: Party) => party.number.replace("+51", "");
    const group = `GRUPO Juan ${written(second)}, Maria Flores ${written(third)}`;
    await fourth.says("registrar");
    expect(await fourth.says(group)).toEqual([expect.stringMatching(/Acepta\? Responda SI o NO$/)]);
    expect(await fourth.says("si")).toEqual([expect.stringMatching(/distrito est[aá] su chacra/)]);
    expect(await fourth.says("tocache")).toEqual([expect.stringMatching(/^Listo\. Preguntamos a 2 vecinos/)]);
    expect(await second.reads()).toEqual([expect.stringMatching(/SI o NO/)]);
  });

  test("NO leaves the list, and a new need goes before it", async () => {
    await led("AAB Cafetaleros");
    const producer = await on.registered();
    await producer.says("busco una asociacion");
    expect(await producer.says("NO")).toEqual([expect.not.stringMatching(/No le ent/)]);
    await producer.says("busco una asociacion");
    expect(await producer.says("necesito tecnico para mi cacao en tocache")).toEqual([
      expect.stringMatching(/^3 pueden atender/),
    ]);
  });

  test("neighbours form a group when three have said yes", async () => {
    const [first, second, third] = [await on.registered(), await on.registered(), on.stranger()];
    await personAt(first);
    const written = (party: Party) => party.number.replace("+51", "");
    expect(await first.says("quiero formar un grupo")).toEqual([
      expect.stringMatching(/^Para formar un grupo/),
    ]);
    expect(await first.says(`GRUPO Juan ${written(second)}, Maria Flores ${written(third)}`)).toEqual([
      expect.stringMatching(/^Listo\. Preguntamos a 2 vecinos/),
    ]);
    expect(await second.reads()).toEqual([expect.stringMatching(/SI o NO/)]);
    await second.says("si");
    expect(await first.reads()).toEqual([]);
    expect(await third.reads()).toEqual([expect.stringMatching(/SI o NO/)]);
    await third.says("si");
    expect(await first.reads()).toEqual([expect.stringMatching(/grupo/i)]);
    const late = await on.platform.callAs("notifications")(
      profilesConfirmations.read,
      {
        params: {
          kind: "membership",
          id: String(
            (await on.owner`select id from profiles.memberships order by id desc limit 1`)[0]?.["id"],
          ),
        },
      },
      trace,
    );
    expect(late.question).toBeNull();
  });
});
