import { foldCase, soundKey } from "../fold.ts";

/** A word, number or sign of a message. */
export type Token = {
  raw: string;
  start: number;
  end: number;
  /** Folded letters; digits as written for a number. */
  word: string;
  /** How it sounds; the spelling step may replace it by the key of a known word. */
  key: string;
  /** Numeric value when written in digits. */
  digits?: number;
  /** What stands between this token and the one before: nothing, a comma, or the end of a sentence. */
  breakBefore: "none" | "comma" | "sentence";
  /** No space between this token and the one before ("5kg"). */
  glued: boolean;
};

/** A message longer than this is not a request; reading stops here so that cost stays bounded. */
const consideredLength = 1000;

const tokenPattern =
  /(?<formula>\d{1,2}(?:\s?-\s?\d{1,2}){2,3}(?!\d)|(?<part>[12]\d)(?:[ /x]\k<part>){2}(?!\d))|(?<spelled>(?<![\p{L}\d])(?:[nN][ .-][pP][ .-][kK]|[dD][ .-][aA][ .-][pP]|[qQ][ .][qQ]|[kK][ .][gG])(?![\p{L}\d]))|(?<money>[sS]\s?\/\s?\.?\s?(?=\d))|(?<thousands>[1-9]\d{0,2}(?:[., ]\d{3})+(?!\d))|(?<mixed>\d+\s+[13]\/[234](?!\d))|(?<fraction>[13]\/[234](?!\d))|(?<number>\d+(?:[.,]\d+)?)|(?<half>½)|(?<word>\p{L}[\p{L}\p{M}]*)|(?<at>@)/gu;

function fractionValue(text: string): number {
  const [numerator = "0", denominator = "1"] = text.split("/");
  return Number(numerator) / Number(denominator);
}

/** Reads the value of a matched number, or undefined when the match is a word or sign. */
function digitsOf(groups: Record<string, string | undefined>): number | undefined {
  if (groups["thousands"] !== undefined) return Number(groups["thousands"].replace(/[., ]/g, ""));
  if (groups["mixed"] !== undefined) {
    const [whole = "0", fraction = "0"] = groups["mixed"].split(/\s+/);
    return Number(whole) + fractionValue(fraction);
  }
  if (groups["fraction"] !== undefined) return fractionValue(groups["fraction"]);
  if (groups["number"] !== undefined) return Number(groups["number"].replace(",", "."));
  if (groups["half"] !== undefined) return 0.5;
  return undefined;
}

function wordOf(groups: Record<string, string | undefined>, raw: string): string {
  // 18-46-0 is the formula of diammonium phosphate.
  if (groups["formula"] !== undefined) return /^18\D+46/.test(raw) ? "dap" : "#formula";
  if (groups["spelled"] !== undefined) return foldCase(raw).replace(/[^a-z]/g, "");
  if (groups["money"] !== undefined) return "soles";
  if (groups["at"] !== undefined) return "arroba";
  return foldCase(raw);
}

function breakIn(gap: string): Token["breakBefore"] {
  if (/[.;?!\n:]/.test(gap)) return "sentence";
  return gap.includes(",") ? "comma" : "none";
}

/** Splits a message; letters stuck to digits ("10kg", "5@") become tokens of their own. */
export function tokenize(message: string): Token[] {
  const text = message.slice(0, consideredLength).normalize("NFC");
  const tokens: Token[] = [];
  let previousEnd = 0;
  for (const match of text.matchAll(tokenPattern)) {
    const groups = match.groups ?? {};
    const raw = match[0];
    const start = match.index;
    const word = wordOf(groups, raw);
    const digits = digitsOf(groups);
    const gap = text.slice(previousEnd, start);
    tokens.push({
      raw,
      start,
      end: start + raw.length,
      word,
      key: digits === undefined ? soundKey(word) : word,
      ...(digits === undefined ? {} : { digits }),
      breakBefore: tokens.length === 0 ? "none" : breakIn(gap),
      glued: tokens.length > 0 && gap === "",
    });
    previousEnd = start + raw.length;
  }
  return tokens;
}
