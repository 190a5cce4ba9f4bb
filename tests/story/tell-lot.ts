import { expect, test } from "vitest";
import { cast, producerAt } from "./cooperative-cast.ts";
import { phones, sum, type Stage } from "./stage.ts";
import { doris } from "./tell-credit.ts";
import { tocache } from "./trading-partners.ts";

const rosa = producerAt(0);
/** In whose beans there is too much cadmium, and who thinks better of it. */
const teofilo = producerAt(5);
const wilder = producerAt(3);

/** What each writes, what is weighed of it, and the cadmium that the laboratory finds. */
const harvest = [
  { who: rosa, says: "LOTE 8 qq", kg: 368, cadmiumMgPerKg: 0.3 },
  { who: producerAt(2), says: "pongo 300 kilos al lote", kg: 300, cadmiumMgPerKg: 0.3 },
  { who: producerAt(4), says: "lote cinco quintales", kg: 230, cadmiumMgPerKg: 0.3 },
  { who: doris, says: "LOTE 8 qq", kg: 368, cadmiumMgPerKg: 0.3 },
  { who: producerAt(8), says: "lote 200 kg", kg: 200, cadmiumMgPerKg: 0.3 },
  { who: producerAt(1), says: "entrego 4 quintales al lote", kg: 184, cadmiumMgPerKg: 0.6 },
  { who: teofilo, says: "LOTE 10 QQ", kg: 460, cadmiumMgPerKg: 2.4 },
];
const growers = harvest.map(({ who }) => who.phone);
const matching = (pattern: RegExp) => [expect.stringMatching(pattern)];

