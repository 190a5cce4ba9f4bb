import { expect, test } from "vitest";
import { cast, producerAt } from "./cooperative-cast.ts";
import { phones, sum, type Stage } from "./stage.ts";

const [supplier] = cast.suppliers;
/** Who pays by Yape, and who does not get all that was hers. */
const rosa = producerAt(0);
const nelida = producerAt(2);
const hers = 7;

type Due = { orderId: string; name: string; dueCentimos: number; owedCentimos: number };

/** Payments, the delivery and one shortage of the joint purchase. */
export function tellDelivery(on: () => Stage): void {
  const path = (rest = "") => `/api/brokering/pools/${on().pool.id}${rest}`;
  const broker = () => on().people.as(cast.broker);
  const report = async () => (await (await broker()).done("GET", path("/report"))).report;
  const dueOf = async ({ name }: { name: string }): Promise<Due> =>
    (await report()).members.find((member: Due) => member.name === name);
  const payment = (orderId: string, amountCentimos: number, more: object) => ({
    subject: { kind: "pool-order", id: orderId },
    amountCentimos,
    ...more,
  });
  const addsUp = async () => {
    const { members, totals } = await report();
    expect(sum(members.map(({ dueCentimos }: Due) => dueCentimos))).toBe(
      totals.suppliersDueCentimos + totals.feeCentimos,
    );
  };

  test("a member says by SMS that she paid by Yape, and the broker confirms it by SMS; an operation counts once", async () => {
    const { people, minka } = on();
    await minka.allRead([cast.broker, rosa.phone]);
    const yape = { method: "yape", operationNumber: "04471930" };
    expect(await minka.says(rosa.phone, "ya pagué 595.50 por yape, operacion 04471930")).toEqual([
      expect.stringMatching(
        /^Anotado: usted pago S\/ 595\.50 .+Cooperativa Alto Huallaga\. Cuando confirmen/,
      ),
    ]);
    const other = await dueOf(nelida);
    const again = payment(other.orderId, other.owedCentimos, yape);
    expect(
      await (await people.as(nelida.phone)).call("POST", "/api/brokering/payments", again),
    ).toMatchObject({
      status: 409,
      body: { code: "payment-already-recorded" },
    });
    expect(await minka.reads(cast.broker)).toEqual([
      "Rosa Huaman Ruiz dice que le pago S/ 595.50 por Yape, operacion 04471930. ¿Los recibio? Responda SI o NO",
    ]);
    expect(await minka.says(cast.broker, "SI")).toEqual(["Anotado: usted recibio S/ 595.50. Gracias."]);
    expect(await minka.reads(rosa.phone)).toEqual([
      "Cooperativa Alto Huallaga confirmo que recibio S/ 595.50. Gracias.",
    ]);
    expect((await dueOf(rosa)).owedCentimos).toBe(0);
  });

  test("the broker writes down the others' cash, which counts at once and is told to who paid", async () => {
    const { minka } = on();
    const { members } = await report();
    const waiting = members.filter(({ name, owedCentimos }: Due) => owedCentimos > 0 && name !== nelida.name);
    expect(waiting).toHaveLength(41);
    const caller = await broker();
    await Promise.all(
      waiting.map(({ orderId, owedCentimos }: Due) =>
        caller.done("POST", "/api/brokering/payments", payment(orderId, owedCentimos, { method: "cash" })),
      ),
    );
    expect(await minka.reads(producerAt(6).phone)).toEqual([
      "Cooperativa Alto Huallaga confirmo que recibio S/ 397. Gracias.",
    ]);
    const { totals } = await report();
    expect(totals.membersDueCentimos - totals.membersPaidCentimos).toBe((await dueOf(nelida)).owedCentimos);
  });

  test("members hear when and where it comes, and say by SMS whether all did", async () => {
    const { people, minka, partners, dayIn, platform } = on();
    const providerId = partners.get(supplier)?.providerId;
    const seller = await people.as(supplier);
    const { deliveries } = await seller.done("GET", `${path("/deliveries")}?providerId=${providerId}`);
    const [{ id: deliveryId }] = deliveries;
    const delivery = (rest = "") => `/api/brokering/pool-deliveries/${deliveryId}${rest}`;
    await minka.allRead([...phones, cast.broker]);
    await seller.done("PUT", delivery(), { day: dayIn(3) });
    const coming = await minka.allRead(phones);
    for (const phone of phones)
      expect(coming.get(phone)).toEqual([
        expect.stringMatching(/^Su pedido de Urea 46%, \d sacos, llega el lunes 7 a Almacén de Tocache/),
      ]);
    const { points } = await (await broker()).done("GET", path("/packing-list"));
    expect(points).toMatchObject([{ packs: 200 }, { packs: 0 }]);
    expect(points[0].lines).toHaveLength(43);

    platform.clock.advance({ days: 3 });
    await (await people.as(supplier)).done("POST", delivery("/arrival"));
    const asked = await minka.allRead(phones);
    for (const phone of phones)
      expect(asked.get(phone)).toEqual([
        expect.stringMatching(/^¿Recibio \d sacos de Urea 46% en Almacén de Tocache\? Responda SI o NO$/),
      ]);
    await minka.reads(cast.broker);
    const answers = await minka.allSay(
      phones.map((phone) => [phone, phone === nelida.phone ? "NO" : "SI"] as const),
    );
    for (const phone of phones)
      expect(answers.get(phone)).toEqual([
        phone === nelida.phone
          ? expect.stringMatching(/^Anotado: no le llego todo\..*cuanto falto/)
          : "Anotado: recibio todo. Gracias.",
      ]);
    expect(await minka.reads(cast.broker)).toEqual([
      expect.stringMatching(/^A Nélida Huaman Ruiz no le llego todo de Urea 46%\. Preguntele cuanto falto/),
    ]);

    const { orderId } = await dueOf(nelida);
    const { receipts } = await (await broker()).done("GET", `/api/brokering/pool-orders/${orderId}/receipts`);
    await (
      await broker()
    ).done("POST", `/api/brokering/pool-receipts/${receipts[0].id}/answer`, {
      packs: hers - 1,
    });
    expect(await minka.reads(supplier)).toEqual([
      expect.stringMatching(/^De Urea 46% en Almacén de Tocache falto o llego mal: 1 saco\./),
    ]);
    await (await people.as(supplier)).done("POST", delivery("/claims/answer"), { answer: { do: "credit" } });
    expect(await minka.reads(nelida.phone)).toEqual([
      "Lo que falto de Urea 46% (1 saco) se descuenta: usted paga S/ 99 menos.",
    ]);
    await addsUp();
  });

  test("with everything paid, the supplier too, the purchase is completed", async () => {
    const { minka } = on();
    const caller = await broker();
    const { orderId, owedCentimos } = await dueOf(nelida);
    const cash = payment(orderId, owedCentimos, { method: "cash" });
    await caller.done("POST", "/api/brokering/payments", cash);
    const [invoice] = (await report()).suppliers;
    await caller.done("POST", "/api/brokering/payments", {
      subject: { kind: "pool-invoice", id: invoice.invoiceId },
      amountCentimos: invoice.owedCentimos,
      method: "bank",
      operationNumber: "BN-8841",
    });
    expect(await minka.reads(supplier)).toEqual([
      expect.stringMatching(/le pago S\/ 19,552 por banco, operacion BN8841\. ¿Los recibio\?/),
    ]);
    expect(await minka.says(supplier, "SI")).toEqual(["Anotado: usted recibio S/ 19,552. Gracias."]);
    expect(await report()).toMatchObject({
      state: "completed",
      totals: { membersPaidCentimos: 1_985_000 - 9_900, suppliersPaidCentimos: 1_955_200 },
    });
  });
}
