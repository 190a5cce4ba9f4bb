import { lotStates } from "@minka/contracts/lots";
import { capitalized } from "../../words/field-words.ts";
import { lotStateWords } from "./lot-words.ts";

/** By what a list of lots is divided, whoever's it is. */
export const shownLotStates = lotStates.map(
  (state) => [state, capitalized(lotStateWords[state][0])] as const,
);
