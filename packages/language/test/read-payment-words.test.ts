import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readDebtWish, readOperation, readPaidAmount, readMethod } from "../src/read-payment-words.ts";

const paid = (
  amountCentimos: number | null,
  method: string | null = null,
  operationNumber: string | null = null,
  of: string | null = null,
  sure = true,
) => ({
  kind: "paid",
  said: { amountCentimos, method, operationNumber },
  of,
  names: expect.any(Boolean) as boolean,
  sure,
});

describe("what somebody says that they paid", () => {
  test.each([
    ["pagué 98 por Yape 123456", paid(9_800, "yape", "123456")],
    ["pague 98 por yape 12345678", paid(9_800, "yape", "12345678")],
    ["ya deposité 196 soles al banco", paid(19_600, "bank", null, null, false)],
    ["pagué mi cuota", paid(null, null, null, "credit")],
    ["ya pague mi cuota de 98.50 en efectivo", paid(9_850, "cash", null, "credit")],
    ["ya yapeé los 98", paid(9_800, "yape", null, null, false)],
    ["ya yapie 98 operacion 00123456", paid(9_800, "yape", "00123456")],
    ["Buenas tardes, ya pagué S/ 1,250 de la urea, op. 998877", paid(125_000, null, "998877", "purchase")],
    ["ya le yape 98", paid(9_800, "yape", null, null, false)],
    ["hice el deposito de 196, nro de operacion 00 4471", paid(19_600, "bank", "004471")],
    ["he pagado 50 soles de mi prestamo", paid(5_000, null, null, "credit")],
    ["ya esta pagado los 98 por plin 87654321", paid(9_800, "plin", "87654321")],
    ["PAGO 98 YAPE 12345678", paid(9_800, "yape", "12345678")],
    ["ya pague noventa y ocho soles en efectivo", paid(9_800, "cash", null, null, false)],
    ["yapeado 98 al 987654321", paid(9_800, "yape", null, null, false)],
    ["ya pagamos 392 a la cooperativa por banco operacion A4471B", paid(39_200, "bank", "A4471B")],
    ["ayer en la mañana pagué 98 por yape 223344", paid(9_800, "yape", "223344")],
    ["transferí 196.00 soles a la cuenta de la asociacion 4471930", paid(19_600, "bank", "4471930")],
    ["cancelé mi cuota de 210 soles", paid(21_000, null, null, "credit")],
    ["ya pague", paid(null, null, null, null, false)],
    ["si vino, le pague 80 en efectivo", paid(8_000, "cash", null, null, false)],
    ["ya pague 30 en efectivo la motosierra", paid(3_000, "cash", null, null, false)],
    ["ya pague los 98 que faltaban en efectivo", paid(9_800, "cash")],
    ["PAGO 98", paid(9_800, null, null, null, false)],
    ["PAGO 196 EFECTIVO", paid(19_600, "cash")],
    ["pago 98 en efectivo", paid(9_800, "cash")],
    ["ya le hice yape de 98 soles a la cooperativa", paid(9_800, "yape")],
    ["hise el pago de 98", paid(9_800, null, null, null, false)],
    ["ya cancele la urea 98 soles por yape 123456", paid(9_800, "yape", "123456", "purchase")],
    ["ya cancele 98", paid(9_800, null, null, null, false)],
    ["ya lo cancele", paid(null, null, null, null, false)],
    ["pagué a don Julio 98 soles", paid(9_800, null, null, null, false)],
  ])("%s", (text, wish) => {
    expect(readDebtWish(text)).toEqual(wish);
  });

  test.each([
    "¿ya pagaron?",
    "ya pagaron la cosecha?",
    "mañana pago",
    "mañana pago 98 por yape",
    "voy a pagar 98 el lunes",
    "pagaré la próxima semana",
    "no pagué",
    "todavia no pague mi cuota",
    "aun no he pagado los 98",
    "no he podido depositar 98 soles",
    "pague usted primero",
    "que me pague 50 soles",
    "quiero que pague mi cuota",
    "por favor pague 98",
    "si pague 98 me avisan?",
    "cuando pague les aviso",
    "¿pagué bien mi cuota?",
    "¿a quién pagué los 98?",
    "ya me pagaron 98 soles",
    "me yapearon 98",
    "mi esposo pago 98 por yape 123456",
    "ya pague al tecnico 50 soles",
    "le pagué 80 al ingeniero por la visita",
    "pague 60 soles a los peones",
    "pagué el flete, 40 soles",
    "ya pagué la luz y el agua",
    "pague 200 a mi vecino",
    "pago 50 soles por jornal",
    "pago 60 por dia, necesito 5 peones",
    "cuanto pagan por el cacao",
    "pague mucho por ese abono",
    "cuanto debo pagar al tecnico",
    "abone mi cacao con guano",
    "deposite la basura",
    "cancele mi pedido",
    "cancele mi credito",
    "por favor cancele el pedido de 98 soles",
    "cancele el pedido de 10 plantones",
    "ya cancele la visita",
    "pago 5 por kilo",
    "cancelar",
    "creo que ya pagué 98",
    "quiero pagar mi cuota",
    "debo 98 soles al vecino",
    "necesito credito para pagar peones",
    "vendo cacao pago contado",
    "me apunto con 5 sacos",
    "quiero 98 sacos de urea",
    "pague",
    "entregue 300 kilos de cacao",
    "deje 5 sacos en el almacen",
    "ya recibí los 98 soles",
    "yo pague por el analisis de suelo 80 soles",
    "pague 50 y no vino",
    "ya pague y no vino nadie",
    "le pague 100 y no llego el abono",
    "pagué 5 soles por cada planton",
    "pague 30 soles el saco",
    "ya entregue 200 soles de cacao",
    "transferi mi cacao a otra chacra",
    "pagué 150 soles al banco por mi casa",
    "mi yape es 987654321",
    "como pago",
    "estado",
    "si",
    "1",
  ])("%s is none", (text) => {
    expect(readDebtWish(text)?.kind).not.toBe("paid");
  });

  test.each([
    "¿cuánto debo?",
    "cuanto debo",
    "kuanto devo",
    "Buenos días, cuánto me falta pagar",
    "cuanto tengo que pagar ahora",
    "mis deudas",
    "cuanto debo de mi cuota",
    "cuanto debo de la urea",
    "cuanto les debo por la urea",
    "¿Cuánto le debo a la cooperativa?",
  ])("%s asks for what is owed", (text) => {
    expect(readDebtWish(text)).toEqual({ kind: "owed" });
  });

  test.each([
    "cuanto debo pagar por la visita",
    "cuanto debo poner de abono",
    "debo podar",
    "cuanto debo sembrar",
  ])("%s does not", (text) => {
    expect(readDebtWish(text)).toBeNull();
  });
});

