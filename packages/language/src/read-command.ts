import { foldCase, soundKey } from "./fold.ts";
import { lexicons } from "./languages/all-lexicons.ts";
import { findPatterns, indexPatterns } from "./understanding/phrase-pattern.ts";
import { correctSpelling } from "./understanding/spelling.ts";
import { tokenize, type Token } from "./understanding/tokens.ts";

/**
 * What a message of its own asks for beside needs and answers: AQUI; REVISAR; POR QUE, of the first of a list, of one by
 * its number or by a name; BLOQUEAR, of whoever it was last or of somebody by name. Who is named, the caller finds out:
 * a message that only may name somebody ("no quiero más con Juan") is nothing where nobody is called so.
 */
export type Command =
  | { readonly kind: "here" }
  | { readonly kind: "review" }
  | { readonly kind: "why"; readonly of: 1 | 2 | 3 | "named" | null }
  | { readonly kind: "block"; readonly named: boolean };

const words = lexicons.commands;
const commands: Readonly<Record<keyof typeof words, Command>> = {
  here: { kind: "here" },
  review: { kind: "review" },
  why: { kind: "why", of: null },
  why1: { kind: "why", of: 1 },
  why2: { kind: "why", of: 2 },
  why3: { kind: "why", of: 3 },
  block: { kind: "block", named: false },
  whyNamed: { kind: "why", of: "named" },
  blockNamed: { kind: "block", named: true },
};
/** Also the order in which they go: what names nobody is surer. */
const entries = Object.keys(commands) as (keyof typeof words)[];
const index = indexPatterns<keyof typeof words>(
  entries.flatMap((entry) => words[entry].map((source) => ({ source, entry }))),
);

/** Longer messages say more than a command. */
const mostTokens = 12;

export function readCommand(text: string): Command | null {
  const tokens = withoutCourtesy(tokenize(text));
  if (tokens.length === 0 || tokens.length > mostTokens) return null;
  return commandIn(tokens) ?? commandIn(correctSpelling(tokens, () => false));
}

function commandIn(tokens: readonly Token[]): Command | null {
  const found = new Set(
    findPatterns(index, { tokens, spansAt: tokens.map(() => []) }).map(({ entry }) => entry),
  );
  const said = entries.find((entry) => found.has(entry));
  return said ? commands[said] : null;
}

const polite = new Set(
  [...lexicons["courtesy-messages"].greeting, ...lexicons["courtesy-messages"].closing].map((word) =>
    soundKey(foldCase(word)),
  ),
);

/** Without the "buenos días" before and the "gracias" after. */
function withoutCourtesy(tokens: readonly Token[]): Token[] {
  const speaks = ({ key }: Token) => !polite.has(key);
  return tokens.slice(Math.max(0, tokens.findIndex(speaks)), tokens.findLastIndex(speaks) + 1);
}
