import type { PaymentMethod } from "@minka/contracts/payments";
import { foldCase } from "./fold.ts";
import { isQuestion } from "./is-question.ts";
import { findNumbers } from "./understanding/numbers.ts";
import { tokenize } from "./understanding/tokens.ts";

/** What a message says of a payment; null is what it leaves open. */
export type PaymentSaid = {
  readonly amountCentimos: number | null;
  readonly method: PaymentMethod | null;
  readonly operationNumber: string | null;
};

/**
 * What a message says of somebody's own debts: that they paid, or what they ask. `of` is what kind of debt it names.
 * `sure` is what names a debt, carries the number of an operation or is said as it is taught, and names nobody else; of
 * the rest they say first that it is so.
 */
export type DebtWish =
  | {
      readonly kind: "paid";
      readonly said: PaymentSaid;
      readonly of: "purchase" | "credit" | null;
      /** Whether it says that it is for what is owed: "mi cuota", "la compra", "a la cooperativa", "lo que debía". */
      readonly names: boolean;
      readonly sure: boolean;
    }
  | { readonly kind: "owed" };

const fold = (text: string) => foldCase(text.slice(0, 300)).replaceAll(/\s+/g, " ");

/** Only of oneself and of what is over: "pague" is also what one asks of others, and is heard where a payment is told. */
const paidVerb =
  /\b(pague|page|deposite|depocite|depositee|transferi|trasferi|yapee|yapie|plinee|plinie|consigne|amortice)\b/;
const paidPerfect =
  /\b(he|hemos|ya esta|esta|ya tengo|tengo|quedo) (pagad[oa]|depositad[oa]|yapead[oa]|plinead[oa]|transferid[oa]|cancelad[oa] (la|mi) (cuota|deuda))\b/;
const paidAlone = /^\W*(ya )?(pagad[oa]|yapead[oa]|depositad[oa]|plinead[oa]|transferid[oa])\b(?! por\b)/;
const paidWe = /\bya (le |les |lo |la |los |las )?(pagamos|depositamos|yapeamos|plineamos|transferimos)\b/;
const madeOne =
  /\bya (le |les )?(yape|plin)\b|\b(hi[cs]e|hi[cs]imos) ((el|un|mi|la|una) )?(pago|deposito|yape|yapeo|plin|transferencia)\b/;
const clearedDebt =
  /\b(salde|abone|adelante|entregue|di|gire) .{0,12}\b(cuota|deuda|letra|saldo|credito|prestamo)\b/;
const handedMoney =
  /\b(entregue|deje|gire|abone) .{0,10}\b(\d[\d.,]*|cien|doscientos|mil) (soles|s\/)|\b(abone|deje|entregue) s\/ ?\d/;
/** "PAGO 98 YAPE 123456", "PAGO 98 EFECTIVO": as it is taught, with all that has to be said. */
const taught =
  /^\W*pago (de )?(s\/ ?)?\d[\d.,]*( soles)? ((por |con |en |al |x )?(yape|plin|banco|deposito)\W+\D{0,20}\d{4,}|(al |en |con )?(efectivo|contado)\W*$)/;
/** "PAGO 98": the beginning of it. */
const taughtInPart =
  /^\W*pago (de )?(s\/ ?)?\d{2,}[\d.,]*( soles)?( (por |con |en |al |x )?(yape|plin|banco|deposito))?\W*$/;
/** In Peru "cancelé" is "pagué", and "cancele" also the order to cancel: paid is what is over, or of money. */
const cleared = /\bcan[cs]el(e|amos|ad[oa])\b/;
const clearedAlready = /\bya (se )?(les? |l[oa]s? )?(he |hemos |esta )?can[cs]el(e|amos|ad[oa])\b/;
const clearedMoney =
  /\b(yape|plin|efectivo|contado|soles|operacion|op|voucher|deposito|transferencia)\b|s\/ ?\d|\d{6,}|\bcan[cs]ele (los |las |unos )?\d{2,}\b(?! ?(sacos|plantones|kilos|kg))|\b(cuota|deuda|letra|saldo)\b\D*\d{2,}/;

