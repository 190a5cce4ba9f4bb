import { foldCase, soundKey } from "../fold.ts";
import type { Token } from "./tokens.ts";

/**
 * The small language in which lexicons are written, matched on how words sound:
 *
 *   word       that word                      vend*     any word that starts so
 *   (a|b c|d*) one of these                   [a|b]     one of these, or nothing
 *   {crop}     a span found by a lexicon      {number}  a number
 *   ~          up to three words in between   ~~        up to eight; neither crosses the end of a sentence
 *   ^ $        start, end of the message (courtesies do not count)
 */
export type Node =
  | { kind: "word" | "stem" | "span"; key: string }
  /** `words` are the options of one whole word, looked up at once; `options` are the rest. */
  | { kind: "choice"; words: ReadonlySet<string>; options: Node[][]; optional: boolean }
  | { kind: "gap"; most: number }
  | { kind: "start" | "end" };

export type PhrasePattern = { source: string; nodes: Node[] };

/** A stretch of tokens with a meaning: [start, end). */
export type Span = { name: string; value: string; start: number; end: number };

/** What a pattern is matched against: the tokens and the spans that start at each of them. */
export type PhraseText = { tokens: readonly Token[]; spansAt: readonly (readonly Span[])[] };

const markers: Readonly<Record<string, Node>> = {
  "~": { kind: "gap", most: 3 },
  "~~": { kind: "gap", most: 8 },
  "^": { kind: "start" },
  $: { kind: "end" },
};

/** How the beginning of a word sounds: a y at its end is not the last letter ("apoy*" begins "apoyo"). */
export function stemKey(stem: string): string {
  return soundKey(`${foldCase(stem)}a`).slice(0, -1);
}

function compileAtom(text: string): Node {
  const marker = markers[text];
  if (marker !== undefined) return marker;
  if (text.startsWith("{")) return { kind: "span", key: text.slice(1, -1) };
  if (text.endsWith("*")) return { kind: "stem", key: stemKey(text.slice(0, -1)) };
  return { kind: "word", key: /^\d+$/.test(text) ? text : soundKey(foldCase(text)) };
}

/** Throws when the parentheses do not match: a lexicon's mistake must not pass silently. */
export function compilePattern(source: string): PhrasePattern {
  const symbols = source.match(/[()[\]|]|[^\s()[\]|]+/g) ?? [];
  let at = 0;
  const sequence = (): Node[] => {
    const nodes: Node[] = [];
    for (let symbol = symbols[at]; symbol !== undefined && !/^[)\]|]$/.test(symbol); symbol = symbols[at]) {
      at += 1;
      nodes.push(symbol === "(" || symbol === "[" ? choice(symbol === "[") : compileAtom(symbol));
    }
    return nodes;
  };
  const choice = (optional: boolean): Node => {
    const options = [sequence()];
    while (symbols[at] === "|") {
      at += 1;
      options.push(sequence());
    }
    if (symbols[at] !== (optional ? "]" : ")")) throw new Error(`Unbalanced pattern: "${source}"`);
    at += 1;
    const single = (option: Node[]) =>
      option.length === 1 && option[0]?.kind === "word" ? option[0].key : undefined;
    return {
      kind: "choice",
      words: new Set(options.map(single).filter((key) => key !== undefined)),
      options: options.filter((option) => single(option) === undefined),
      optional,
    };
  };
  const nodes = sequence();
  if (at < symbols.length || nodes.length === 0) throw new Error(`Unbalanced pattern: "${source}"`);
  return { source, nodes };
}

/** Every whole word that a pattern names: these are words that the spelling step may correct to. */
export function wordsOfPattern(source: string): string[] {
  return source
    .split(/[ ()[\]|]+/)
    .map(foldCase)
    .filter((word) => /^[a-z]+$/.test(word));
}

type Continue = (at: number) => number;

