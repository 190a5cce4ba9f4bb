import { foldCase, soundKey } from "@minka/language/fold";

/** Words long enough to be a name and not "de" or "la", as they sound: "gladis" is Gladys. */
function wordsOf(text: string): string[] {
  return (foldCase(text.slice(0, 200)).match(/[a-z]{4,}/g) ?? []).map(soundKey);
}

/** Whether a message has a word of this name. */
export function saysNameOf(text: string, name: string): boolean {
  const said = wordsOf(text);
  return wordsOf(name).some((word) => said.includes(word));
}
