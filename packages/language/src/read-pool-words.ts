import { foldCase } from "./fold.ts";
import { isQuestion, withoutQuestions } from "./is-question.ts";
import { readPacks, saysOfWhat, type PacksSaid } from "./read-packs.ts";
import { readMessage } from "./understanding/read-message.ts";

/**
 * What a message says of a joint purchase, if it is of one. `packs` is null where it says no number. What is not `sure`
 * may mean something else: a wish is asked about before it is done, and `status` is told only to who is in a purchase.
 */
export type PoolWish =
  | { readonly kind: "join"; readonly packs: PacksSaid | null; readonly sure: boolean }
  | {
      readonly kind: "change";
      readonly packs: PacksSaid | null;
      readonly sure: boolean;
      /** So many more or fewer than they have. */
      readonly by?: "more" | "fewer";
    }
  /** `named`: of a purchase, by that word; else of what is bought in it. */
  | { readonly kind: "leave"; readonly sure: boolean; readonly named: boolean }
  | { readonly kind: "status"; readonly sure: boolean };

const purchase =
  /(?<!\b(me|nos|te|se|quien|nadie) )\b(la|esa|esta|mi|nuestra|una|las|otra|dicha) (compra|lista)s?\b|\b(compra|pedido)s? (en grupo|en conjunto|conjunt|grupal|colectiv|comun)|^\W*compras?\W*$/;
const asksOfIt =
  /^\W*(la |mi |ver |ver (la|mi) )?compras?\W*$|^\W*mi (compra|pedido) (conjunt|en grupo)\w*\W*$|\bcuant\w+ falta\b.{0,30}\b(compra|precio|bajar|sacos)\b/;
/** What happens to goods that are bought together: retirar is to fetch them. */
const handed =
  /\b(retir\w+|recog\w+|rrecog\w+|recoj\w+|sac(a|an|amos|ar)|entreg\w+|lleg\w+|repart\w+|sal(e|en|ir)|tra(e|en|er)|cierra|pag\w+|toca|dan)\b/;

const own = "(apunt|anot|sum|inscrib)";
const joins = new RegExp(
  [
    String.raw`\b(me|nos)( voy a| vamos a| quiero| queremos| pued[eo]n?)? (${own}(o|a|an|en|amos|imos|ar|are|aremos)|uno|unimos|unir|meto|metemos)\b`,
    String.raw`\b${own}(a|e|ar|en|an)(me|nos)\b`,
    String.raw`\b(unir|meter)(me|nos)\b`,
    String.raw`\b(apunte|anote|apunten|anoten)\b`,
    String.raw`\bcuent(e|en|a) conmigo\b`,
    String.raw`\b(entro|entramos|participo|participamos|voy|vamos) con\b`,
    String.raw`\b(entrar|participar|estar|unirme|meterme|apuntarme|anotarme) (a|en|de|con) (la|esa|esta|una) (compra|lista)\b`,
    String.raw`\b(compr(ar|o|amos|emos)|pedir|entrar)\b.{0,40}\b(en grupo|en conjunto|grupal|conjunta|juntos)\b`,
  ].join("|"),
);
/** Words that are often said of other things: what they may mean is asked. */
const mayJoin =
  /\b(pong?a?|agregu?e?|incluy[ae]|consider[ae]|met[ae])n?(me|nos)\b|\b(interesa|aserme|hacerme|acerme|quiero|kiero|queremos|deseo|quisiera)\b.{0,14}\b(la|esa|esta) compra\b/;
/** What has been, or may come to be, and what somebody else does. */
const hedged =
  /\b(ya|ayer|antes) (me|nos)\b|\b(me|nos) (apunte|anote|sume|inscribi|uni)\b|^\W*si (?!(me|nos|apunt|anot|cuent|entro|quier|kier|sen))|\b(si (baja|sube|hay|ay|llega|cobro|vendo|me (pagan|alcanza|fian))|tal vez|talvez|quiza\w*|creo|pienso|pensando|de repente|capaz|ojala|cuand?o)\b|\b(mi|a mi|mis) (vecin|compadr|comadr|herman|hij|espos|senor|tio|tia|prim|papa|mama|amig|suegr|yerno)\w*/;
const denied =
  /\b(no|tampoco|nunca) (me|nos|voy|vamos|quiero|kiero|queremos|puedo|podemos|entro|entramos|participo|deseo|cuenten?|apunten?|anoten?|sal|salgo|saqu|borr)\w*/;
