import { foldCase } from "./fold.ts";

/** What people begin with before they ask or say anything. */
const opening =
  /^(\W|\b(hola|buen[oa]s?|dias|tardes|noches|senor(a|ita|es)?|sr|sra|ing|inge|ingeniero|ingeniera|don|dona|amigo|amiga|hermano|joven|oiga|oye|disculpe|disculpa|por favor|porfavor|porfa|xfa|una (pregunta|consulta|duda)|y|pero|entonces|pues|pue|ahora)\b)*/;
/** "Que sean diez" and "que me saquen" are wishes. */
const wished = /^(que|q|k|ke) (sean?|queden?|me|nos)\b/;
const begins =
  /^(a |en |de |desde |hasta |para |pa |por |con |x )?(que|k|q|ke|cual|cuales|cuand?o|kuand?o|cuant[oa]s?|kuant[oa]s?|cto|donde|adonde|onde|aonde|quien|quienes|kien|como|komo|x ?q|xq)\b(?! \d)/;
/** Verbs first ask too: "va a salir la compra", "hay sacos". */
const verbFirst =
  /^(ya |todavia |todabia |aun )?(va|van|esta|estan|hay|ay|habra|sigue|siguen|se puede|puedo|podemos|podria|podra|alcanza|saldra|llegara|llegaran|cierra|es verdad|es cierto|todavia|todabia|aun)\b/;
const within =
  /\b(cuand?o|kuand?o|donde|adonde|cuant[oa]s?|kuant[oa]s?|(a|que) (que )?(hora|ora)|q (hora|ora|dia)|que dia|hasta que|en que (va|quedo|esta)|por ?que|x ?q|xq|cual)\b/;
const wantsToKnow =
  /\b(saber|sab[ei]n?|digame|diganme|dime|avis(e|en|a)(me|nos)|pregunt\w+|consult\w+|expliqu\w+)\b/;

const asks = (folded: string): boolean => {
  const said = folded.replace(opening, "");
  if (/[?¿]/.test(folded)) return true;
  if (wished.test(said)) return false;
  return begins.test(said) || verbFirst.test(said) || within.test(said) || wantsToKnow.test(said);
};

/** Whether a message asks something, with question marks or without: what it names is then no command. */
export const isQuestion = (text: string): boolean => asks(foldCase(text.slice(0, 300)));

/** What a message says beside what it asks: "me apunto con 5 sacos, ¿cuándo llegan?". */
export function withoutQuestions(text: string): string {
  const clauses = text.slice(0, 300).match(/¿?[^.,;!?¿\n]+\??/g) ?? [];
  return clauses.filter((clause) => !isQuestion(clause)).join(",");
}
