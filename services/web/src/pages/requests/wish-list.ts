import { row, rows, withQuery } from "../../design/parts.ts";
import { askPath } from "./ask-answers.ts";
import { wishes } from "./ask-words.ts";

/** Where asking begins: what can be asked for, each a thumb's way from its questions. */
export const wishList = rows(
  wishes.map(({ kind, words, hint }) =>
    row({
      title: words,
      href: kind === "credit" ? "/mi/credito/nuevo" : withQuery(askPath, { tipo: kind }),
      ahead: kind !== "credit",
      lines: [hint],
    }),
  ),
);
