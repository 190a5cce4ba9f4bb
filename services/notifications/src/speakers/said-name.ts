import { foldCase } from "@minka/language/fold";
import { interpret } from "@minka/language/interpret";
import { isUsualName, readPersonName } from "@minka/language/understanding/person-names";

/** "Soy Juan", and not "me llamo Juan", which is how a name is corrected. */
const presents =
  /^\W*(?:(?:hola|alo|buen[oa]s(?: dias| tardes| noches)?)\W+)?(?:yo\s+)?(?:soy|soi|le habla|habla|aqui)\s/;

export type SaidName = {
  readonly name: string;
  /** There is nothing else in the message. */
  readonly alone: boolean;
  /** Said as who it is that writes. */
  readonly presented: boolean;
};

/** The name that a message gives for who writes it. */
export function saidName(text: string): SaidName | null {
  const { intent, slots } = interpret(text, "idle");
  const presented = presents.test(foldCase(text.slice(0, 60)));
  const name = intent === "register" ? slots.name : presented ? readPersonName(text, "") : undefined;
  if (!name) return null;
  return { name, presented, alone: intent === "register" && !slots.place && !slots.crop };
}

/** A message that is a name and nothing else: "Segundo Tuanama". */
export function bareName(text: string): string | null {
  const name = text.trim();
  const words = name.split(/\s+/);
  if (words.length > 6 || !words.some(isUsualName)) return null;
  return readPersonName(`me llamo ${name}`, "") === name ? name : null;
}

/** Whether somebody of this name may go by what was said: "Juan", "Tuanama" and "Juan Tuanama Ríos" for Juan Tuanama. */
export function isCalled(name: string | null, said: string): boolean {
  const [full, part] = [wordsOf(name ?? ""), wordsOf(said)];
  if (full.length === 0 || part.length === 0) return false;
  return part.every((word) => full.includes(word)) || full.every((word) => part.includes(word));
}

/** Whether what was said is more of their name, or the same spelt otherwise. */
export function completes(name: string | null, { name: given, presented }: SaidName): boolean {
  const [had, has] = [wordsOf(name ?? "").length, wordsOf(given).length];
  return has > had || (has === had && !presented);
}

function wordsOf(name: string): string[] {
  return foldCase(name).match(/\p{L}+/gu) ?? [];
}