const denies =
  /\b(no|nunca|tampoco|aun no|todavia no|todabia no|sin) (le |les |lo |la |los |las |se |me |he |hemos |ya |e )*(pag|page|depos|depoc|yap|plin|transf|trasf|hi[cs]e|can[cs]el)\w*|\b(aun|todavia|todabia|recien voy)\b/;
/** What is asked of others, hoped or promised is no payment. */
const wished =
  /\b(que|q|k|para que|pa que|cuando|cuand|kuando|si|hasta que|apenas|aunque|quien|usted|ud|ustedes|favor|porfavor|nos|me) (me |le |les |lo |la |nos |se |ya |yo )*(pague|page|deposite|depocite|transferi|yapee|yapie|plinee|cancele|entregue|abone)\b|\bpor favor\b/;
const promised =
  /(?<!\b(en|por|de|a|esta|ayer|hoy) (la |en la )?)\bmanana\b|\b(pasado manana|voy a|vamos a|vo a|pagare|depositare|yapeare|luego|despues|mas tarde|mas tardecito|proxim[oa]|la otra semana|la semana que viene|tengo que|debo|quiero|quisiera|puedo|podria|pienso|creo|tal vez|talvez|quiza\w*|capaz|de repente|ojala|casi|si me)\b/;
/** Who is paid for work, goods or school is nobody whom a purchase in a group or a loan is owed to. */
const elsewhere =
  /\b(tecnic\w+|agente|ingenier\w+|inge|peon(es)?|jornal\w*|jornaler\w+|visita|doctor\w*|veterinari\w+|flete|pasaj\w+|colegio|escuela|luz|agua|recibo|recarga|transporte|transportista|chofer|camion\w*|obrer\w+|trabajador\w*|cosechador\w*|personal|servicio|multa|alquiler|pension|consulta|medicin\w+|poda|fumiga\w*|analisis|muestra|casa|terreno|vecin\w+|compadr\w+|comadr\w+|herman\w+|hij\w+|espos\w+|suegr\w+|ti[oa]|prim[oa]|papa|mama|amig\w+|sobrin\w+|yern\w+)\b/;
/** Who complains of what they paid for, or says what a thing costs, tells of no debt. */
const complains =
  /\b(caro|mucho|demasiado|demas|de mas|doble|nadie|equivoc\w+|reclam\w+|estaf\w+|engan\w+|robaron|no (vino|vinieron|llego|llegaron|aparec\w+|cumpl\w+|dieron|trajeron|trajo|me|nos|hay|funcion\w+|sirv\w+))\b/;
const prices =
  /\b(por )?cada\b|\b(soles|s\/ ?[\d.]+|\d) (el|la|por) (saco|kilo|libra|quintal|planton|unidad|lata|dia)\b|\bsoles (de|en) (cacao|cafe|palta|platano)\b|\b(transferi|deposite|deje) (mi|el|la) (cacao|cafe|chacra|terreno|parcela|lote|tierra|cosecha|grano)\b/;
/** Whom a debt may be to by its kind. */
const knownPayee =
  /^(la |el |los |las |mi |su |nuestra |ustedes|uds?)*(cooperativa|coope?|asociacion|asoc|comite|organizacion|central|caja|cajita|banco|financiera|tienda|agroveterinaria|agroinsumos|compra|pedido|prestamo|credito|deuda|cuota|cuenta|ustedes|minka|tesorer\w+|broker|acopiador\w*|directiva|grupo)\b/;
/** Of these, who is hardly paid for anything else: a bank also keeps savings. */
const ownPayee =
  /^(la |el |los |las |mi |su |nuestra )*(cooperativa|coope?|asociacion|asoc|comite|compra|pedido|prestamo|credito|deuda|cuota|tesorer\w+|directiva)\b/;

