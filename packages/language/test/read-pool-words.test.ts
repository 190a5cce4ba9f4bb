import { expect, test } from "vitest";
import { inPacks, readPacks } from "../src/read-packs.ts";
import { readPoolWish } from "../src/read-pool-words.ts";

const exactly = (packs: number) => ({ packs, minimum: packs, maximum: packs });
const kilos = (packs: number) => ({ ...exactly(packs), unit: "kg" });
const five = exactly(5);
const fourToSix = { packs: 5, minimum: 4, maximum: 6 };

test.each([
  ["me apunto con 5 sacos de urea", five],
  ["apunteme cinco sacos", five],
  ["anotame 5 de urea porfa", five],
  ["nos sumamos con 5 sacos", five],
  ["entro con 5 sakos", five],
  ["yo boy a entrar a la compra con 5 sacos", five],
  ["quiero entrar a la compra con 5 sacos", five],
  ["cuente conmigo, 5 sacos", five],
  ["si me apunto con 5", five],
  ["apunteme para la compra 5 saquitos", five],
  ["me apunto con 4 a 6 sacos", fourToSix],
  ["entre 4 y 6 sacos me apunto", fourToSix],
  ["me apunto 4-6", fourToSix],
  ["me apunto con 5 sacos de 50 kilos", five],
  ["me apunto al 20-20-20 con 5 sacos", five],
  ["me apunto con 5 de urea 46", five],
  ["me apunto con 250 kilos", kilos(250)],
  ["me apunto con media tonelada de urea", kilos(500)],
  ["me apunto con 200 a 300 kilos", { packs: 250, minimum: 200, maximum: 300, unit: "kg" }],
  ["ME APUNTO CON 5", five],
  ["me apunto", null],
  ["me apunto con 3 quintales", null],
  ["me apunto con medio saco", null],
  ["quiero comprar urea en grupo", null],
])("%s: joins", (text, packs) => {
  expect(readPoolWish(text)).toEqual({ kind: "join", packs, sure: true });
});

test.each([
  "ponme 5 sacos",
  "kiero aserme en la compra con 5 sakos",
  "me apunte con 5 sacos",
  "si baja el precio me apunto con 5 sacos",
  "tal vez me apunto con 5",
  "mi vecino dice que lo apunte con 5 sacos",
  "me apunto con 5 sacos, cuando llegan?",
])("%s: may join, and is asked", (text) => {
  expect(readPoolWish(text)).toEqual({ kind: "join", packs: five, sure: false });
});

test.each([
  ["CAMBIO A 7", true, exactly(7)],
  ["cambio a 7 sacos", true, exactly(7)],
  ["cambio de 5 a 7 sacos", true, exactly(7)],
  ["quiero cambiar mi pedido de la compra a 7 sacos", true, exactly(7)],
  ["cambieme la compra a 7", true, exactly(7)],
  ["mejor 7 sacos", false, exactly(7)],
  ["no mejor 7 sacos", false, exactly(7)],
  ["solo 3", false, exactly(3)],
  ["que sean diez", false, exactly(10)],
  ["mi pedido 5 sacos", false, five],
  ["suba a 7 sacos mi pedido", false, exactly(7)],
])("%s: changes", (text, sure, packs) => {
  expect(readPoolWish(text)).toEqual({ kind: "change", packs, sure });
});

test.each([
  ["aumenteme 2 sacos", "more"],
  ["2 sacos mas", "more"],
  ["bajeme 2 sacos", "fewer"],
  ["quiteme 2 sacos", "fewer"],
] as const)("%s: so many more or fewer", (text, by) => {
  expect(readPoolWish(text)).toEqual({ kind: "change", packs: exactly(2), sure: false, by });
});

test.each([
  ["SALGO", true],
  ["me salgo", true],
  ["salgo de la compra", true],
  ["me retiro de la compra", true],
  ["saquenme de la lista", true],
  ["quiero salir de la compra de urea", true],
  ["RETIRO", false],
  ["ya no quiero los sacos", false],
  ["ya no kiero la urea", false],
  ["ya no voy a entrar a la compra", false],
  ["ya no me apunto", false],
  ["cancelar la compra", false],
  ["cancelar mi pedido de abono", false],
  ["anulen mi pedido de urea", false],
])("%s: leaves", (text, sure) => expect(readPoolWish(text)).toMatchObject({ kind: "leave", sure }));

