import { z } from "zod";
import { compilePattern } from "../understanding/phrase-pattern.ts";
import { firstLanguage, type LanguageFile, LanguageFileError } from "./language-files.ts";

type Lexicons = Readonly<Record<string, unknown>>;

const pattern = z
  .string()
  .trim()
  .min(1)
  .refine(compiles, { error: ({ input }) => `"${String(input)}" has parentheses that do not match` });
const patterns = z.array(pattern);
const phrase = z.strictObject({ weight: z.number(), head: z.boolean().optional(), patterns });

function compiles(source: string): boolean {
  try {
    return compilePattern(source).nodes.length > 0;
  } catch {
    return false;
  }
}

/** What a file of another language may hold: what the Spanish one holds, under the same keys. */
function schemaOf(name: string, spanish: unknown): z.ZodType {
  if (Array.isArray(spanish)) return patterns;
  if (name === "shorthand") return z.record(z.string(), z.string().min(1));
  if (name === "numbers") return z.record(z.string().regex(/^\d+$/, "is no number"), patterns);
  const keys = Object.keys(z.record(z.string(), z.unknown()).parse(spanish));
  const entry = name.startsWith("phrases/") ? z.array(phrase) : patterns;
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, entry.optional()])));
}

function checked({ path, name, content }: LanguageFile, spanish: Lexicons): unknown {
  if (!Object.hasOwn(spanish, name)) throw new LanguageFileError(`${path}: there is no lexicon of this name`);
  const parsed = schemaOf(name, spanish[name]).safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LanguageFileError(`${path}: ${[...(issue?.path ?? []), issue?.message ?? ""].join(": ")}`);
}

/** Lists joined, entries of both, and of one word that has two meanings the later. */
function join(known: unknown, added: unknown): unknown {
  if (Array.isArray(known) && Array.isArray(added)) return [...known, ...added];
  if (!isObject(known) || !isObject(added)) return added;
  return Object.fromEntries(
    [...new Set([...Object.keys(known), ...Object.keys(added)])].map((key) => [
      key,
      key in known && key in added ? join(known[key], added[key]) : (added[key] ?? known[key]),
    ]),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The lexicons with the words of `files` among them, whatever their language: people mix. `spanish` says which
 * lexicons and keys there are. Throws LanguageFileError for the first file that does not fit.
 */
export function mergeLexicons<All extends Lexicons>(
  spanish: All,
  known: All,
  files: readonly LanguageFile[],
): All {
  const merged: Record<string, unknown> = { ...known };
  for (const file of files) merged[file.name] = join(merged[file.name], checked(file, spanish));
  // The shape is what `checked` made sure of.
  return merged as All;
}

/** Files of other languages than the one that is imported with its types. */
export function otherLanguages(files: readonly LanguageFile[]): LanguageFile[] {
  return files.filter(({ language }) => language !== firstLanguage);
}
