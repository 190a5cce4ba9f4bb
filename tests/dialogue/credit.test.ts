import { readCreditStanding } from "@minka/contracts/credit-standings";
import { registerOrganization } from "@minka/contracts/organizations";
import { countSegments } from "@minka/language/gsm7";
import { describe, expect, test } from "vitest";
import { creditScene, listed, loan, match } from "./credit-scene.ts";
import { stage, type Party } from "./scene.ts";
import { signIn } from "./sign-in.ts";

const on = stage();
const trace = { trace: "test-credit" };
const { personAt, comparing, sent, voiceOf, stateOf, callsOff } = creditScene(on);

async function refusesForDebts(lender: Omit<Party, "says">): Promise<void> {
  for (const text of ["RECHAZO deudas", "si"]) await voiceOf(lender)(text);
}

/** Whose the phone was first. */
async function firstAt({ number }: Party): Promise<string> {
  const [row] = await on.owner`
    select person_id from profiles.phones where phone = ${number} order by person_id limit 1`;
  return row?.["person_id"] as string;
}

describe("a person's credit by SMS", () => {
  test("asks what is missing one at a time, compares in two segments, and is sent only after their word", async () => {
    const producer = on.stranger();
    await producer.says(`${loan}, tocache`);
    expect(await producer.says("si")).toEqual(match(/^¿En cu[aá]ntos meses/));
    expect(await producer.says("5 sacos de urea en tocache")).not.toEqual(match(/meses/));
    await producer.says("cancelar");
    await comparing(producer);
    const [list = ""] = await producer.says("7");
    expect(list).toMatch(/A todos les falta: |; falta /);
    expect(countSegments(list).segments).toBeLessThanOrEqual(2);
    expect(await producer.says("estado")).toEqual(match(/falta elegir con qui[eé]n/, listed));
    expect(await producer.says("1")).toEqual(match(/^¿Puede .+ ver cu[aá]nto entreg[oó]/));
    expect(await producer.says("no")).toEqual(match(/^Falta: .+ ¿Enviamos igual su pedido de S\/ 2,000 a/));
    expect(await producer.says("no")).toEqual(match(/^Est[aá] bien, lo guardamos/));
    expect(await stateOf(producer)).toBe("draft");
    expect(await producer.says("enviar")).toEqual(match(/^Enviado\./));
    expect(await producer.says("estado")).toEqual(
      match(/^Su crédito de S\/ 2,000: .+ debe responder hasta las/),
    );
    // What a lender looks at is called off only after their SI.
    const ask = /^¿Anulamos su pedido de crédito de S\/ 2,000 con .+\? Responda SI o NO/;
    expect(await producer.says("cancelar")).toEqual(match(ask));
    expect(await producer.says("no")).toEqual(match(/^Est[aá] bien, todo queda igual/));
    await producer.says("ya no quiero el tecnico");
    expect(await stateOf(producer)).toBe("submitted");
    expect(await producer.says("cancelar el credito")).toEqual(match(ask));
    expect(await producer.says("no, ya no quiero")).toEqual(
      match(/^Listo, ya no pide el crédito de S\/ 2,000/),
    );
    expect(await stateOf(producer)).toBe("withdrawn");
  });

  test("waits while CANCELAR means what else they asked for", async () => {
    const producer = await on.registered();
    await sent(producer);
    await producer.says("necesito un tecnico para podar mi cacao");
    await producer.says("cancelar");
    expect((await on.requestOf(producer.number)).state).toBe("cancelled");
    expect(await stateOf(producer)).toBe("submitted");
    await callsOff(producer);
  });

  test("says what would do: another amount, other months, or what is missing", async () => {
    const producer = await on.registered();
    expect(await producer.says("quiero un credito")).toEqual(match(/^¿Para qu[eé] es el dinero\?/));
    expect(await producer.says("abono")).toEqual(match(/^¿Cu[aá]nto dinero necesita\?/));
    expect(await producer.says("un millon")).toEqual(match(/nadie presta S\/ 1,000,000 para eso/));
    await producer.says("2000");
    expect(await producer.says("5 años")).toEqual(match(/se pagan en \d+ a \d+ meses/));
    await producer.says("12");
    expect(await producer.says("no")).toEqual(
      match(/^Hoy no le alcanza .+ Falta: DNI, .+ Después escriba CREDITO/),
    );
    // What was left is taken up where it was.
    expect(await producer.says("CREDITO")).toEqual(match(/es cierto\?/));
    expect(await producer.says("todo")).toEqual(match(listed));
    expect(await producer.says("no")).toEqual(match(/^Est[aá] bien\. No pedimos/));
    expect(await stateOf(producer)).toBe("withdrawn");
  });

  test("is looked for like any other need where no product can be compared, so that a person hears of it", async () => {
    const producer = await on.registered();
    await producer.says("necesito 2 mil soles pa operar a mi mama");
    expect((await on.requestOf(producer.number)).need).toMatchObject({ kind: "credit", purpose: "other" });
    expect(await stateOf(producer)).toBeUndefined();
  });

  test("is endorsed by the member's organization, which learns of it with their SI and not before", async () => {
    const [manager, broker, member] = [await on.registered(), await on.registered(), await on.registered()];
    const { organization } = await on.platform.callAs("notifications")(
      registerOrganization,
      {
        body: {
          personId: await personAt(manager),
          kind: "cooperative",
          name: "Cooperativa Bajo Tocache",
          districtCode: "221001",
          crops: ["cacao"],
        },
      },
      trace,
    );
    for (const [party, role] of [
      [broker, "broker"],
      [member, "member"],
    ] as const)
      await on.owner`
        insert into profiles.memberships (id, person_id, organization_id, role, state, origin, since, trace)
        values (gen_random_uuid(), ${await personAt(party)}, ${organization.id}, ${role}, 'active', 'added',
          '2024-01-01', 'test')`;
    await on.owner`insert into brokering.exposure_limits values (${organization.id}, 500000)`;
    await member.says("mi nombre es Doris Ramirez");
    await Promise.all([manager.reads(), broker.reads()]);
    await comparing(member);
    expect(await member.says("1")).toEqual(
      match(/^Falta un aval\. ¿Pedimos a Cooperativa Bajo Tocache que lo d[eé]\?/),
    );
    expect(await broker.reads()).toEqual([]);
    expect(await member.says("si")).toEqual(match(/^Listo, pedimos el aval a Cooperativa/, /^¿Puede .+ ver/));
    expect(await broker.reads()).toEqual(match(/pide que Cooperativa Bajo Tocache avale/));
    expect(await member.says("si")).toEqual(match(/^Gracias\. Esperamos el aval de Cooperativa/));
    expect(await member.says("estado")).toEqual(match(/espera el aval de su organizaci[oó]n/));
    await manager.reads();
    const [asked] = await on.owner`
      select id from brokering.endorsements where organization_id = ${organization.id}`;
    const { post } = await signIn(on, broker);
    const proposal = `/api/brokering/endorsements/${asked?.["id"]}/proposal`;
    await post(proposal, { amountCentimos: 100_000 });
    await on.settle();
    expect(await manager.reads()).toEqual(match(/avale a Doris Ramirez por S\/ 1,000/));
    // Proposed anew it is another question, which takes the place of the first.
    await post(proposal, { amountCentimos: 200_000 });
    await on.settle();
    expect(await manager.reads()).toEqual(match(/Tocache avale a Doris Ramirez por S\/ 2,000/));
    expect(await manager.says("si")).toEqual(match(/^Listo, el aval est[aá] dado/));
    expect(await member.reads()).toEqual(
      match(/avala su crédito por S\/ 2,000\. Si falta enviarlo, escriba ENVIAR/),
    );
    expect(await member.says("ENVIAR")).toEqual(match(/^Enviado\./));
    await callsOff(member);
  });

  test("is backed by three neighbours of whoever is in no organization, named in one SMS", async () => {
    const producer = await on.registered();
    await on.owner`update profiles.people set sex = 'f' where id = ${await personAt(producer)}`;
    const neighbours = [await on.registered(), await on.registered(), await on.registered()];
    await producer.says("credito de 900 soles para operar a mi mama");
    await producer.says("6");
    await producer.says("1");
    expect(await producer.says("1")).toEqual(match(/^Faltan personas que respondan por usted/));
    expect(await producer.says("Juan 987654321")).toEqual(match(/^Deben ser 3 personas o m[aá]s/));
    const phones = neighbours.map(({ number }) => number.slice(3));
    const [named] = await producer.says(
      `Juan ${phones[0]}, Rosa ${phones[1]} y mi compadre Luis ${phones[2]}`,
    );
    expect(named).toMatch(/^Listo, les preguntamos\. Cada persona responder[ií]a por S\/ 300/);
    for (const neighbour of neighbours) {
      expect(await neighbour.reads()).toEqual(match(/S\/ 900\. ¿Responde usted por S\/ 300/));
      expect(await neighbour.says("si")).toEqual(match(/^Gracias\. Si no paga, usted responde/));
    }
    expect(await producer.reads()).toEqual(expect.arrayContaining(match(/^Sus vecinos responden .+ ENVIAR/)));
    expect(await producer.says("enviar")).toEqual(match(/^Enviado\./));
    // Who answers for it is not thrown away any more, whoever is named.
    const others = ["911222331", "911222332", "911222333"];
    for (const again of [phones, others])
      expect(await producer.says(`GARANTES ${again.join(", ")}`)).toEqual(
        match(/^Sus vecinos ya respondieron/),
      );
    await callsOff(producer);
  });
});

