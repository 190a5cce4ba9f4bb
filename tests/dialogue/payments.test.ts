import { identifyPhone } from "@minka/contracts/profiles";
import { listPayments, recordPayment } from "@minka/contracts/payments";
import { newId } from "@minka/database/new-id";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";

const on = stage();
const trace = { trace: "test-payments" };
const match = (...patterns: RegExp[]) => patterns.map((pattern) => expect.stringMatching(pattern) as string);

async function personAt({ number }: Pick<Party, "number">): Promise<string> {
  const call = on.platform.callAs("notifications");
  const { person } = await call(identifyPhone, { body: { phone: number } }, trace);
  return person?.id ?? "";
}

async function paidBy(party: Party) {
  const query = { personId: await personAt(party), limit: 20 };
  const { items } = await on.platform.callAs("notifications")(listPayments, { query }, trace);
  return items.map(({ amountCentimos, method, operationNumber, state }) => ({
    amountCentimos,
    method,
    operationNumber,
    state,
  }));
}

/** Somebody who is in an open purchase, of which they are then to pay so much. */
async function owing(totalCentimos = 19_600): Promise<Party> {
  const member = await on.registered();
  await member.says("me apunto con 2 sacos");
  await on.owner`
    update brokering.pool_orders set state = 'final', final_packs = packs, goods_centimos = ${totalCentimos},
      delivery_centimos = 0, fee_centimos = 0, total_centimos = ${totalCentimos}
    where person_id = ${await personAt(member)}`;
  return member;
}

/** A loan of somebody's, with what is due of it. */
async function lent(borrower: Party, state: "accepted" | "disbursed", amountCentimos = 120_000) {
  const [lender] = await on.owner`
    select p.id, p.name, p.person_id, o.id as offer_id from catalog.providers p
    join catalog.offers o on o.provider_id = p.id where o.kind = 'credit' order by p.id limit 1`;
  const creditId = newId();
  const at = on.platform.clock();
  await on.owner`
    insert into brokering.credits (id, kind, state, person_id, way, makers, amount_centimos, months, purpose,
      district_code, lender_id, offer_id, offer_version, lender_name, lender_person_id, approved_centimos, approved_months, created_at,
      submitted_at, disbursed_at, trace)
    values (${creditId}, 'personal', ${state}, ${await personAt(borrower)}, 'self', '{}', ${amountCentimos}, 2,
      'fertilizer', '221001', ${lender?.["id"]}, ${lender?.["offer_id"]}, 1, ${lender?.["name"]}, ${lender?.["person_id"]}, ${amountCentimos}, 2,
      ${at}, ${at}, ${state === "disbursed" ? at : null}, 'test')`;
  if (state === "disbursed")
    for (const number of [1, 2])
      await on.owner`
        insert into brokering.credit_instalments (credit_id, number, due_on, total_centimos)
        values (${creditId}, ${number}, ${addDays(limaDay(at), number * 30)}, ${amountCentimos / 2})`;
  return { creditId, lenderPersonId: lender?.["person_id"] as string };
}

test("what was paid is noted with its number, and counts when who received it says so", async () => {
  const member = await owing();
  expect(await member.says("pague 98 por yape 12345678")).toEqual(
    match(/^Anotado: usted pag[oó] S\/ 98 por Yape, operaci[oó]n 12345678 a .+ le avisaremos\.$/),
  );
  expect(await paidBy(member)).toEqual([
    { amountCentimos: 9_800, method: "yape", operationNumber: "12345678", state: "recorded" },
  ]);
  expect(await member.says("ya yapee los 98, operacion 12345678")).toEqual(match(/ya estaba anotada/));
  expect(await member.says("¿cuánto debo?")).toEqual(
    match(/^Usted debe:\n1 .+: S\/ 98 \(anot[oó] S\/ 98, falta confirmar\)\nAl pagar escriba/),
  );
  // Cash has no number.
  expect(await member.says("ya pague los 98 que faltaban en efectivo")).toEqual(
    match(/^Anotado: usted pag[oó] S\/ 98 en efectivo a /),
  );
  expect(await member.says("ya pagué")).toEqual(match(/^Ya est[aá] anotado su pago de S\/ 196/));
  // Of a loan nothing was noted: it is not said that it was.
  await lent(member, "disbursed");
  expect(await member.says("pague mi compra 20 en efectivo")).toEqual(match(/su pago de S\/ 196/));
});