const credit =
  /\b(cuota|cuotas|credito|prestamo|prestamito|letra|mensualidad|interes|banco|caja|financiera)\b/;
/** What is owed, by words that are of nothing else. */
const ownDebt =
  /\b(deudas?|saldo|lo que (les? )?(debo|debia|devia|debemos|faltaba|falta|quedaba)|l[oa]s? (\d[\d.,]* )?(soles )?que (les? |me )?(debo|debia|faltaba[n]?|falta[n]?|quedaba[n]?)|el resto|mi parte)\b/;
const purchaseNamed = /\b(compra|pedido)\b/;
const creditClear = /\b(cuota|cuotas|credito|prestamo|prestamito|letra|mensualidad)\b/;
const purchase = /\b(compra|pedido|abono|urea|guano|fertilizante|sacos?|insumos?|semillas?|plantones)\b/;

const owedWords =
  /^\W*((hola|buen[oa]s? (dias?|tardes?|noches?)|senor\w*|por favor|disculpe)\W+)*((y )?(cuant[oa]|kuanto|cuanta plata|que|a quien(es)?)( es lo que| mas)? (es que )?(les? |te )?(estoy |me )?(debo|debemos|deviendo|debiendo|devo|adeudo|falta pagar|falta por pagar|tengo que pagar|tenemos que pagar|me toca pagar)( aun| todavia| ahora| hoy| en total| ya| pues| yo| a la (cooperativa|caja|asociacion)| al banco| a ustedes| de mi (cuota|compra|credito|prestamo|pedido)| (por|de) (mi|mis|la|las|el|los) (compra|cuota|pedido|urea|guano|abono|fertilizante|insumos?|sacos?|semillas?|plantones))*|(ver )?(mis?|las) (deudas?|cuotas?|pagos? pendientes?)|deudas?|debo|cuanto es mi (deuda|cuota)|cuanto (es|era) lo que debo)\W*$/;

/** "Pagué 98 por Yape 123456", "ya deposité 196 soles al banco", "¿cuánto debo?". Null for what is neither, or not surely. */
export function readDebtWish(text: string): DebtWish | null {
  const folded = fold(text);
  if (owedWords.test(folded)) return { kind: "owed" };
  // "Ya está pagado" is how one tells it; with a question mark it asks.
  if (isQuestion(text) && !(/^\W*ya esta \w+ad[oa]\b/.test(folded) && !/[?¿]/.test(text))) return null;
  const tells = [paidVerb, paidPerfect, paidAlone, paidWe, madeOne, clearedDebt, handedMoney, taught];
  const isTold =
    tells.some((each) => each.test(folded)) || taughtInPart.test(folded) || tellsCleared(text, folded);
  if (!isTold || [denies, wished, promised, elsewhere, complains, prices].some((each) => each.test(folded)))
    return null;
  const said = readPaymentSaid(text);
  // Without accent and with nothing of a payment "pague" is what one says to others.
  const bare =
    /^\W*(pague|page|deposite|yapee)\b/.test(folded) &&
    !/\b(pagué|deposité|yapeé)/i.test(text.normalize("NFC"));
  if (bare && said.amountCentimos === null && !creditClear.test(folded) && !purchase.test(folded))
    return null;
  const names = namesDebt(folded);
  const isPlain = names || said.operationNumber !== null || taught.test(folded);
  // "Ya cancele mi pedido" may also want it called off.
  const sure = isPlain && !namesAnother(folded) && (!cleared.test(folded) || clearedMoney.test(folded));
  return { kind: "paid", said, of: kindOf(folded), names, sure };
}

function tellsCleared(text: string, folded: string): boolean {
  if (!cleared.test(folded)) return false;
  return (
    clearedAlready.test(folded) || clearedMoney.test(folded) || /\bcan[cs]elé/i.test(text.normalize("NFC"))
  );
}