const noLonger =
  /\bya no (quier\w*|kier\w*|quer\w*|voy|vamos|entr\w*|particip\w*|dese\w*|pued\w*|necesit\w*|me|nos|compr\w*)\b/;
const already =
  /\bya (me|nos) (apunt|anot|sum|inscrib)(e|i|amos|imos)\b|\bya estoy (apuntad|anotad|en la (compra|lista))/;

/** SALGO, and whoever says it of the purchase. */
const leavesAlone = /^\W*(ya )?(me )?(salgo|salimos)\W*$/;
const leaves =
  /\b(salgo|salimos|salir|salirme|salirnos|retiro|retiramos|retirarme|desist\w*|renunci\w*)( \w+){0,2} (de|a) (la|esa|esta|mi|nuestra) (compra|lista)|\b(saqu?e|saca|retire|borre|borra|baje|quite|quita|desapunte|desanote)n?(me|nos)\b.{0,20}\b(compra|lista)\b/;
const mayLeave =
  /^\W*(retiro|me retiro|salir|quiero salir(me)?|saqu?enme|saquenme|saqueme|desapunten?me)\W*$/;
const callsOff = /\b(cancel|anul|desist|renunci)\w*/;

const changeVerbs = /\b(cambi(o|a|ar|e|eme|ame|en|enme|amos|emos)|corrij(o|a|ame)|corregir)\b/;
const mayChange =
  /^\W*((no|si|ya|y|pero|entonces|oiga|senor)\W+)*(mejor|solo|solamente|nomas|que (sean?|queden?)|en vez de|ya no \d+)\b|\b(que sean|en vez de)\b/;
const raises =
  /\b(aument\w+|sub(o|ir|ame|eme|enme)|agregu?\w*|anad\w+)\b|\d (sacos? |bolsas? )?mas\b(?! (o menos|\d))/;
const lowers =
  /\b(baj(o|ar|ame|eme|enme)|rebaj\w+|quit(o|ar|ame|eme|enme)|disminu\w+)\b|\d (sacos? |bolsas? )?menos\b/;
const toSoMany =
  /\b(a|hasta) (unos )?(\d|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte)/;

/** What somebody joins that is no purchase: "para el curso", "a la faena". */
const joined =
  /\b(?:para|pa|al|a|en|del?) (?:(?:el|la|los|las|un|una|mi|mis|su|sus|esta|este|esa|ese|nuestra) )?([a-z]{3,})/g;
const ownWords =
  /^(compra|lista|pedido|grupo|conjunto|chacra|parcela|finca|fundo|campana|siembra|mes|semana|casa|familia|lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|favor|mi|todos|cada|con|\w*sacos?|bolsas?|usted\w*|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|saco)$/;

/** Reads "me apunto con 4 a 6 sacos", "cambio a 7", "salgo de la compra", COMPRA. What asks is never a command. */
export function readPoolWish(text: string): PoolWish | null {
  const folded = foldCase(text.slice(0, 300)).replaceAll(/\s+/g, " ");
  if (asksOfIt.test(folded)) return { kind: "status", sure: true };
  if (!isQuestion(text)) return readCommand(text, folded);
  const stated = withoutQuestions(text);
  const wish = stated.trim() === "" ? null : readCommand(stated, foldCase(stated));
  // Who asks and joins at once reads what they would join.
  if (wish?.kind === "join" && wish.packs) return { ...wish, sure: false };
  if (purchase.test(folded)) return { kind: "status", sure: true };
  return handed.test(folded) && namesGoods(text) ? { kind: "status", sure: false } : null;
}

function readCommand(text: string, folded: string): PoolWish | null {
  const named = purchase.test(folded);
  if (already.test(folded)) return { kind: "status", sure: named };
  // A harvest is no purchase.
  if (!named && namesHarvest(text)) return null;
  return (
    readLeaving(text, folded, named) ??
    readJoining(text, folded, named) ??
    readChange(text, folded, named) ??
    readMention(text, folded, named)
  );
}

function readLeaving(text: string, folded: string, named: boolean): PoolWish | null {
  if (leavesAlone.test(folded)) return { kind: "leave", sure: true, named };
  const isHedged = hedged.test(folded) || denied.test(folded);
  if (leaves.test(folded) && !denied.test(folded)) return { kind: "leave", sure: !isHedged, named: true };
  if (mayLeave.test(folded)) return { kind: "leave", sure: false, named };
  const entering = joins.test(folded) || /\b(entr|particip)\w+/.test(folded);
  // "Ya no 5, mejor 7" changes it.
  if (noLonger.test(folded) && !mayChange.test(folded.replace(noLonger, "")))
    return named || entering || namesGoods(text)
      ? { kind: "leave", sure: false, named: named || entering }
      : null;
  if (callsOff.test(folded) && (named || namesInput(text))) return { kind: "leave", sure: false, named };
  return null;
}

