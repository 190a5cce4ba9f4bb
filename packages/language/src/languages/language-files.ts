import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A file of words or texts in one language, and where it was found, for who has to correct it. */
export type LanguageFile = {
  /** BCP 47 */
  readonly language: string;
  /** "crops", "phrases/needs"; "texts", "words". */
  readonly name: string;
  readonly path: string;
  readonly content: unknown;
};

/** A file that cannot be used; the message is one line that names it and the key. */
export class LanguageFileError extends Error {}

/** Where Minka's own words and texts lie. */
export const builtInFolder = path.join(import.meta.dirname, "..");
/** The language that says everything: what another does not say is said in it. */
export const firstLanguage = "es";

const tag = /^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/;

/** Every lexicon in `lexicons/<language>/` and `lexicons/<language>/phrases/`. */
export function readLexiconFiles(folder: string): LanguageFile[] {
  return namesIn(folder, "lexicons").flatMap((language) => {
    refuseUnlessTag(language, `lexicons/${language}`);
    return ["", "phrases/"].flatMap((within) =>
      jsonIn(folder, `lexicons/${language}/${within}`).map((name) =>
        readJson(folder, {
          language,
          name: within + name,
          path: `lexicons/${language}/${within}${name}.json`,
        }),
      ),
    );
  });
}

/** `texts/<language>.json`, what Minka says, and `texts/words.<language>.json`, the words that fill it. */
export function readTextFiles(folder: string): LanguageFile[] {
  return jsonIn(folder, "texts/").map((name) => {
    const [, kind = "texts", language = name] = /^(?:([a-z-]+)\.)?([^.]+)$/.exec(name) ?? [];
    refuseUnlessTag(language, `texts/${name}.json`);
    return readJson(folder, { language, name: kind, path: `texts/${name}.json` });
  });
}

function refuseUnlessTag(language: string, where: string): void {
  if (!tag.test(language))
    throw new LanguageFileError(`${where}: "${language}" is no language tag such as es, qvs or cni`);
}

function namesIn(folder: string, within: string): string[] {
  const full = path.join(folder, within);
  return existsSync(full) ? readdirSync(full).filter((name) => !name.startsWith(".")) : [];
}

function jsonIn(folder: string, within: string): string[] {
  return namesIn(folder, within).flatMap((name) => (name.endsWith(".json") ? [name.slice(0, -5)] : []));
}

function readJson(folder: string, file: Omit<LanguageFile, "content">): LanguageFile {
  try {
    const content: unknown = JSON.parse(readFileSync(path.join(folder, file.path), "utf8"));
    return { ...file, content };
  } catch (error) {
    // The parser's message may quote lines of the file.
    const [reason = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new LanguageFileError(`${file.path}: ${reason}`);
  }
}
