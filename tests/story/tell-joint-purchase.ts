import { expect, test } from "vitest";
import { cast, producerAt } from "./cooperative-cast.ts";
import { phones, sum, type Stage } from "./stage.ts";
import { tocache, uchiza } from "./trading-partners.ts";

const tiers = [
  [
    { minimumPacks: 20, priceCentimos: 13_000 },
    { minimumPacks: 100, priceCentimos: 11_800 },
    { minimumPacks: 200, priceCentimos: 9_800 },
  ],
  [{ minimumPacks: 1, priceCentimos: 13_400 }],
  [{ minimumPacks: 50, priceCentimos: 11_900 }],
];
const [winner, ...rivals] = cast.suppliers;
/** Whom the broker enters. */
const entered = producerAt(42).phone;
/** When all who are in it hear that it costs less: who joins while a tier is reached may hear both. */
const fallen = /^Bajo el precio para todos en la compra de Urea 46%.*: ahora mas o menos S\/ \d+ cada uno\./;

/** From the opening of a joint purchase of urea until it is ordered. */
export function tellJointPurchase(on: () => Stage): void {
  const path = (rest = "") => `/api/brokering/pools/${on().pool.id}${rest}`;
  const poolAs = async (phone: string) => (await (await on().people.as(phone)).done("GET", path())).pool;

  test("the broker opens a joint purchase: members hear how to join, suppliers that they may sell", async () => {
    const { people, minka, pool, organization, inDays } = on();
    const broker = await people.as(cast.broker);
    await minka.allRead(phones);
    const opened = await broker.done("POST", "/api/brokering/pools", {
      organizer: { kind: "organization", id: organization.id },
      title: "Urea 46%",
      product: "urea",
      pack: { amount: 50, unit: "kg" },
      districts: [tocache, uchiza],
      points: [
        { name: "Almacén de Tocache", districtCode: tocache },
        { name: "Puerto de Uchiza", districtCode: uchiza },
      ],
      deadline: inDays(10),
      minimumPacks: 50,
      feeCentimosPerPack: 100,
      joiners: "members",
    });
    pool.id = opened.poolId;
    const told = await minka.allRead(phones);
    for (const phone of phones)
      expect(told.get(phone)).toEqual([
        expect.stringMatching(
          /^Cooperativa Alto Huallaga abre compra en grupo de Urea 46%\. Cierra a las .*ME APUNTO CON 5$/,
        ),
      ]);
    for (const phone of cast.suppliers)
      expect((await minka.reads(phone)).join("\n")).toMatch(/junta pedidos de Urea 46%.* antes de las/);
  });

  test("members join, change and leave in their own words; each reads the price and how near the next is", async () => {
    const { people, minka } = on();
    const [tolerant = "", alsoTolerant = "", changing = "", leaving = "", ...others] = phones.slice(0, 42);
    const joined =
      /^Anotado: .* de Urea 46%\. Hoy a mas o menos S\/ \d+ cada uno\. (Faltan? \d+ sacos? para S\/ \d+\. )?Cierra a las/;
    const answers = await minka.allSay([
      [tolerant, "me apunto con 4 a 6 sacos de urea"],
      [alsoTolerant, "apunteme 4 a 6"],
      [changing, "me apunto con 5 sacos de urea"],
      [leaving, "quiero entrar a la compra con 5 sacos"],
      ...others.map(
        (phone, index) => [phone, index % 2 === 0 ? "me apunto con 4" : "anoteme 5 sacos"] as const,
      ),
    ]);
    for (const texts of answers.values())
      expect(texts.filter((text) => !fallen.test(text))).toEqual([expect.stringMatching(joined)]);
    expect(answers.get(tolerant)?.join("\n")).toContain("de 4 a 6 sacos");
    expect(await minka.says(changing, "cambio a 7 sacos")).toEqual([
      expect.stringMatching(/^Anotado: 7 sacos/),
    ]);
    expect(await minka.says(leaving, "salgo de la compra")).toEqual([
      expect.stringMatching(/ya no esta en la compra de Urea 46%/),
    ]);
    expect(await minka.says(leaving, "me apunto otra vez con 3 sacos")).toEqual([
      expect.stringMatching(/^Anotado: 3 sacos/),
    ]);

    expect(await minka.says(changing, "estado")).toEqual([
      expect.stringMatching(/^Su compra en grupo: 7 sacos de Urea 46%/),
    ]);

    // The last one has no time to write: the broker enters her, and she hears of it.
    const { personId } = await people.as(entered);
    await (await people.as(cast.broker)).done("POST", path("/orders"), { personId, packs: 7 });
    expect(await minka.reads(entered)).toEqual([
      expect.stringMatching(/^Le anotaron 7 .*Urea 46% .* SALGO antes de/),
    ]);
    expect(await minka.says(tolerant, "COMPRA")).toEqual([
      expect.stringMatching(
        /^Su compra en grupo: de 4 a 6 sacos.* Hoy a mas o menos S\/ 119 cada uno\. Faltan 2 sacos para S\/ 99\. Cierra a/,
      ),
    ]);
    expect(await poolAs(cast.broker)).toMatchObject({ packs: 198, people: 43, tiers: null });
  });

  test("suppliers quote by the total, sealed until the deadline, and not after it", async () => {
    const { platform, people, minka, partners, inDays } = on();
    platform.clock.advance({ days: 9 });
    const told = await minka.allRead(phones);
    expect([...told.values()].flat()).toEqual(expect.arrayContaining([expect.stringMatching(fallen)]));
    const { points } = await poolAs(cast.broker);
    const quote = async (phone: string, index: number) =>
      (await people.as(phone)).call("POST", path("/quotes"), {
        providerId: partners.get(phone)?.providerId,
        tiers: tiers[index],
        deliveryCentimos: Object.fromEntries(points.map(({ id }: { id: string }) => [id, 5_000])),
        validUntil: inDays(20),
      });
    for (const [index, phone] of cast.suppliers.entries())
      expect((await quote(phone, index)).status).toBe(201);
    const broker = await people.as(cast.broker);
    expect(await broker.call("GET", path("/quotes"))).toMatchObject({
      status: 403,
      body: { code: "quotes-sealed" },
    });
    platform.clock.advance({ days: 1 });
    await minka.allRead([cast.manager, cast.broker]);
    expect(await quote(winner, 0)).toMatchObject({ status: 409, body: { code: "quote-too-late" } });
  });

  test("a tier that tolerance reaches lowers the price for all; manager, supplier and members say SI to it", async () => {
    const { people, minka } = on();
    const { state, awardId } = await poolAs(cast.broker);
    expect(state).toBe("proposed");
    const broker = await people.as(cast.broker);
    const approval = `/api/brokering/pool-awards/${awardId}/approval`;
    expect(await broker.call("POST", approval)).toMatchObject({ body: { code: "own-proposal" } });
    expect((await minka.says(cast.manager, "SI")).join("\n")).toMatch(/^Aprobada la compra de Urea 46%/);
    expect(await minka.reads(winner)).toEqual([
      expect.stringMatching(
        /le compra 200 sacos de Urea 46% por S\/ 19,650 con entrega\. .*SI o NO antes de/,
      ),
    ]);
    for (const phone of rivals) expect(await minka.reads(phone)).toEqual([]);
    expect(await minka.says(winner, "SI")).toEqual([expect.stringMatching(/^Gracias\. Le avisamos/)]);

    const asked = await minka.allRead(phones);
    const terms =
      /^Urea 46%: \d sacos por S\/ [\d.]+, a S\/ 99\.25 cada uno, en Almacén de Tocache\. .*SI o NO/;
    for (const phone of phones) {
      expect(asked.get(phone)).toEqual([expect.stringMatching(terms)]);
      // Silence binds nobody whom the broker entered.
      const silence = phone === entered ? /queda fuera\.$/ : /sigue dentro\.$/;
      expect(asked.get(phone)?.[0]).toMatch(silence);
    }
    const answers = await minka.allSay(phones.map((phone) => [phone, "SI"] as const));
    for (const phone of phones)
      expect(answers.get(phone)?.at(-1)).toMatch(
        /^Su compra esta lista: \d sacos de Urea 46% por S\/ [\d.]+, en/,
      );
    expect(await minka.reads(winner)).toEqual([
      expect.stringMatching(
        /^Pedido firme de Cooperativa Alto Huallaga: 200 sacos de Urea 46% por S\/ 19,650/,
      ),
    ]);
    for (const phone of rivals)
      expect(await minka.reads(phone)).toEqual([
        "Gracias por su precio para Urea 46%. Esta vez Cooperativa Alto Huallaga compra a otro proveedor.",
      ]);
    expect((await poolAs(cast.broker)).state).toBe("ordered");

    const { award } = await broker.done("GET", `/api/brokering/pool-awards/${awardId}`);
    expect(award).toMatchObject({ packs: 200, toleranceUsed: true, goodsCentimos: 200 * 9_800 });
    const members = sum(award.orders.map((order: { totalCentimos: number }) => order.totalCentimos));
    const invoices = sum(
      award.suppliers.map((supplier: { totalCentimos: number }) => supplier.totalCentimos),
    );
    expect(award.orders).toHaveLength(43);
    expect(members).toBe(invoices + 200 * 100);
  });
}
