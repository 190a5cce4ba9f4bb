import { foldCase, soundKey } from "../fold.ts";
import { lexicons } from "../languages/all-lexicons.ts";
import { vocabulary } from "./lexicons.ts";

const personNames = lexicons["person-names"];
const usualNames = new Set([...personNames.given, ...personNames.family].map(foldCase));

/** Whether a word is one of the given names and surnames usual in the region. */
export function isUsualName(word: string): boolean {
  return usualNames.has(foldCase(word));
}

/** Words that introduce a name, the most telling first. */
const introductions = [
  /\b(?:me\s+(?:yamo|llamo|yamamo)|se\s+(?:yama|llama)|mi\s+nombre\s+(?:completo\s+)?es|nombres?\s*(?:y\s+apellidos?)?\s*[:=]?|a\s+nombre\s+de)\s+/i,
  /\ba\s+mi\s+(?:mama|papa|madre|padre|espos[oa]|marido|mujer|señora|hij[oa]|herman[oa]|vecin[oa]|cuñad[oa]|suegr[oa]|ti[oa]|prim[oa]|abuel[oa])\s+/i,
  /\b(?:soy|soi|habla|le\s+habla|le\s+saluda)\s+/i,
  /\b(?:rejistr\p{L}*|registr\p{L}*|reguistr\p{L}*|inscri\p{L}*|enscri\p{L}*|apunt\p{L}*|anot\p{L}*|empadron\p{L}*|afili\p{L}*)\s*(?:me|a)?\s*[:,]?\s+/iu,
];
const titles = /^(?:don|doña|dona|sr|sra|srta|señor|señora|señorita|ing|ingeniero|la|el|a|mi|al)\.?$/i;
/** What joins the parts of a surname. */
const particles = new Set(["de", "del", "la", "las", "los", "y", "san", "santa"]);
const surnamesAfterDe = new Set(["la", "las", "los"]);
/** Words that a name never holds though the vocabulary does not know them. */
const stops = new Set(
  "q que k con en por x pa para y i de d del tengo tiene siembro cultivo dni fono cel celular distrito caserio provincia soy vivo mi su xfa porfa porfavor favor gracias comunidad sector zona anexo dueño productor productora agricultor agricultora cafetalero cacaotero socio socia nuevo nueva hola cuando como quien estoy toy".split(
    " ",
  ),
);
/** Everyday words that are also given names or surnames. */
const alsoNames = new Set(
  "luna flores rios rosa cruz vela paz paredes campos rojas torres luz flor prado angel victoria blanca linda puerta leon mercado castillo aguila palma palomino ramos rey reyes montes arboles olivos rosas salas silva costa franco julio mayo abril domingo segundo primero salvador cerron tello vasquez cordero toro rivera pastor bueno delgado rubio moreno castro guerra mora pinto nieves esperanza dolores socorro consuelo soledad carrera caja huerta lozano hermosa maravilla vega lopez perez".split(
    " ",
  ),
);

const wordPattern = /\p{L}[\p{L}\p{M}'’]*|[^\s\p{L}]/gu;

/** Reads words of a name from the start of `rest`, up to what cannot belong to one. */
function readName(rest: string, placeText: string): string | undefined {
  const words = [...rest.matchAll(wordPattern)];
  const placeAt = placeText === "" ? -1 : rest.indexOf(placeText);
  let start = 0;
  while (titles.test(words[start]?.[0] ?? "") || (start > 0 && words[start]?.[0] === ".")) start += 1;
  let end = start;
  for (let at = start; at < words.length && end - start < 7; at += 1) {
    const match = words[at];
    if (match === undefined || (placeAt >= 0 && match.index >= placeAt)) break;
    const folded = foldCase(match[0]);
    if (!/^\p{L}/u.test(match[0])) break;
    if (particles.has(folded) && at > start) {
      const next = foldCase(words[at + 1]?.[0] ?? "");
      if (folded === "y" || (folded === "de" && !surnamesAfterDe.has(next))) break;
      const following = words[at + 1];
      if (following === undefined || (placeAt >= 0 && following.index >= placeAt)) break;
      continue;
    }
    if (stops.has(folded)) break;
    if (folded.length < 2) break;
    if (knownWord(folded) && !alsoNames.has(folded) && !isUsualName(folded)) break;
    end = at + 1;
  }
  const first = words[start];
  const last = words[end - 1];
  if (first === undefined || last === undefined || end <= start) return undefined;
  return rest.slice(first.index, last.index + last[0].length).trim();
}

const knownKeys = new Set([...vocabulary].map(soundKey));
function knownWord(folded: string): boolean {
  return knownKeys.has(soundKey(folded));
}

/** The same text, letter for letter, without the accents of vowels: "Regístreme" introduces too. */
function withoutAccents(text: string): string {
  return text.replace(/[áéíóúÁÉÍÓÚ]/g, (letter) => foldCase(letter));
}

/** The name that a message gives for signing up, in the sender's own letters; `placeText` never belongs to it. */
export function readPersonName(text: string, placeText: string): string | undefined {
  const plain = withoutAccents(text);
  for (const introduction of introductions) {
    let from = 0;
    for (;;) {
      const match = introduction.exec(plain.slice(from));
      if (match === null) break;
      const at = from + match.index + match[0].length;
      const name = readName(text.slice(at), placeText);
      if (name !== undefined && (name.includes(" ") || introduction !== introductions[3])) return name;
      from = at;
    }
  }
  return undefined;
}
