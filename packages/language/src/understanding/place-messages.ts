import { foldCase, soundKey } from "../fold.ts";
import type { Intent } from "../intents.ts";
import type { ReadMessage } from "./read-message.ts";

const keysOf = (words: string) => new Set(words.split(" ").map(soundKey));
const farms = keysOf(
  "chacra parcela finca fundo casa plantas terreno vivo estoy soy somos ubico encuentro queda esta distrito caserio comunidad anexo sector provincia es ubicado ubicada cultivos vengo zona mude mudamos mudado traslade",
);
const fillers = keysOf(
  "yo mi mis la el los en de por del y i que tengo aqui aca cerca lado carretera adentro arriba abajo distrito region san martin huanuco ucayali pasco sector al a cacao cafe",
);
const seats =
  /\b(bibo|bibimos|estoi|estamos en|soi de|somos de|keda|kedamos|esta (en|por)|es en|kaserio|distrito|komunidad|aneso|ubikad[oa]|me enkuentro|me ubiko|(me|nos) (e |emos )?(mude|mudamos|mudado|traslade))\b/;

/** Whether the whole message says where the farm is: the place alone, or a sentence that seats the farm in one. */
export function isPlaceMessage(
  message: ReadMessage,
  placeText: string,
  best: { intent: Intent; score: number },
): boolean {
  if (best.score >= 3) return false;
  const keys = message.tokens.map((token) => token.key);
  // "¿Dónde queda?" asks for a place.
  if (keys[0] === "donde") return false;
  if (seats.test(keys.join(" ")) && keys.some((key) => farms.has(key))) return true;
  if (placeText === "") return false;
  const placeKeys = new Set(
    foldCase(placeText)
      .split(/[^a-z]+/)
      .map(soundKey),
  );
  return message.tokens.every(
    (token) => placeKeys.has(soundKey(token.word)) || fillers.has(token.key) || farms.has(token.key),
  );
}
