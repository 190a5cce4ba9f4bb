import { z } from "zod";
import { countSegments, foldToGsm7 } from "../gsm7.ts";
import { fill, parametersOf } from "./fill.ts";
import { type LanguageFile, LanguageFileError } from "./language-files.ts";
import { longestValues } from "./longest-values.ts";

export type Text = { readonly segments: number; readonly text: string };
type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;
export type Catalog = { readonly texts: Readonly<Record<string, Text>>; readonly words: Words };

/** A text of more is a letter, and costs like one. */
const mostSegments = 4;
const textFile = z.record(
  z.string(),
  z.strictObject({ text: z.string().trim().min(1), segments: z.int().min(1).max(mostSegments).optional() }),
);
const wordsFile = z.record(z.string(), z.record(z.string(), z.string().trim().min(1)));

function parse<Schema extends z.ZodType>(schema: Schema, { path, content }: LanguageFile): z.output<Schema> {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LanguageFileError(`${path}: ${[...(issue?.path ?? []), issue?.message ?? ""].join(": ")}`);
}

/** Refuses what would leave a hole: a parameter that nobody fills, a letter that no SMS carries. */
function refuseHoles(where: string, text: string, spanish: string): void {
  const known = parametersOf(spanish);
  const unknown = parametersOf(text).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const may = known.length > 0 ? known.map((name) => `{${name}}`).join(", ") : "none";
    throw new LanguageFileError(`${where}: unknown parameter {${unknown}}; it may use ${may}`);
  }
  const lost = Array.from(text.normalize("NFC")).find((character) => foldToGsm7(character) === "");
  if (lost !== undefined) throw new LanguageFileError(`${where}: an SMS cannot carry "${lost}"`);
}

function readTexts(file: LanguageFile, spanish: Catalog["texts"]): Record<string, Text> {
  const texts: Record<string, Text> = {};
  for (const [key, { text, segments: stated }] of Object.entries(parse(textFile, file))) {
    const where = `${file.path}: ${key}`;
    const known = spanish[key];
    if (known === undefined) throw new LanguageFileError(`${where}: there is no text of this name`);
    refuseHoles(where, text, known.text);
    const segments = stated ?? known.segments;
    const needs = countSegments(foldToGsm7(fill(text, longestValues(key)))).segments;
    if (needs > segments)
      throw new LanguageFileError(
        `${where}: needs ${needs} SMS with its longest values; its budget is ${segments}`,
      );
    texts[key] = { text, segments };
  }
  return texts;
}

function readWords(file: LanguageFile, spanish: Words): Words {
  const read = parse(wordsFile, file);
  for (const [group, entries] of Object.entries(read)) {
    for (const [entry, text] of Object.entries(entries)) {
      const where = `${file.path}: ${group}: ${entry}`;
      const known = spanish[group]?.[entry];
      if (known === undefined) throw new LanguageFileError(`${where}: there is no word of this name`);
      refuseHoles(where, text, known);
    }
  }
  return read;
}

function mergeWords(known: Words, added: Words): Words {
  const groups = Object.entries(added).map(([group, entries]) => [group, { ...known[group], ...entries }]);
  return { ...known, ...Object.fromEntries(groups) };
}

/**
 * The catalogs with what `files` say in place of what was known, key by key. `spanish` names all texts and words,
 * their parameters and budgets. Throws LanguageFileError for the first file that does not fit.
 */
export function mergeTexts(
  spanish: Catalog,
  known: ReadonlyMap<string, Catalog>,
  files: readonly LanguageFile[],
): ReadonlyMap<string, Catalog> {
  const merged = new Map(known);
  for (const file of files) {
    if (file.name !== "words" && file.name !== "texts")
      throw new LanguageFileError(`${file.path}: there are no texts of this kind`);
    const { texts, words } = merged.get(file.language) ?? { texts: {}, words: {} };
    const catalog =
      file.name === "words"
        ? { texts, words: mergeWords(words, readWords(file, spanish.words)) }
        : { texts: { ...texts, ...readTexts(file, spanish.texts) }, words };
    merged.set(file.language, catalog);
  }
  return merged;
}
