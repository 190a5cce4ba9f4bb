import type { ImportStatus } from "@minka/contracts/imports";
import type { Tone } from "../../design/parts.ts";
import { peopleWords } from "./desk-words.ts";

export const importStateWords: Readonly<Record<ImportStatus["state"], readonly [words: string, tone: Tone]>> =
  {
    received: ["Por revisar", "waiting"],
    checking: ["Revisando", "going"],
    checked: ["Revisada", "waiting"],
    refused: ["No se entiende", "bad"],
    loading: ["Cargando", "going"],
    done: ["Cargada", "good"],
    failed: ["Falló", "bad"],
    cancelled: ["Dejada", "over"],
  };

export const isUnderWay = ({ state }: Pick<ImportStatus, "state">): boolean =>
  state === "received" || state === "checking" || state === "loading";

export const isReady = ({ state, errors }: Pick<ImportStatus, "state" | "errors">): boolean =>
  state === "checked" && errors === 0;

/** What a list came to, in a sentence. */
export function resultWords({ result }: Pick<ImportStatus, "result">): string {
  if (!result) return "";
  const [invited = 0, asked = 0, unchanged = 0] = ["invited", "asked", "unchanged"].map(
    (name) => result[name] ?? 0,
  );
  return [
    `Se pregunta a ${peopleWords(invited + asked)} si es parte.`,
    unchanged > 0 ? (unchanged === 1 ? "1 persona ya estaba." : `${unchanged} personas ya estaban.`) : "",
  ]
    .filter(Boolean)
    .join(" ");
}

export const rowsWords = (count: number): string => (count === 1 ? "1 fila" : `${count} filas`);
