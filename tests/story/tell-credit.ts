import { expect, test } from "vitest";
import { cast, producerAt } from "./cooperative-cast.ts";
import type { Stage } from "./stage.ts";

/** Who borrows. */
export const doris = producerAt(6);

/** A credit for which the cooperative vouches, until its money has come. */
export function tellCredit(on: () => Stage): void {
  const asDoris = () => on().people.as(doris.phone);
  const path = (rest = "") => `/api/brokering/credits/${on().credit.id}${rest}`;
  const read = async () => (await (await asDoris()).done("GET", path())).credit;

  test("two people of the cooperative set how much it vouches for at most", async () => {
    const { people, minka, organization } = on();
    await minka.allRead([cast.manager, cast.broker, cast.lender]);
    const limit = { organizationId: organization.id, limitCentimos: 500_000 };
    await (await people.as(cast.broker)).done("POST", "/api/brokering/endorsement-limits", limit);
    expect(await minka.reads(cast.manager)).toEqual([
      expect.stringMatching(/avale créditos hasta S\/ 5,000 en total\. ¿Lo aprueba\? Responda SI o NO/),
    ]);
    await minka.says(cast.manager, "SI");
    const exposure = `/api/brokering/endorsement-exposures/${organization.id}`;
    expect(await (await people.as(cast.broker)).done("GET", exposure)).toMatchObject({
      limitCentimos: 500_000,
      exposureCentimos: 0,
    });
  });

  test("a member compares products by SMS, and has the cooperative asked for what is missing", async () => {
    const { minka, credit } = on();
    const answers = [];
    for (const text of [
      "necesito un credito de 800 soles para abono, tocache",
      "2 meses",
      "no",
      "1",
      "si",
      "si",
    ])
      answers.push((await minka.says(doris.phone, text)).join("\n"));
    const [months, declares, products, backing, history, waits] = answers;
    expect(months).toMatch(/^¿En cuantos meses/);
    expect(declares).toMatch(/1 Tengo garante/);
    expect(products).toMatch(
      /\n1 Caja Selva: S\/ 413\.31 x 2, total S\/ 826\.62; falta aval de su organizacion\n/,
    );
    expect(products).toMatch(/\n2 Caja Selva: S\/ 418\.97 x 2, total S\/ 837\.93; falta aval .* y garante\n/);
    expect(backing).toMatch(/¿Pedimos a Cooperativa Alto Huallaga que lo dé\? Responda SI o NO/);
    expect(history).toMatch(/¿Puede Caja Selva ver .* Solo cantidades, .*Responda SI o NO/);
    expect(waits).toMatch(/Esperamos el aval de Cooperativa Alto Huallaga/);

    const { items } = await (await asDoris()).done("GET", "/api/brokering/credits");
    credit.id = items[0].id;
    const { eligible, nearly } = await (await asDoris()).done("POST", path("/products"));
    expect([eligible, nearly]).toMatchObject([[], [{ totalCentimos: 82_662 }, { totalCentimos: 83_793 }]]);
  });

  test("a broker proposes to vouch, the manager approves it by SMS, and the request goes to the lender", async () => {
    const { minka, organization, people } = on();
    const broker = await people.as(cast.broker);
    await minka.allRead([cast.manager, cast.lender]);
    const { items } = await broker.done(
      "GET",
      `/api/brokering/endorsements?organizationId=${organization.id}`,
    );
    const endorsement = (step: string) => `/api/brokering/endorsements/${items[0].id}/${step}`;
    await broker.done("POST", endorsement("proposal"), {
      amountCentimos: 80_000,
      conditions: ["repay_from_settlement"],
    });
    expect((await broker.call("POST", endorsement("approval"), { version: 1 })).status).toBe(403);
    expect(await minka.reads(cast.manager)).toEqual([
      expect.stringMatching(
        /avale a Doris Huaman Ruiz por S\/ 800\. Condiciones: se descuenta de .* su cosecha\. ¿Lo aprueba\? Responda SI o NO/,
      ),
    ]);
    await minka.says(cast.manager, "SI");
    expect(await minka.reads(doris.phone)).toEqual([
      expect.stringMatching(
        /avala su crédito por S\/ 800\. Condiciones: se descuenta de .* su cosecha\. .*escriba ENVIAR/,
      ),
    ]);
    expect(await minka.says(doris.phone, "enviar")).toEqual([
      expect.stringMatching(/^Enviado\. Caja Selva debe responder hasta/),
    ]);
    expect(await minka.reads(cast.lender)).toContainEqual(
      expect.stringMatching(/pedido de crédito de S\/ 800 a 2 meses .*Responda SI o NO/),
    );
  });

  test("the lender sees what she agreed to and no more, and lends; she takes it and says that it came", async () => {
    const { people, minka, credit } = on();
    const lender = await people.as(cast.lender);
    const seen = (await lender.done("GET", path("/lender-view"))).credit;
    expect(seen).toMatchObject({
      history: { deliveries: { deliveries: 0 }, poolsPaid: { pools: 1, centimos: 39_700 } },
      endorsements: [{ amountCentimos: 80_000, exposureCentimos: 80_000, limitCentimos: 500_000 }],
    });
    await minka.says(cast.lender, "SI");
    expect(await minka.reads(doris.phone)).toEqual(["Caja Selva ya revisa su pedido de crédito de S/ 800."]);
    await lender.done("POST", path("/approval"), {});
    expect(await minka.reads(doris.phone)).toEqual([
      expect.stringMatching(
        /^Caja Selva aprobo su crédito: recibe S\/ 800 .* S\/ 413\.31.* S\/ 826\.62.*su cosecha\. ¿Lo acepta\?/,
      ),
    ]);
    expect(await minka.says(doris.phone, "SI")).toEqual([
      expect.stringMatching(/^Listo\. Caja Selva le entregara el dinero/),
    ]);
    await lender.done("POST", "/api/brokering/payments", {
      subject: { kind: "credit-disbursement", id: credit.id },
      amountCentimos: 80_000,
      method: "bank",
      operationNumber: "CS-000881",
    });
    expect(await minka.reads(doris.phone)).toEqual([
      expect.stringMatching(
        /^Caja Selva dice que le pago S\/ 800 por banco, operacion CS000881\. ¿Los recibio\?/,
      ),
    ]);
    expect(await minka.says(doris.phone, "SI")).toEqual([
      "Anotado: usted recibio S/ 800. Gracias.",
      "Su crédito ya empezo. Su primera cuota es de S/ 413.31, el 7 de enero.",
    ]);
    expect(await read()).toMatchObject({
      state: "disbursed",
      repayFromSettlement: true,
      owedCentimos: 82_662,
    });
  });
}
