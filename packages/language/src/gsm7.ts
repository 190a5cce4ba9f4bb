/**
 * The GSM 03.38 default alphabet: what fits in 160 characters a message. One other character makes the whole
 * message UCS-2, 70 characters a message, so texts are folded before they are sent.
 */
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** These cost two units: an escape and the character. */
const extension = new Set("^{}\\[~]|€\f");

const replacements: ReadonlyMap<string, string> = new Map([
  ["\t", " "],
  ["\u00a0", " "],
  ["‘", "'"],
  ["’", "'"],
  ["‚", "'"],
  ["′", "'"],
  ["´", "'"],
  ["`", "'"],
  ["“", '"'],
  ["”", '"'],
  ["„", '"'],
  ["«", '"'],
  ["»", '"'],
  ["″", '"'],
  ["–", "-"],
  ["—", "-"],
  ["‐", "-"],
  ["‑", "-"],
  ["−", "-"],
  ["•", "-"],
  ["·", "-"],
  ["…", "..."],
  ["º", "o"],
  ["ª", "a"],
  ["°", "o"],
  ["×", "x"],
  ["½", "1/2"],
  ["¼", "1/4"],
  ["¾", "3/4"],
  ["ç", "c"],
]);

function foldCharacter(character: string): string {
  if (basic.has(character) || extension.has(character)) return character;
  const replaced = replacements.get(character);
  if (replaced !== undefined) return replaced;
  const plain = character.normalize("NFKD").replace(/\p{M}/gu, "");
  return Array.from(plain)
    .map((part) => replacements.get(part) ?? part)
    .filter((part) => Array.from(part).every((letter) => basic.has(letter) || extension.has(letter)))
    .join("");
}

/** The same text in the GSM alphabet: á í ó ú lose their accent, é ñ ü ¿ ¡ stay, emoji are dropped. */
export function foldToGsm7(text: string): string {
  return Array.from(text.normalize("NFC")).map(foldCharacter).join("");
}

/** Units of the characters, packed into segments that never split a character in two. */
function packedSegments(sizes: readonly number[], capacity: number): number {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > capacity) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}

/**
 * How a text is billed: 160 septets in one message or 153 in each of several, 70 and 67 for UCS-2.
 * `units` are septets or UTF-16 code units. Source: 3GPP TS 23.038 and 23.040 (concatenation header of 6 octets).
 */
export function countSegments(text: string): {
  encoding: "gsm7" | "ucs2";
  segments: number;
  units: number;
} {
  const characters = Array.from(text);
  const isGsm7 = characters.every((character) => basic.has(character) || extension.has(character));
  const sizes = characters.map((character) =>
    isGsm7 ? (extension.has(character) ? 2 : 1) : character.length,
  );
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [single, several] = isGsm7 ? [160, 153] : [70, 67];
  const segments = units === 0 ? 0 : units <= single ? 1 : packedSegments(sizes, several);
  return { encoding: isGsm7 ? "gsm7" : "ucs2", segments, units };
}
