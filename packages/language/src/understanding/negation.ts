import { soundKey } from "../fold.ts";
import type { Token } from "./tokens.ts";

const wants = new Set(
  [
    "quiero",
    "necesito",
    "busco",
    "deseo",
    "quisiera",
    "queremos",
    "necesitamos",
    "buscamos",
    "soy",
    "pedi",
    "vendo",
    "compro",
    "es",
  ].map(soundKey),
);
const turns = new Set(
  "mejor sino pero quiero necesito busco deseo quisiera vendo compro tengo prefiero mandeme digame yo lo"
    .split(" ")
    .map(soundKey),
);

/**
 * Which tokens stand in what the message refuses: from "no quiero", "no busco" … to the end of the clause or to
 * the words that turn it round ("mejor", "sino", "yo lo que quiero").
 */
export function refusedTokens(tokens: readonly Token[]): boolean[] {
  const refused = tokens.map(() => false);
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens[at]?.key !== "no" || !wants.has(tokens[at + 1]?.key ?? "")) continue;
    for (let inside = at; inside < tokens.length; inside += 1) {
      const token = tokens[inside];
      if (token === undefined) break;
      if (inside > at && token.breakBefore !== "none") break;
      if (inside > at + 1 && turns.has(token.key)) break;
      refused[inside] = true;
    }
  }
  return refused;
}

const affirmedWants = new Set(
  [
    "quiero",
    "necesito",
    "busco",
    "deseo",
    "quisiera",
    "queremos",
    "necesitamos",
    "buscamos",
    "vendo",
    "vendemos",
    "compro",
    "prefiero",
  ].map(soundKey),
);

/** Whether the message wants something that it does not refuse. */
export function wantsSomething(message: { tokens: readonly Token[] }): boolean {
  const refused = refusedTokens(message.tokens);
  return message.tokens.some((token, at) => affirmedWants.has(token.key) && refused[at] !== true);
}
