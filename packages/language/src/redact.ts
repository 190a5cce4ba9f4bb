import { foldCase } from "./fold.ts";

/**
 * The service never stores what names a certain crop, its products or its trade: a record could harm the person
 * who wrote it. These patterns read folded words; harmless look-alikes (cocona, coco, cacao, Cocachacra, the ant
 * koki) do not match because whole words are compared.
 */
const forbiddenWords: readonly RegExp[] = [
  /^[ck]+o+[ck]+a+(s|l|les|lito|ita|itas|lero|lera|leros|leras|yero|yera|taler[oa]s?|tal|tales|ina|inas|hoja)?$/,
  /^[ck]o[ck]ale+r?[oa]s?$/,
  /^[ck]o[ck]aina?s?$/,
  /^narco\p{L}*$/u,
  /^droga(s|dicto|dictos|ta|tas)?$/,
  /^(pbc|cocasa|mambe|ypadu|amapola|amapolas|marihuana|mariguana|marijuana|cannabis|opio|latex de amapola|clorhidrato)$/,
  /^(poza|pozas)coca$/,
  /^(matade|mata|hojade|hojas|hoja|pasta|paste)[ck]o[ck]as?$/,
  /^(traketo|traqueto|traquetos|traketos|burrier|burriers|microcomerciali\p{L}*)$/u,
];

/** Of two words or more, spaces folded to one. `k…` stands for the shortened word people write instead. */
const forbiddenPhrases: readonly RegExp[] = [
  /\bpasta[\s.]+(basica|lavada|bruta)\b/g,
  /\bp[\s.]+b[\s.]+c\b/g,
  /\b(hoja|hojas|hojita|hojitas|oja|ojas|ojita|ojitas|mata|matas|chacra|cato|catos|planta|plantas|sembrio|arroba|arrobas|kilo|kilos|saco|sacos)\s+(?:de\s+|d\s+|del\s+)?(?:la\s+)?(?:[ck]+o+[ck]+a+s?|[ck]{1,2}|[ck](?:\.|\*|…)+|[ck]o[ck]|[ck]o[ck]it[oa]s?)(?=[\s.,;!?*…]|$)(?:[.*…]+)?/g,
  /\b(hoja|hojas|oja|ojas)\s+(sagrada|verde sagrada|milenaria)s?\b/g,
  /\bpoza[s]?\s+de\s+maceracion\b/g,
  /\bc\s?o\s?[ck]\s?a\b/g,
  /\b[ck][\s.*_-]o[\s.*_-][ck][\s.*_-]a\b/g,
  /\b[ck][*@_.][ck]a\b/g,
  /\b[ck]0[ck][a4@]\w*/g,
  /\b[ck]o[ck](?:4|@)(?!\w)/g,
];

const mark = "[…]";

/** Folds letter by letter so that positions in the folded text are positions in `text`. */
function foldInPlace(text: string): string {
  return Array.from({ length: text.length }, (_, at) => {
    const folded = foldCase(text[at] ?? "");
    return folded.length === 1 ? folded : (text[at] ?? "");
  }).join("");
}

/** Replaces what must not be stored by "[…]"; to be called before the first write of any text from outside. */
export function redactForbidden(text: string): { text: string; redacted: boolean } {
  const source = text.normalize("NFC");
  const folded = foldInPlace(source);
  const spans: { start: number; end: number }[] = [];
  for (const pattern of forbiddenPhrases) {
    for (const match of folded.matchAll(pattern)) {
      spans.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  for (const match of folded.matchAll(/[\p{L}\p{M}]+/gu)) {
    // Letters are doubled for emphasis or to hide ("cooca"): compared with repeats removed as well.
    const single = match[0].replace(/(.)\1+/gu, "$1");
    if (forbiddenWords.some((word) => word.test(match[0]) || word.test(single))) {
      spans.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  if (spans.length === 0) return { text, redacted: false };
  let result = "";
  let at = 0;
  for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= at) result += source.slice(at, span.start) + mark;
    at = Math.max(at, span.end);
  }
  return { text: result + source.slice(at), redacted: true };
}
