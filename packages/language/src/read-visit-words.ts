import { foldCase } from "./fold.ts";

/**
 * What somebody who waits for a visit says of it: they ask whether it comes, tell that somebody is there, that nobody
 * is there yet, or that nobody came.
 */
export type VisitWords = "asks" | "arrived" | "late" | "did_not_come";

const coming =
  /\b(lleg(a|o|an|aron|ara|aran|ado|ando)|vien(e|en)|viniendo|vino|vinieron|vendra|vendran|venido|ven(ir|ian)|aparec(e|io|ido)|asom(a|o)|esta en camino|demora)\b/;
const here =
  /\b(llego|llegaron|ha llegado|acaba de llegar|est[ae]n? (aqui|aca|en (mi|la) (chacra|parcela|casa)))\b/;
/** What is over, and not only begun. */
const finished =
  /\b(termin\w+|acab(o|aron)|hizo|hicieron|list[oa]|conforme|podo|podaron|fumigo|injerto|abono|instalo|arreglo|reparo|atendi\w+|reviso|ensen\w+|explico|dejo|se (fue|retiro)|bien|complet\w+|puntual|todo|ayer|gracias por|cumplio|trabajo|visito|recib\w+)\b/;
const notYet =
  /\b(todavia|aun|hasta (ahora|ahorita|el momento|la hora))\b.*\b(no|nadie|ni)\b|\b(no|nadie|ni)\b.*\b(todavia|aun|hasta (ahora|ahorita))\b/;
const notComing =
  /\b(no|nadie)( me| nos| se)? ((ha|han|a) )?(llega|llegan|llegado|viene|vienen|venido|aparece|aparecido|asoma|asomado)\b/;
const didNotCome =
  /\b(no|nadie|nunca|ni)( me| nos| se)? (vino|llego|vinieron|llegaron|aparecio|aparecieron|asomo|asomaron|presento|cumplio)\b/;
/** "¿Ya llega?", which many write without its signs. */
const asksPlainly =
  /^\W*(y |oiga |a ver )*(((ya|cuando|a que hora|hoy|si) )+(me |nos )?(llega|viene|llegara|vendra|llegan|vienen|va a (llegar|venir)|esta viniendo|esta en camino)|(viene|vendra|llegara|va a venir) (o no|hoy|ya)\b)/;

/** Null where nothing is said of somebody's coming. */
export function readVisitWords(text: string): VisitWords | null {
  const said = foldCase(text.slice(0, 200));
  const clauses = said.match(/[^,.;!?\n]+\??/g) ?? [];
  const about = clauses.filter((clause) => coming.test(clause) || here.test(clause));
  const [first] = about;
  if (first === undefined) return null;
  if (about.every((clause) => clause.endsWith("?"))) return "asks";
  const told = about.filter((clause) => !clause.endsWith("?")).join(",");
  if (notYet.test(told) || notComing.test(told)) return "late";
  if (didNotCome.test(told)) return "did_not_come";
  if (asksPlainly.test(first)) return "asks";
  return here.test(told) && !/\bno\b/.test(told) && !finished.test(said) ? "arrived" : null;
}
