import es from "../texts/es.json" with { type: "json" };
import words from "../texts/words.es.json" with { type: "json" };
import { builtInFolder, firstLanguage, type LanguageFile, readTextFiles } from "./language-files.ts";
import { otherLanguages } from "./merge-lexicons.ts";
import { mergeTexts, type Catalog } from "./merge-texts.ts";
import { withOperatorFolder } from "./operator-folder.ts";

/** The name of a text; what it says, in each language, is in `texts/`. */
export type TextKey = keyof typeof es;
export type WordGroup = keyof typeof words;

const spanish: Catalog = { texts: es, words };
const merge = (known: ReadonlyMap<string, Catalog>, files: readonly LanguageFile[]) =>
  mergeTexts(spanish, known, files);

const builtIn = merge(new Map([[firstLanguage, spanish]]), otherLanguages(readTextFiles(builtInFolder)));
const loaded = withOperatorFolder(builtIn, (folder) => merge(builtIn, readTextFiles(folder)));

/** What Minka says, by language. Only Spanish is complete. */
export const catalogs = loaded.result;

/** Why the operator's texts are not among them, in one line. */
export const textProblem = loaded.problem;

/** Whether there is a text of this name. */
export function isTextKey(name: string): name is TextKey {
  return Object.hasOwn(es, name);
}

/** Whether there is a list of words of this name. */
export function isWordGroup(name: string): name is WordGroup {
  return Object.hasOwn(words, name);
}
