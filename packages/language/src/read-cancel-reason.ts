import { foldCase } from "./fold.ts";

/** Of several reasons the one that says most; named as the contract names them. */
const words = [
  [
    "found_another",
    /\b(consegui|encontre|halle|contrate|busque|tengo) (ya )?(a )?otr[oa]\b|\bya (vino|me atendio|lo hizo) otr[oa]\b/,
  ],
  [
    "road",
    /\b(lluvia\w*|llueve|llovio|lloviendo|trocha|carretera|camino|huaico|derrumbe|puente|crecid\w*|no hay paso|moto malograda)\b/,
  ],
  ["health", /\b(enferm\w+|salud|hospital|posta|medic[oa]|accidente|fiebre|dolor|operaron)\b/],
  ["price", /\b(car[oa]s?|precio|plata|dinero|no me alcanza|cobra mucho)\b/],
  [
    "not_needed",
    /\bya no (lo |la )?(necesit|nesecit|hace falta|quier)\w*|\bya (se|lo) (arregl|solucion|cur)\w*/,
  ],
  ["busy", /\b(ocupad[oa]|trabajo|cosecha|viaj[eo]\w*|reunion|no tengo tiempo|chamba|otro compromiso)\b/],
  ["date", /\b(ese dia|esa fecha|esa hora|otro dia)\b/],
] as const;
type CancelWord = (typeof words)[number][0];

/** Why a message says that something is called off ("cancelar, ya consegui otro"); null where it does not say. */
export function readCancelReason(text: string): CancelWord | null {
  const folded = foldCase(text.slice(0, 300));
  return words.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}