describe("a lender's people by SMS", () => {
  test("are told what waits, look at it with SI, and refuse with a reason from a list; to approve is for the web", async () => {
    const producer = await on.registered();
    const lender = await sent(producer);
    const says = voiceOf(lender);
    expect((await lender.reads()).slice(-1)).toEqual(match(/¿Empieza a revisarlo\?/));
    expect(await says("si")).toEqual(match(/^Gracias\. Avisamos/));
    expect(await producer.reads()).toEqual(match(/ya revisa su pedido de crédito/));
    expect(await says("estado")).toEqual(expect.arrayContaining(match(/1 S\/ 2,000 a 12 meses, hasta las/)));
    expect(await says("apruebo")).toEqual(match(/^Para aprobar entre a Minka en la web/));
    expect(await says("RECHAZO")).toEqual(
      match(/^¿Por qu[eé] no presta S\/ 2,000 a 12 meses, hasta.+\n10 /s),
    );
    for (const text of ["cual es el plazo", "no, mejor espero los papeles", "RECHAZO"]) await says(text);
    expect(await stateOf(producer)).toBe("in_review");
    expect(await says("le falta el dni")).toEqual(match(/^¿Rechazamos .+, por esto: /));
    expect(await says("si le presto")).toEqual(match(/^Para aprobar entre/));
    await says("RECHAZO");
    expect(await says("4")).toEqual(match(/^Listo\. A quien lo pidi[oó]/));
    expect(await producer.reads()).toEqual(
      match(/no aprob[oó] su crédito: tiene otras deudas\. Puede pagar/),
    );
    expect(await says("rechazo deudas")).toEqual(match(/^No hay pedidos de crédito que esperen/));
  });

  test("refuse the one whose number they say, as ESTADO numbers them, after one more SI", async () => {
    const [first, second] = [await on.registered(), await on.registered()];
    await sent(first);
    const lender = await sent(second);
    const says = voiceOf(lender);
    await says("si");
    await says("si");
    expect((await says("ESTADO")).join("\n")).toMatch(/\n1 S\/ 2,000 a 12 meses, hasta .+\n2 S\/ 2,000 a 12/);
    await says("rechazo su propuesta, muy lejos");
    expect(await says("RECHAZO deudas")).toEqual(
      match(/^¿Cu[aá]l no presta\?.+\n1 S\/ 2,000.+hasta.+\n2 S/s),
    );
    await says("no");
    const [asked] = await says("RECHAZO 2 deudas");
    expect(asked).toMatch(
      /^¿Rechazamos S\/ 2,000 a 12 meses, hasta las .+, por esto: tiene otras deudas\? Resp/,
    );
    expect([await stateOf(first), await stateOf(second)]).not.toContain("refused");
    expect((await says("si"))[0]).toMatch(/^Listo\. A quien lo pidi[oó]/);
    expect(await stateOf(first)).not.toBe("refused");
    expect(await stateOf(second)).toBe("refused");
    await callsOff(first);
  });
});