test.each([
  ["COMPRA", true],
  ["mi compra", true],
  ["como va la compra", true],
  ["en que va la compra", true],
  ["cuanto falta para bajar el precio", true],
  ["¿va a salir la compra?", true],
  ["ya va a salir la compra", true],
  ["hasta cuando es la compra", true],
  ["la compra a que hora cierra", true],
  ["puedo entrar a la compra con 5 sacos?", true],
  ["quiero saber de la compra", true],
  ["¿cómo salgo de la compra?", true],
  ["se puede cambiar a 7 sacos en la compra", true],
  ["¿cuándo retiro mis sacos?", false],
  ["dónde se retiran los sacos", false],
  ["a qué hora sacan el abono", false],
  ["cuando reparten la urea", false],
  ["mañana retiro mis sacos", false],
  ["ya me apunte con 5 sacos", false],
  ["no salgo de la compra", false],
  ["no me saquen de la lista", false],
  ["salgo mañana a retirar los sacos", false],
])("%s: is told how it stands, and commands nothing", (text, sure) => {
  expect(readPoolWish(text)).toEqual({ kind: "status", sure });
});

test.each([
  "me mandan unos 3 peones",
  "me debe unos 200 soles",
  "me falta unos 5 sacos",
  "anóteme para el curso de 3 días",
  "apunteme para la reunion",
  "me apunto a la faena, somos 3",
  "yo voy con 2 peones",
  "voy con mi hijo mañana",
  "mejor 50 soles",
  "solo 2 peones",
  "mejor el lunes 5",
  "mejor a las 5",
  "solo 3 dias",
  "que sean 2 visitas",
  "solo 2 hectareas",
  "cambio a 7 el dia de la visita",
  "mejor mañana",
  "subio a 104 soles",
  "que sube el precio a 98",
  "en vez de peones 2 maquinas",
  "nos faltan unos 8 dias",
  "yo uso 2 sacos por hectarea",
  "me une unos 4 km de trocha",
  "no me apunto",
  "ya no quiero mensajes",
  "ya no quiero el tecnico",
  "cancelar",
  "cancelar la visita",
  "salgo temprano a mi chacra",
  "me retiro a mi casa",
  "quiero 5 sacos de urea",
  "cuanto cuesta el saco de urea",
  "nesecito un tecnico pa la monilia",
  "quiero vender 8 qq de cacao seco",
  "me apunto con 5 sacos de cacao",
  "solo 2 sacos de cacao tengo",
  "gracias",
  "si",
  "no",
  "1",
  "5",
  "2 sacos",
  "cuanto esta el cacao",
  "quien compra cacao",
  "quien me la compra?",
  "busco comprador para vender en grupo",
  "le anoto mi numero 987654321",
  "anote mi numero 987654321",
  "anote que no vino nadie",
  "mi dni es 45871236",
  "listo ya termino",
  "no vino el tecnico",
  "ya llego el abono",
  "a 104 cada uno esta caro",
  "hola buenas tardes",
  "voy con retraso",
  "mando 3 fotos",
  "sume 2 mas 2",
  "me uno a su dolor",
  "tengo 5 sacos de urea guardados",
  "prestamo de 500 soles para 5 sacos",
])("%s: is of something else", (text) => expect(readPoolWish(text)).toBeNull());

test("a range the wrong way round is no range", () => {
  expect(readPacks("6 a 4")).toEqual(exactly(6));
});

test.each(["muy caro 98", "98, muy caro", "en la tienda cuesta 90", "lo venden a 90", "esta a 90"])(
  "%s: counts soles",
  (text) => expect(readPacks(text)).toBeNull(),
);

test("a weight is packs of a pack that is known, where it comes out even", () => {
  const sack = { amount: 50, unit: "kg" };
  expect(inPacks({ ...exactly(250), unit: "kg" }, sack)).toEqual(five);
  expect(inPacks({ ...exactly(260), unit: "kg" }, sack)).toBeNull();
  expect(inPacks({ ...exactly(5), unit: "liter" }, sack)).toBeNull();
  expect(inPacks(five, sack)).toEqual(five);
});