function readJoining(text: string, folded: string, named: boolean): PoolWish | null {
  const surely = joins.test(folded);
  if ((!surely && !mayJoin.test(folded)) || denied.test(folded) || changeVerbs.test(folded)) return null;
  const packs = readPacks(text);
  // "Anóteme para el curso, somos 3"; "voy con 2 más".
  const isOfGoods =
    named || saysOfWhat(text) || namesInput(text) || / (en grupo|juntos|conjunt)/.test(folded);
  if (!isOfGoods && (joinsOther(folded) || !(packs || /\b(apunt|anot|sum|inscrib|conmigo)/.test(folded))))
    return null;
  // "Anote que no vino", "apunte mi número".
  const isBare = !/\b(me|nos|conmigo|con)\b|(me|nos)\b/.test(folded);
  if (!packs && !named && (!surely || isBare) && !/ (en grupo|juntos|conjunt)/.test(folded)) return null;
  return { kind: "join", packs, sure: surely && !hedged.test(folded) };
}

function readChange(text: string, folded: string, named: boolean): PoolWish | null {
  if (denied.test(folded.replace(/^\W*no\W+/, "")) || handed.test(folded)) return null;
  const changing = changeVerbs.test(folded);
  const by = toSoMany.test(folded)
    ? undefined
    : raises.test(folded)
      ? ("more" as const)
      : lowers.test(folded)
        ? ("fewer" as const)
        : undefined;
  const moved = by !== undefined || raises.test(folded) || lowers.test(folded);
  if (!changing && !moved && !mayChange.test(folded)) return null;
  const packs = readPacks(text);
  if (!packs)
    return changing && (named || /\bmi pedido\b/.test(folded))
      ? { kind: "change", packs, sure: false }
      : null;
  const isPlain = /^\W*\S+ (a|(de|en vez de) (\S+ ){1,2}a) \S+( \S+)?\W*$/.test(folded);
  const sure = changing && !by && toSoMany.test(folded) && (named || isPlain) && !hedged.test(folded);
  return { kind: "change", packs, sure, ...(by ? { by } : {}) };
}

/** "Mi pedido 5 sacos": perhaps so many; "la compra ya llegó": something of it. */
function readMention(text: string, folded: string, named: boolean): PoolWish | null {
  if (!named && !/\bmi pedido\b/.test(folded)) {
    return handed.test(folded) && namesGoods(text) && /\b(mi|mis|los|nuestr[oa]s?)\b/.test(folded)
      ? { kind: "status", sure: false }
      : null;
  }
  if (handed.test(folded) || denied.test(folded) || hedged.test(folded))
    return { kind: "status", sure: false };
  const packs = readPacks(text);
  return packs ? { kind: "change", packs, sure: false } : null;
}

const spansOf = (text: string) => readMessage(text.slice(0, 300), "").spans;
const namesInput = (text: string) => spansOf(text).some(({ name }) => name === "input");
const namesGoods = (text: string) =>
  namesInput(text) || /\b(sac|bols|costal|bult)(o|a|e)?s?\b/.test(foldCase(text));
const namesHarvest = (text: string) => !namesInput(text) && spansOf(text).some(({ name }) => name === "crop");

function joinsOther(folded: string): boolean {
  return [...folded.matchAll(joined)].some(([, noun = ""]) => !ownWords.test(noun));
}

const saysSalgo = /^\W*((si|ya|yo|ok|bueno|pues|entonces|mejor)\W+)*(me )?(salgo|salimos)\b/;
const salgoAlone = new RegExp(
  String.raw`${saysSalgo.source}(\W+(ya|pues|pue|nomas|mejor|por favor|porfa|gracias))*\W*$`,
);

/** SALGO, of whatever it may be: to who sets out to a visit it is a yes, to a question of a purchase or a lot none. */
export const saysLeaving = (text: string): boolean => saysSalgo.test(foldCase(text.slice(0, 300)));

/** SALGO that names nothing. */
export const leavesUnnamed = (text: string): boolean => salgoAlone.test(foldCase(text.slice(0, 300)));

/** Whether a message names a joint purchase. */
export const namesPurchase = (text: string): boolean =>
  purchase.test(foldCase(text.slice(0, 300)).replaceAll(/\s+/g, " "));
