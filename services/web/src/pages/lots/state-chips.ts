import { lotStates, type LotState } from "@minka/contracts/lots";
import type { Html } from "../../design/html.ts";
import { chips, withQuery } from "../../design/parts.ts";
import { capitalized } from "../../words/field-words.ts";
import { lotStateWords } from "./lot-words.ts";

/** A list of lots by state, whoever's it is. */
export const stateChips = (path: string, state: LotState | undefined): Html =>
  chips("Por estado", [
    { href: path, words: "Todos", current: state === undefined },
    ...lotStates.map((one) => ({
      href: withQuery(path, { estado: one }),
      words: capitalized(lotStateWords[one][0]),
      current: one === state,
    })),
  ]);
