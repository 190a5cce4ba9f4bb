import { lexicons } from "../languages/all-lexicons.ts";
import { soundKey } from "../fold.ts";
import type { Token } from "./tokens.ts";

/** A number in a message, tokens [start, end). */
export type NumberSpan = {
  value: number;
  start: number;
  end: number;
  /** "un", "una": one before a unit of measure, an article before a thing. */
  article: boolean;
};

const valueOfKey = new Map<string, number>(
  Object.entries(lexicons.numbers).flatMap(([value, words]) =>
    words.map((word) => [soundKey(word), Number(value)] as const),
  ),
);
const halfKeys = new Set(["medio", "media"].map(soundKey));
const wholeGroups: ReadonlyMap<string, number> = new Map([
  [soundKey("docena"), 12],
  [soundKey("docenas"), 12],
  [soundKey("decena"), 10],
]);
const quarterKey = soundKey("cuarto");

/** Reads one number in digits or words at `start`, without fractions. */
function readWhole(tokens: readonly Token[], start: number): NumberSpan | null {
  let total = 0;
  let group = 0;
  let lastSize = Infinity;
  let at = start;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) break;
    // "treinta y dos" goes on over the "y", "tres y cuatro" does not.
    if (token.key === "i" && at > start && lastSize >= 20 && lastSize < 100) {
      const after = valueOfKey.get(tokens[at + 1]?.key ?? "");
      if (after === undefined || after < 1 || after > 9) break;
      at += 1;
      continue;
    }
    const value = token.digits ?? valueOfKey.get(token.key);
    if (value === undefined) break;
    if (token.digits === undefined && value >= 1000) {
      if (lastSize <= 1000 && total > 0) break;
      total = value === 1000 ? total + (group === 0 ? 1 : group) * 1000 : (group === 0 ? 1 : group) * value;
      group = 0;
      lastSize = value;
    } else {
      const size = value >= 100 ? 100 : value >= 20 ? 20 : 1;
      if (at > start && (token.digits !== undefined || size >= lastSize) && lastSize < 1000) break;
      if (at > start && token.digits !== undefined && value >= 1000) break;
      group += value;
      lastSize = token.digits === undefined ? size : value < 1000 ? 1 : 0;
    }
    at += 1;
  }
  if (at === start) return null;
  const single = at === start + 1 ? tokens[start] : undefined;
  const article = single !== undefined && (single.word === "un" || single.word === "una");
  return { value: total + group, start, end: at, article };
}

function readNumber(tokens: readonly Token[], start: number): NumberSpan | null {
  const first = tokens[start];
  if (first === undefined) return null;
  if (halfKeys.has(first.key)) {
    const isDozen = wholeGroups.get(tokens[start + 1]?.key ?? "");
    if (isDozen !== undefined) return { value: isDozen / 2, start, end: start + 2, article: false };
    if (tokens[start + 1]?.key === soundKey("millar"))
      return { value: 500, start, end: start + 2, article: false };
    return { value: 0.5, start, end: start + 1, article: false };
  }
  const whole = readWhole(tokens, start);
  if (whole === null) return null;
  const dozen = wholeGroups.get(tokens[whole.end]?.key ?? "");
  if (dozen !== undefined) return { value: whole.value * dozen, start, end: whole.end + 1, article: false };
  if (whole.article && tokens[whole.end]?.key === quarterKey) {
    return { value: 0.25, start, end: whole.end + 1, article: false };
  }
  // "un medio", "un ciento", "un millar" are numbers; so is "dos y medio".
  if (tokens[whole.end]?.key === "i" && halfKeys.has(tokens[whole.end + 1]?.key ?? "")) {
    const half =
      whole.value >= 1000 && whole.value % 1000 === 0 && tokens[whole.end - 1]?.digits === undefined
        ? 500
        : 0.5;
    return { ...whole, value: whole.value + half, end: whole.end + 2, article: false };
  }
  return whole;
}

/** Every number of a message, left to right. */
export function findNumbers(tokens: readonly Token[]): NumberSpan[] {
  const numbers: NumberSpan[] = [];
  for (let at = 0; at < tokens.length;) {
    const number = readNumber(tokens, at);
    if (number !== null) numbers.push(number);
    at = number?.end ?? at + 1;
  }
  return numbers;
}