test("what does not say that it is for what is owed is noted after SI, and a visit's words are a visit's", async () => {
  const member = await owing();
  for (const text of [
    "si vino, le pague 80 en efectivo",
    "le pague 80 en efectivo pero no termino el trabajo",
  ])
    expect((await member.says(text)).join("\n"), text).not.toMatch(/Anotado|pago|deuda/);
  for (const text of ["ya pague 35 en efectivo por la bomba", "ya le cancele 50 soles", "PAGO 98"]) {
    expect(await member.says(text), text).toEqual(match(/^¿Es su pago de Urea .+ a .+\? Responda SI o NO/));
    expect(await member.says("no"), text).toEqual(match(/no anotamos ning[uú]n pago/));
  }
  // A name that is also a place's, and a loan where only a purchase is owed.
  await on.owner`update brokering.pools set organizer_name = 'Cooperativa Tocache'`;
  for (const text of ["pague 60 en efectivo en la bodega de Tocache", "pague mi cuota 50 en efectivo"]) {
    expect(await member.says(text), text).toEqual(match(/^¿Es su pago de Urea .+ a Cooperativa Tocache/));
    await member.says("no");
  }
  expect(await paidBy(member)).toEqual([]);
  await member.says("hise el pago de 98");
  expect(await member.says("si")).toEqual(match(/^¿C[oó]mo pag[oó]\?/));
  expect(await member.says("en efectivo")).toEqual(match(/^Anotado: usted pag[oó] S\/ 98 en efectivo/));
  expect(await member.says("ya pague la urea, 10 soles en efectivo")).toEqual(match(/^Anotado: .+S\/ 10 /));
  expect(await member.says("ya cancele la urea 88 soles por yape 123456")).toEqual(
    match(/operaci[oó]n 123456/),
  );
  const producer = await on.registered();
  expect((await producer.says("le pague 80 en efectivo pero no termino")).join("\n")).not.toMatch(/deudas/);
});

test("a question of a payment takes no other message for its answer, and NO alone ends it", async () => {
  const member = await owing();
  await member.says("pague mi compra 98 por yape");
  for (const text of [
    "vendo 2000 kilos de cacao",
    "mi dni es 45678912",
    "no vino el tecnico",
    "cancelar la visita",
  ])
    expect((await member.says(text)).join("\n"), text).not.toMatch(/Anotado: usted|no anotamos/);
  expect(await paidBy(member)).toEqual([]);
  await member.says("pague mi compra 98 por yape");
  expect(await member.says("no tengo el numero")).toEqual(match(/comprobante.+EFECTIVO.+PERSONA/));
  expect(await member.says("no, fue en efectivo")).toEqual(
    match(/^Anotado: usted pag[oó] S\/ 98 en efectivo/),
  );
});

test('"ya cancele" calls nothing off', async () => {
  const producer = await on.registered();
  await producer.says("necesito un tecnico para podar mi cacao");
  await producer.says("necesito credito de 1000 soles");
  for (const text of ["ya cancele", "ya cancele 98", "ya le cancele al tecnico"])
    expect(await producer.says(text), text).toEqual(match(/^¿Pag[oó] o quiere anular\?/));
});

test("what is missing is asked one at a time", async () => {
  const member = await owing();
  expect(await member.says("ya pagué mi compra")).toEqual(match(/^¿Cu[aá]nto pag[oó] a /));
  expect(await member.says("500")).toEqual(match(/usted le debe S\/ 196\. ¿Cu[aá]nto de eso/));
  expect(await member.says("196 soles")).toEqual(match(/^¿C[oó]mo pag[oó]\?/));
  expect(await member.says("yape")).toEqual(match(/^Escriba el n[uú]mero de operaci[oó]n/));
  expect(await member.says("12")).toEqual(match(/^Escriba el n[uú]mero de operaci[oó]n/));
  expect(await member.says("00 8877 66")).toEqual(
    match(/^Anotado: usted pag[oó] S\/ 196 por Yape, operaci[oó]n 00887766/),
  );
  expect(await paidBy(member)).toHaveLength(1);
});

test("of several debts one is chosen; who it was not for is not noted", async () => {
  const member = await owing();
  await lent(member, "disbursed");
  expect(await member.says("pague 98 por plin 55667788")).toEqual(
    match(
      /^¿Cu[aá]l pag[oó]\?\n1 .+: S\/ 196\n2 cuota de .+: S\/ 600 hasta el .+\nResponda con el n[uú]mero/,
    ),
  );
  expect(await member.says("no")).toEqual(match(/no anotamos ning[uú]n pago/));
  expect(await paidBy(member)).toEqual([]);
  // A word says of which.
  expect(await member.says("pagué mi cuota, 600 soles en efectivo")).toEqual(
    match(/^Anotado: usted pag[oó] S\/ 600 en efectivo/),
  );
  await member.says("pagué 100 por yape 99001122");
  expect(await member.says("1")).toEqual(match(/^Anotado: usted pag[oó] S\/ 100 por Yape/));
  // Who else was paid may be no debt at all.
  expect(await member.says("pagué 20 soles a don Julio en efectivo")).toEqual(match(/^¿Cu[aá]l pag[oó]\?/));
  await member.says("no");
  expect((await paidBy(member)).map(({ amountCentimos }) => amountCentimos)).toEqual([10_000, 60_000]);
});

