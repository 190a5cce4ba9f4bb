import { lexiconProblem } from "./all-lexicons.ts";
import { textProblem } from "./all-texts.ts";

/** Why the files in LANGUAGE_DIR cannot be used, in one line that names the file and the key; null when they can. */
export const languageProblem: string | null = lexiconProblem ?? textProblem;