/** "Ya cancelé", "ya le cancelé al técnico": paid, a debt or not, where "cancele" wants something called off. */
export function tellsPaidByCancelling(text: string): boolean {
  const folded = fold(text);
  if (!cleared.test(folded) || denies.test(folded) || wished.test(folded)) return false;
  return (
    /\bya les? can[cs]el/.test(folded) || clearedMoney.test(folded) || readDebtWish(text)?.kind === "paid"
  );
}

function namesDebt(folded: string): boolean {
  if ([creditClear, purchaseNamed, ownDebt].some((each) => each.test(folded))) return true;
  return payeesIn(folded).some((payee) => ownPayee.test(payee));
}

function kindOf(folded: string): "purchase" | "credit" | null {
  const [ofCredit, ofPurchase] = [creditClear.test(folded), purchase.test(folded)];
  if (ofCredit === ofPurchase) return null;
  return ofCredit ? "credit" : "purchase";
}

const payeesIn = (folded: string): string[] =>
  [...folded.matchAll(/\b(?:a|al|para|pa) ([^\d,.;]+)/g)].map(([, payee = ""]) => payee);

/** "A Juan", "al señor del camión": perhaps no debt at all. */
function namesAnother(folded: string): boolean {
  return payeesIn(folded).some(
    (payee) => !knownPayee.test(payee) && !credit.test(payee) && !/^(tiempo|cuenta|la fecha)/.test(payee),
  );
}

const methods: Readonly<Record<Exclude<PaymentMethod, "cash">, RegExp>> = {
  yape: /\byap(e|ea|eo|ee|ie|eé|ead[oa]|eamos)\b/,
  plin: /\bplin(ee|ie|ead[oa]|eamos)?\b/,
  bank: /\b(banco|bco|deposit\w+|depocit\w+|transfer\w+|trasfer\w+|bcp|bbva|interbank|scotiabank|bn|nacion|agente bcp|cuenta|voucher|vaucher|boucher)\b/,
};
const cash = /\b(efectivo|en mano|en la mano|contado|cash|sencillo|billete\w*|plata en mano|personalmente)\b/;

/** How it was paid, where a message says one way. */
export function readMethod(text: string): PaymentMethod | null {
  const folded = fold(text);
  const wallets = (["yape", "plin"] as const).filter((each) => methods[each].test(folded));
  const [wallet, ...more] = wallets;
  if (more.length > 0) return null;
  if (wallet) return wallet;
  if (cash.test(folded)) return "cash";
  return methods.bank.test(folded) ? "bank" : null;
}

const operationWord =
  /\b(operacion|operac|oper|op|nro|num|numero|codigo|cod|transaccion|constancia|voucher|vaucher)\b/;
/** A number that a receipt shows: whole, and longer than sums of money are written. */
const receiptNumber = /(?<![\d.,/])\d[\d-]*\d(?![\d,]|\.\d)/g;

/**
 * The number of an operation: what follows the word for it, or else the last one of six digits and more. A mobile phone
 * to which somebody paid is none. Null where none is said.
 */
export function readOperation(text: string, asked = false): string | null {
  const folded = fold(text);
  const after = new RegExp(
    `${operationWord.source}\\W*(de )?(operacion|yape|plin)?\\W*(n|no|nro|num|numero|es)?\\W*([a-z]{0,4}\\d[a-z\\d]*(?:[ -]?\\d[a-z\\d]*)*)`,
  )
    .exec(folded)
    ?.at(-1);
  if (after && clean(after).length >= 4) return clean(after).slice(0, 20);
  if (asked) {
    const spaced = folded.replaceAll(/(\d)[ .·–-]+(?=\d)/g, "$1");
    const words = spaced.match(/\b[a-z]{0,6}\d[a-z\d]{3,19}\b/g) ?? [];
    return words.length === 1 && saysOnlyPayment(spaced) ? clean(words[0] ?? "") : null;
  }
  const numbers = (folded.match(receiptNumber) ?? [])
    .map(clean)
    .filter((each) => /^\d{6,20}$/.test(each) && !isMobile(each));
  return numbers.at(-1) ?? null;
}