test("who owes nothing is told so, and what is no payment is taken for none", async () => {
  const producer = await on.registered();
  expect(await producer.says("cuanto debo")).toEqual(match(/^No hay deudas suyas/));
  expect(await producer.says("ya pague 98 por yape 12121212")).toEqual(match(/^No hay deudas suyas/));
  const member = await owing();
  for (const text of [
    "mañana pago 98 por yape",
    "¿ya pagaron los 98?",
    "ya pague al tecnico 50 soles",
    "no pague",
  ])
    expect((await member.says(text)).join("\n"), text).not.toMatch(/Anotado|pag[oó] a|¿Cu[aá]l pag/);
  expect(await paidBy(member)).toEqual([]);
});

test("at a phone of several nobody reads of a loan who has no private word", async () => {
  const wife = await on.registered();
  await lent(wife, "disbursed");
  await wife.says("pague mi cuota de 600 soles");
  const husband = newId();
  await on.owner`
    insert into profiles.people select (jsonb_populate_record(p, jsonb_build_object('id', ${husband}::text))).*
      from profiles.people p where id = ${await personAt(wife)}`;
  await on.owner`
    insert into profiles.phones select (jsonb_populate_record(p, jsonb_build_object('person_id', ${husband}::text))).*
      from profiles.phones p where phone = ${wife.number} limit 1`;
  await on.owner`
    insert into profiles.consents select (jsonb_populate_record(c, jsonb_build_object(
      'id', gen_random_uuid()::text, 'person_id', ${husband}::text))).*
    from profiles.consents c where person_id = ${await personAt(wife)}`;
  // What was asked while the phone was theirs alone ends where it became shared.
  expect((await wife.says("efectivo")).join("\n")).not.toMatch(/cuota|Caja|Anotado| a /);
  const asked = await on.owner`
    select text from notifications.prompts
    where phone = ${wife.number} and kind = 'payment' and state in ('open', 'waiting')`;
  expect(asked).toEqual([]);
  for (const text of ["cuanto debo", "pague mi cuota de 600 soles en efectivo"]) {
    const answers = [];
    for (const who of ["1", "2"]) {
      await wife.says("HOLA");
      await wife.says(who);
      const said = (await wife.says(text)).join("\n");
      expect(said, text).not.toMatch(/cuota|S\/|Caja|Anotado/);
      expect(said, text).toMatch(/ponga su palabra secreta/);
      answers.push(said);
    }
    // Who borrows and who does not read the same.
    expect(answers[0], text).toBe(answers[1]);
  }
});

test("ESTADO says of a loan in hand that the borrower has to say so, and asks", async () => {
  const borrower = await on.registered();
  const { creditId, lenderPersonId } = await lent(borrower, "accepted");
  const body = {
    subject: { kind: "credit-disbursement" as const, id: creditId },
    amountCentimos: 120_000,
    method: "cash" as const,
    personId: lenderPersonId,
  };
  await on.platform.callAs("notifications")(recordPayment, { body }, trace);
  for (let times = 0; times < 2; times += 1) {
    on.platform.clock.advance({ days: 4 });
    await on.settle();
  }
  await borrower.reads();
  expect(await borrower.says("estado")).toEqual(
    match(/anot[oó] que ya le entreg[oó] S\/ 1,200 .+ Falta que usted diga/, /S\/ 1,200.+SI o NO/s),
  );
  expect(await borrower.says("cancelar credito")).toEqual(match(/^¿.+cr[eé]dito.+SI o NO/));
  expect((await borrower.says("si")).join("\n")).toMatch(/ya le fue entregado/);
  await borrower.says("estado");
  expect(await borrower.says("no")).toEqual(match(/S\/ 1,200/));
  const [row] = await on.owner`select state from brokering.payments where subject_id = ${creditId}`;
  expect(row?.["state"]).toBe("disputed");
  const waiting = await on.owner`
    select kind from notifications.attention_items where kind = 'payment_unattended'`;
  expect(waiting.length).toBeGreaterThan(0);
});