/** The end of the match of `nodes[from…]` at token `at`, or −1; `next` matches what follows. */
function matchNodes(
  nodes: readonly Node[],
  from: number,
  text: PhraseText,
  at: number,
  next: Continue,
): number {
  const node = nodes[from];
  if (node === undefined) return next(at);
  const rest: Continue = (end) => matchNodes(nodes, from + 1, text, end, next);
  const token = text.tokens[at];
  switch (node.kind) {
    case "word":
      return token !== undefined && token.key === node.key ? rest(at + 1) : -1;
    case "stem":
      return token !== undefined && token.digits === undefined && token.key.startsWith(node.key)
        ? rest(at + 1)
        : -1;
    case "span":
      for (const span of text.spansAt[at] ?? []) {
        if (span.name !== node.key) continue;
        const end = rest(span.end);
        if (end >= 0) return end;
      }
      return -1;
    case "choice":
      if (token !== undefined && node.words.has(token.key)) {
        const end = rest(at + 1);
        if (end >= 0) return end;
      }
      for (const option of node.options) {
        const end = matchNodes(option, 0, text, at, rest);
        if (end >= 0) return end;
      }
      return node.optional ? rest(at) : -1;
    case "gap":
      return matchGap(node.most, text, at, rest);
    case "start":
      return at === 0 ? rest(at) : -1;
    default:
      return at === text.tokens.length ? rest(at) : -1;
  }
}

function matchGap(most: number, text: PhraseText, at: number, rest: Continue): number {
  for (let skipped = 0; skipped <= most && at + skipped <= text.tokens.length; skipped += 1) {
    if (skipped > 0 && text.tokens[at + skipped - 1]?.breakBefore === "sentence") return -1;
    const end = rest(at + skipped);
    if (end >= 0) return end;
  }
  return -1;
}

type Filed<Entry> = { pattern: PhrasePattern; entry: Entry };

/** Many patterns, found together: only those whose first node can start at a token are tried there. */
export type PatternIndex<Entry> = {
  word: Map<string, Filed<Entry>[]>;
  stem: Map<string, Filed<Entry>[]>;
  span: Map<string, Filed<Entry>[]>;
  /** Patterns that begin with "^ ~": tried at the first token only. */
  atStart: Filed<Entry>[];
  longestStem: number;
};

/** The nodes with which a match can begin; "any" when it begins with a gap. */
function firstNodes(nodes: readonly Node[]): (Node | "any")[] {
  const firsts: (Node | "any")[] = [];
  for (const node of nodes) {
    if (node.kind === "start") continue;
    if (node.kind === "gap" || node.kind === "end") return [...firsts, "any"];
    if (node.kind !== "choice") return [...firsts, node];
    for (const key of node.words) firsts.push({ kind: "word", key });
    firsts.push(...node.options.flatMap(firstNodes));
    if (!node.optional) return firsts;
  }
  return firsts;
}

export function indexPatterns<Entry>(
  entries: readonly { source: string; entry: Entry }[],
): PatternIndex<Entry> {
  const index: PatternIndex<Entry> = {
    word: new Map(),
    stem: new Map(),
    span: new Map(),
    atStart: [],
    longestStem: 0,
  };
  for (const { source, entry } of entries) {
    const filed = { pattern: compilePattern(source), entry };
    for (const first of firstNodes(filed.pattern.nodes)) {
      if (first === "any") index.atStart.push(filed);
      else if (first.kind === "word" || first.kind === "stem" || first.kind === "span") {
        const list = index[first.kind].get(first.key) ?? [];
        if (list.at(-1) !== filed) list.push(filed);
        index[first.kind].set(first.key, list);
        if (first.kind === "stem") index.longestStem = Math.max(index.longestStem, first.key.length);
      }
    }
  }
  return index;
}

export type Found<Entry> = { entry: Entry; pattern: PhrasePattern; start: number; end: number };

export function findPatterns<Entry>(index: PatternIndex<Entry>, text: PhraseText): Found<Entry>[] {
  const found: Found<Entry>[] = [];
  const tryAll = (at: number, candidates: readonly Filed<Entry>[] | undefined) => {
    for (const { pattern, entry } of candidates ?? []) {
      const end = matchNodes(pattern.nodes, 0, text, at, (reached) => reached);
      if (end > at) found.push({ entry, pattern, start: at, end });
    }
  };
  if (text.tokens.length > 0) tryAll(0, index.atStart);
  for (const [at, token] of text.tokens.entries()) {
    tryAll(at, index.word.get(token.key));
    if (token.digits === undefined) {
      const longest = Math.min(index.longestStem, token.key.length);
      for (let length = 1; length <= longest; length += 1)
        tryAll(at, index.stem.get(token.key.slice(0, length)));
    }
    for (const name of new Set((text.spansAt[at] ?? []).map((span) => span.name)))
      tryAll(at, index.span.get(name));
  }
  return found;
}