/** What one says around a sum, a way to pay or a number without saying anything else. */
const around = new Set(
  "a ahi al amigo aqui aca asi bcp bbva banco bien buenas buenos caja cash claro codigo cod como comprobante con constancia contado cuenta cuota da de del deposito deposite dias dice disculpe don efectivo el ella en entregue era es ese esta este fue fueron gracias ha he hice hola interbank joven la le les lo los mande mando mano mi n nacion no noches nomas nro num numero nuevos ok op oper operac operacion pago pagado pague pagamos paso personalmente plin plinee por porfavor favor pues recibo s sale scotiabank senor senora señor senorita si sol soles solo son su tardes todo total transaccion transferencia transferi un unos va voucher vaucher x y ya yape yapee yapie".split(
    " ",
  ),
);

/** Whether a message says of a payment how much, how or under which number, and nothing of anything else. */
export function saysOnlyPayment(text: string): boolean {
  const words = fold(text).match(/[a-zñ\d]+/g) ?? [];
  return words.every((word) => /\d/.test(word) || around.has(word) || isNumberWord(word));
}

const isNumberWord = (word: string) => findNumbers(tokenize(word)).length > 0;

const clean = (number: string) => number.replaceAll(/[^a-z\d]/gi, "").toUpperCase();
const isMobile = (digits: string) => /^(51)?9\d{8}$/.test(digits);

const cents = 100;
/** More than this is no sum that somebody writes down here; a longer number is an operation's. */
const mostSoles = 99_999.99;

/** Céntimos: the sum after "S/" or before "soles", or else the one number that can be a sum. Null for none or several. */
export function readPaidAmount(text: string): number | null {
  const folded = fold(text);
  const marked =
    /s\/\.? ?(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?)/.exec(folded)?.[1] ??
    /(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?) ?(?:soles|sol|nuevos soles|lucas)\b/.exec(
      folded,
    )?.[1];
  if (marked !== undefined) return inCentimos(marked);
  const operation = readOperation(text);
  const rest = withoutOperation(folded, operation);
  const digits = [
    ...rest.matchAll(
      /(?<![\d.,/-])(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?![\d/]|[.,]\d)(?! ?(?:sacos?|qq|kg|kilos?|cuotas?|meses|dias?|de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|setiembre|septiembre|octubre|noviembre|diciembre)|am|pm|hectareas?|ha)\b)/g,
    ),
  ].map(([, each = ""]) => each);
  const sums = digits.filter((each) => each.replaceAll(/\D/g, "").length < 6);
  const [only, ...more] = sums;
  if (only !== undefined) return more.length > 0 ? null : inCentimos(only);
  const numbers = findNumbers(tokenize(rest)).filter(
    ({ article, value }) => !article && Number.isInteger(value) && value >= 1,
  );
  const [word, ...others] = numbers.filter(({ value }) => value < 100_000);
  return word && others.length === 0 && !/\d/.test(rest) ? Math.round(word.value * cents) : null;
}

function withoutOperation(folded: string, operation: string | null): string {
  if (operation === null) return folded;
  const spread = operation.toLowerCase().split("").join("[ .-]?");
  return folded.replace(new RegExp(spread), " ");
}

function inCentimos(written: string): number | null {
  const plain = /,\d{3}/.test(written) ? written.replaceAll(",", "") : written.replace(",", ".");
  const soles = Number(plain);
  return Number.isFinite(soles) && soles > 0 && soles <= mostSoles ? Math.round(soles * cents) : null;
}

export function readPaymentSaid(text: string): PaymentSaid {
  const method = readMethod(text);
  return {
    amountCentimos: readPaidAmount(text),
    method,
    operationNumber: method === "cash" ? null : readOperation(text),
  };
}