/** A lot of their cacao for a buyer with a cadmium limit, from the pledges until each has their statement. */
export function tellLot(on: () => Stage): void {
  let lotId = "";
  const path = (rest = "") => `/api/brokering/lots/${lotId}${rest}`;
  const broker = () => on().people.as(cast.broker);
  const buyer = () => on().people.as(cast.buyer);

  test("members say of themselves, and of a plot, what a buyer asks about", async () => {
    const { people } = on();
    for (const { who } of harvest) {
      const caller = await people.as(who.phone);
      await caller.done("PUT", `/api/profiles/people/${caller.personId}`, { sex: who.woman ? "f" : "m" });
    }
    const caller = await people.as(rosa.phone);
    await caller.done("POST", `/api/profiles/people/${caller.personId}/plots`, {
      name: "La Loma",
      districtCode: tocache,
      area: { amount: 2, unit: "ha" },
      tenure: "possession",
      geometry: { type: "Point", coordinates: ["-76.512340", "-8.187600"] },
    });
  });

  test("they pledge by SMS to a lot that answers the buyer's offer, change it and take it back", async () => {
    const { minka, organization, partners, inDays, dayIn } = on();
    await minka.allRead([...phones, cast.buyer]);
    const opened = await (
      await broker()
    ).done("POST", "/api/brokering/lots", {
      organizer: { kind: "organization", id: organization.id },
      title: "Cacao de diciembre",
      crop: "cacao",
      cropState: "dry",
      minimumKg: 1_000,
      maximumKg: 2_500,
      points: [{ name: "Acopio Tocache", districtCode: tocache, collectsOn: dayIn(8) }],
      pledgeUntil: inDays(7),
      collectFrom: dayIn(8),
      collectUntil: dayIn(20),
      parts: false,
      feeCentimosPerKg: 10,
      demand: { offerId: partners.get(cast.buyer)?.offerIds[0], offerVersion: 1 },
    });
    lotId = opened.lotId;
    const told = await minka.allRead([...phones, cast.buyer]);
    for (const phone of phones)
      expect(told.get(phone)).toEqual(
        matching(/junta cacao para vender en grupo: Cacao de diciembre\. .*LOTE 8 QQ\. Hasta las/),
      );
    expect(told.get(cast.buyer)).toEqual(matching(/para su pedido: Cacao de diciembre, de 1000 a 2500 kg/));
    const answers = await minka.allSay([
      ...harvest.map(({ who, says }) => [who.phone, says] as const),
      [wilder.phone, "lote 3 qq"],
    ]);
    for (const { who, kg } of harvest)
      expect(answers.get(who.phone)).toEqual(
        matching(new RegExp(`^Anotado: ${kg} kg de cacao seco en Cacao de diciembre\\. .*SALGO DEL LOTE`)),
      );
    expect(await minka.says(wilder.phone, "retiro mi cacao del lote")).toEqual([
      "Listo, su cosecha ya no esta en Cacao de diciembre.",
    ]);
    expect(await minka.says(rosa.phone, "lote 9")).toEqual(matching(/^¿Cuanto pone en Cacao de diciembre\?/));
    expect(await minka.says(rosa.phone, "9 qq")).toEqual(matching(/^Anotado: 414 kg/));
    expect(await minka.says(rosa.phone, "cambio a 8 qq en el lote")).toEqual(matching(/^Anotado: 368 kg/));
  });

  test("what they bring is weighed and measured, and each hears it by SMS", async () => {
    const { platform, people, minka, dayIn } = on();
    platform.clock.advance({ days: 8 });
    expect((await minka.allRead(growers)).get(rosa.phone)).toEqual([
      "Cacao de diciembre: lleve lo que ofrecio (368 kg) a Acopio Tocache, hoy.",
    ]);
    const caller = await broker();
    const [point] = (await caller.done("GET", path())).lot.points;
    const pledges = (await caller.done("GET", `${path("/pledges")}?state=open`)).items;
    for (const { who, kg, cadmiumMgPerKg } of harvest) {
      const { personId } = await people.as(who.phone);
      const { id } = pledges.find((pledge: { personId: string }) => pledge.personId === personId);
      const pledge = `/api/brokering/pledges/${id}`;
      const amount = { amount: kg, unit: "kg" };
      await caller.done("POST", `${pledge}/receipts`, { amount, pointId: point.id });
      await caller.done("POST", `${pledge}/quality`, {
        results: { cadmiumMgPerKg, moisturePercent: 7 },
        measuredOn: dayIn(0),
        laboratory: "Laboratorio del Huallaga",
      });
    }
    const told = await minka.allRead(growers);
    for (const { who, kg, cadmiumMgPerKg } of harvest)
      // Two pieces of news of one moment come in any order.
      expect(told.get(who.phone)?.slice(-2).toSorted()).toEqual([
        expect.stringMatching(new RegExp(`^Calidad .*cadmio ${cadmiumMgPerKg} mg/kg, humedad 7%`)),
        expect.stringMatching(new RegExp(`^Recibo R-000\\d: pesamos ${kg} kg de su cacao`)),
      ]);
  });

  test("buyer and cooperative quote, counter-quote and sign by SMS", async () => {
    const { minka, partners, inDays, dayIn } = on();
    const terms = {
      minimumKg: 1_000,
      maximumKg: 2_500,
      centimosPerKg: 1_900,
      adjustments: [{ measure: "moisturePercent", beyond: "above", from: 7, per: 0.5, centimosPerKg: -10 }],
      womenPremiumCentimosPerKg: 33,
      delivery: { districtCode: tocache, place: "Almacén", from: dayIn(0), until: dayIn(30) },
      paymentDays: 15,
    };
    const quote = { buyerId: partners.get(cast.buyer)?.providerId, terms, validUntil: inDays(3) };
    await (await buyer()).done("POST", path("/quotes"), { as: "buyer", ...quote });
    expect((await minka.reads(cast.broker)).at(-1)).toMatch(
      /^Exportadora Amazonia propone .*: S\/ 19 por kg/,
    );
    const counter = { ...quote, as: "organizer", terms: { ...terms, centimosPerKg: 2_005 } };
    const { quoteId } = await (await broker()).done("POST", path("/quotes"), counter);
    expect((await minka.reads(cast.buyer)).at(-1)).toMatch(/propone .*: S\/ 20\.05 por kg/);
    await (await buyer()).done("POST", `/api/brokering/lot-quotes/${quoteId}/answer`, { accept: true });
    const asked = /^Contrato de Cacao de diciembre con .*: S\/ 20\.05 por kg, .* pago a 15 dias\. ¿Firma\?/;
    expect((await minka.reads(cast.manager)).at(-1)).toMatch(asked);
    await minka.says(cast.manager, "SI");
    expect(await minka.reads(cast.buyer)).toEqual(matching(asked));
    expect((await minka.says(cast.buyer, "SI")).at(-1)).toMatch(/firmado por las dos partes/);
    expect(await minka.reads(cast.broker)).toEqual(matching(/firmado por las dos partes/));
  });

  test("the composition keeps the cadmium limit, and who is left out hears why", async () => {
    const { minka } = on();
    await minka.allRead([...growers, cast.manager]);
    const { outcome, composition } = await (await broker()).done("POST", path("/compositions"));
    expect(outcome).toBe("proposed");
    expect(composition).toMatchObject({
      grams: 1_650_000,
      proven: true,
      averages: { cadmiumMgPerKg: 0.333 },
    });
    expect(await minka.reads(cast.manager)).toEqual(
      matching(/^Cacao de diciembre: se propone armarlo con 1650 kg de 6 personas, .*¿Lo aprueba\?/),
    );
    await minka.says(cast.manager, "SI");
    expect(await minka.reads(rosa.phone)).toEqual([
      "Todo lo suyo entra en Cacao de diciembre: 368 kg de cacao.",
    ]);
    expect(await minka.reads(teofilo.phone)).toEqual([
      "Su cacao (460 kg) no entra en Cacao de diciembre: tiene mucho cadmio. Queda libre para otro lote.",
    ]);
  });

  test("it is delivered and settled to the céntimo; each gets a statement, and an instalment is kept back", async () => {
    const { minka, people, dayIn } = on();
    const quality = { moisturePercent: 7.6 };
    const delivered = { as: "organizer", kg: 1_641.333, quality, deliveredOn: dayIn(0) };
    await (await broker()).done("POST", path("/deliveries"), delivered);
    expect(await minka.reads(cast.buyer)).toEqual(
      matching(/usted recibio 1641\.3 kg de Cacao de diciembre, por S\/ 33,225\.83\. ¿Es asi\?/),
    );
    await minka.says(cast.buyer, "SI");
    const { settlement } = await (await broker()).done("POST", path("/settlements"));
    // A kilogram at S/ 20.05 less 10 céntimos for moisture, and 33 céntimos for women's.
    expect(settlement.contractCentimos).toBe(Math.round(1_641.333 * 1_995) + Math.round(1_458.3 * 33));
    const total = (of: string) => sum(settlement.lines.map((line: Record<string, number>) => line[of] ?? 0));
    expect(total("grossCentimos") + total("premiumCentimos")).toBe(settlement.contractCentimos);
    expect(total("netCentimos") + total("feeCentimos") + 41_331).toBe(settlement.contractCentimos);

    await minka.allRead([...growers, cast.lender]);
    expect((await minka.reads(cast.manager)).at(-1)).toMatch(/^Liquidacion .* S\/ 33,225\.83.*¿La aprueba\?/);
    await minka.says(cast.manager, "SI");
    const told = await minka.allRead(growers);
    // Two who brought the same weight differ by the céntimo that cannot be halved.
    expect(told.get(rosa.phone)).toEqual(
      matching(
        /^Cacao de diciembre: sus 366\.1 kg que llegaron valen S\/ 7,303\.0[34], mas S\/ 120\.80 de premio de mujeres\. Descuentos: S\/ 36\.61\. Recibe S\/ 7,387\.2[23]\.$/,
      ),
    );
    expect(told.get(doris.phone)).toEqual([
      "Su pago esta anotado. De su crédito debe todavia S/ 413.31.",
      expect.stringMatching(/Descuentos: S\/ 449\.92\. Recibe S\/ 6,973\.9[12]\.$/),
    ]);
    expect(told.get(producerAt(1).phone)).toEqual(
      matching(/^Cacao de diciembre: sus 183 kg .*Recibe S\/ 3,633\.21\.$/),
    );
    expect(told.get(teofilo.phone)).toEqual([]);
    expect(await minka.reads(cast.lender)).toEqual(
      matching(/^Cooperativa Alto Hualla\. desconto S\/ 413\.31 de la cosecha de Doris Huaman Ruiz/),
    );

    const { lineId, netCentimos } = settlement.lines.find(
      (line: { grossCentimos: number; premiumCentimos: number }) => line.premiumCentimos === 0,
    );
    await (
      await broker()
    ).done("POST", "/api/brokering/payments", {
      subject: { kind: "settlement", id: lineId },
      amountCentimos: netCentimos,
      method: "yape",
      operationNumber: "05519042",
    });
    expect(await minka.reads(producerAt(1).phone)).toEqual(
      matching(/^Cooperativa Alto Huallaga dice que le pago S\/ 3,633\.21 por Yape, operacion 05519042\./),
    );
    expect(await minka.says(producerAt(1).phone, "SI")).toEqual([
      "Anotado: usted recibio S/ 3,633.21. Gracias.",
    ]);
    const asDoris = await people.as(doris.phone);
    const { credit } = await asDoris.done("GET", `/api/brokering/credits/${on().credit.id}`);
    expect(credit).toMatchObject({ state: "repaying", owedCentimos: 41_331 });
  });

  test("the buyer gets the plots as GeoJSON, with what is missing", async () => {
    const { people } = on();
    const file = await (await buyer()).done("GET", path("/plots.geojson"));
    const { personId } = await people.as(rosa.phone);
    expect(file).toMatchObject({
      type: "FeatureCollection",
      features: [{ properties: { producerId: personId } }],
    });
    expect(file.features[0].geometry).toEqual({ type: "Point", coordinates: [-76.51234, -8.1876] });
    expect(file.missing.filter(({ gap }: { gap: string }) => gap === "plot-unknown")).toHaveLength(5);
  });
}
