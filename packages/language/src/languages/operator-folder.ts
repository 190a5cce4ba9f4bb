import { existsSync } from "node:fs";
import { LanguageFileError } from "./language-files.ts";

/**
 * What an operator adds to the built-in words and texts, from the setting LANGUAGE_DIR; null without one. Read when
 * the words are first needed, before a service has its settings, because they are indexed once for the process.
 */
export function operatorFolder(): string | null {
  const folder = process.env["LANGUAGE_DIR"] || null;
  if (folder !== null && !existsSync(folder)) throw new LanguageFileError("there is no such folder");
  return folder;
}

export type Loaded<Result> = { readonly result: Result; readonly problem: string | null };

/**
 * Adds the operator's files with `add`. Where one of them cannot be used none is, and the process goes on with
 * `builtIn` until whoever starts it refuses to on account of `problem`.
 */
export function withOperatorFolder<Result>(builtIn: Result, add: (folder: string) => Result): Loaded<Result> {
  try {
    const folder = operatorFolder();
    return { result: folder === null ? builtIn : add(folder), problem: null };
  } catch (error) {
    if (!(error instanceof LanguageFileError)) throw error;
    return { result: builtIn, problem: `LANGUAGE_DIR: ${error.message}` };
  }
}