describe("at a phone that several people share", () => {
  test("nothing of a credit is said before its own person has said their word", async () => {
    const phone = await on.registered();
    await phone.says("mi nombre es Rosa Huaman");
    await phone.says("soy otra persona");
    await phone.says("Juan Pinedo lucero");
    // Rosa has no word: anybody of the house may take the phone for her.
    await phone.says("hola");
    await phone.says("1");
    expect(await phone.says(loan)).toEqual(match(/^En este n[uú]mero escriben varias personas.+PALABRA/));
    await phone.says(`lucero ${loan}, tocache`);
    await phone.says("12");
    await phone.says("1 y 2");
    await phone.says("1");
    await phone.says("si");
    expect(await phone.says("si")).toEqual(match(/^Enviado\./));
    on.platform.clock.advance({ hours: 1 });
    await on.settle();
    await phone.reads();
    await phone.says("hola");
    await phone.says("1");
    const toRosa = [...(await phone.says("estado")), ...(await phone.says("cancelar credito"))];
    const [juan] = await on.owner`select person_id from profiles.phone_words where phone = ${phone.number}`;
    const [credit] = await on.owner`
      select c.id, c.state, p.phone as lender from brokering.credits c
        join profiles.phones p on p.person_id = c.lender_person_id where c.person_id = ${juan?.["person_id"]}`;
    await refusesForDebts(on.platform.phone(credit?.["lender"]));
    const toHouse = [...toRosa, ...(await phone.reads())];
    expect(credit?.["state"]).toBe("submitted");
    const call = on.platform.callAs("notifications");
    const ofRosa = { params: { creditId: credit?.["id"] }, query: { personId: await firstAt(phone) } };
    await expect(call(readCreditStanding, ofRosa, trace)).rejects.toMatchObject({ code: "no-such-credit" });
    expect(toHouse.at(-1)).toMatch(/hay una novedad para Juan Pinedo/);
    expect(toHouse.join("\n")).not.toMatch(/cr[eé]dito|presta|aval|S\/|Caja|Fondo/i);
    expect((await phone.says("lucero")).join("\n")).toMatch(/no aprob[oó] su crédito: tiene otras deudas/);
  });

  test("who had a credit before others came is told of it only once they have a word of their own", async () => {
    const phone = await on.registered();
    const lender = await sent(phone);
    await phone.says("soy otra persona");
    await phone.says("Lucho Vela tucan");
    await refusesForDebts(lender);
    const before = [
      await phone.reads(),
      await phone.says("hola"),
      await phone.says("1"),
      await phone.says("estado"),
    ];
    expect(before.flat().join("\n")).not.toMatch(/cr[eé]dito|presta|deuda|S\//i);
    expect(before.flat().join("\n")).toMatch(/PALABRA y una palabra\. Luego escriba ESTADO/);
    await phone.says("palabra guayacan");
    expect(await phone.says("estado")).toEqual(match(/no aprob[oó] su crédito: tiene otras deudas/));
  });

  test("nor is what they were asked of it put to the house", async () => {
    const phone = await comparing(await on.registered());
    expect(await phone.says("1")).toEqual(match(/^¿Puede .+ ver/));
    await phone.says("soy otra persona");
    await phone.says("Lucho Vela tucan");
    const before = [
      await phone.says("hola"),
      await phone.says("1"),
      await phone.says("estado"),
      await phone.says("si"),
    ];
    expect(before.flat().join("\n")).not.toMatch(/cr[eé]dito|presta|ver cu[aá]nto|S\//i);
    await phone.says("palabra guayacan");
    expect(await phone.says("CREDITO")).toEqual(match(/^¿Puede .+ ver/));
  });
});