test("of the messages that people wrote about other things none is read so", () => {
  const folder = new URL("labelled/", import.meta.url);
  const lines = readdirSync(folder).flatMap((file) =>
    readFileSync(new URL(file, folder), "utf8").split("\n"),
  );
  const texts = lines
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { text: string }).text);
  expect(texts.length).toBeGreaterThan(2_000);
  expect(texts.filter((text) => readDebtWish(text) !== null)).toEqual([]);
});

describe("answers to what is asked of a payment", () => {
  test.each([
    ["98", 9_800],
    ["98.50", 9_850],
    ["98,50 soles", 9_850],
    ["S/ 1,200", 120_000],
    ["fueron 196 soles", 19_600],
    ["noventa y ocho", 9_800],
    ["12345678", null],
    ["no se", null],
    ["98 o 96", null],
  ])("%s as a sum", (text, amount) => {
    expect(readPaidAmount(text)).toBe(amount);
  });
  test.each([
    ["12345678", "12345678"],
    ["00 4471-93", "00447193"],
    ["es 123 456 78", "12345678"],
    ["operacion A4471B", "A4471B"],
    ["no tengo", null],
    ["mi dni es 45678912", null],
    ["vendo 2000 kilos de cacao", null],
    ["123", null],
  ])("%s as an operation", (text, number) => {
    expect(readOperation(text, true)).toBe(number);
  });
  test.each([
    ["por yape", "yape"],
    ["PLIN", "plin"],
    ["en el banco de la nacion", "bank"],
    ["en efectivo nomas", "cash"],
    ["yape o plin", null],
    ["no se", null],
  ])("%s as a way to pay", (text, method) => {
    expect(readMethod(text)).toBe(method);
  });
});
