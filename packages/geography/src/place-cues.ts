import type { Word } from "./fold.ts";

/** How surely the words before a name announce a place, from none to "distrito de". */
export const CUE = { none: 0, to: 1, around: 2, from: 3, at: 4, living: 5, district: 6 } as const;
export type Cue = (typeof CUE)[keyof typeof CUE];

export type Context = {
  readonly cue: Cue;
  /** "provincia de", "dpto" stand before it. */
  readonly level: "province" | "region" | undefined;
  /** A village, street, river, person or organization is named, not the district of that name. */
  readonly ofSomethingElse: boolean;
};

const LEVELS: ReadonlyMap<string, "province" | "region"> = new Map([
  ["provincia", "province"],
  ["prov", "province"],
  ["pcia", "province"],
  ["departamento", "region"],
  ["dpto", "region"],
  ["depto", "region"],
  ["region", "region"],
]);

const DISTRICT = new Set(["distrito", "dist", "dto"]);
const LIVING = new Set(
  "soy soi somos vengo venimos vivo vivimos vive viene natural productor productora agricultor agricultora".split(
    " ",
  ),
);
/** "vivo en", "mi chacra queda en" */
const LOCATED = new Set(
  "vivo vivimos vive estoy toy estamos tamos esta ta estan tan queda keda quedan es trabajo trabajamos radico".split(
    " ",
  ),
);
/** What a person says before a name; where they are from comes after it. */
const INTRODUCING = new Set(
  "soy soi llamo yamo llama yama nombre registrarme registreme registrar inscribeme inscribirme".split(" "),
);
const HERE = new Set(["aca", "aqui", "aki", "alla", "aka"]);
const SOMETHING_ELSE = new Set(
  `caserio caserios comunidad anexo fundo sector barrio asentamiento jiron jr calle avenida av psje pasaje rio quebrada
  puente parque plaza mercado colegio escuela institucion hotel banco cooperativa coperativa coop asociacion asosiacion
  asosiasion comite empresa agencia radio virgen sr sra don dona`.split(/\s+/),
);

/** The level that a word gives to the name after it. */
export function levelOf(plain: string): "province" | "region" | undefined {
  return LEVELS.get(plain);
}

/** Words that may stand between a district's name and its province's. */
export function joinsNames(plain: string): boolean {
  return (
    plain === "de" ||
    plain === "d" ||
    plain === "en" ||
    plain === "peru" ||
    DISTRICT.has(plain) ||
    LEVELS.has(plain)
  );
}

/** What the words before the one at `at` say about it. */
export function contextOf(words: readonly Word[], at: number): Context {
  const sameClause = (index: number) => {
    for (let i = index + 1; i <= at; i++) if (words[i]?.opensClause) return "";
    return words[index]?.plain ?? "";
  };
  // "distrito: Luyando" and "provincia, Tocache" keep their meaning across the mark.
  const before = words[at - 1]?.plain ?? "";
  if (DISTRICT.has(before)) return { cue: CUE.district, level: undefined, ofSomethingElse: false };
  const beforeLevel = LEVELS.get(before);
  if (beforeLevel) return { cue: CUE.district, level: beforeLevel, ofSomethingElse: false };
  const first = sameClause(at - 1);
  const second = sameClause(at - 2);
  const third = sameClause(at - 3);
  const plain = (cue: Cue, ofSomethingElse = false): Context => ({ cue, level: undefined, ofSomethingElse });
  if (SOMETHING_ELSE.has(first)) return plain(CUE.none, true);
  if (first === "de" || first === "d" || first === "del") {
    const level = LEVELS.get(second);
    if (DISTRICT.has(second) || level) return { cue: CUE.district, level, ofSomethingElse: false };
    if (LIVING.has(second) || LIVING.has(third)) return plain(CUE.living);
    if (HERE.has(second) || second === "cerca" || second === "adentro") return plain(CUE.around);
    // "Soy Wagner Cachay Pezo de Juan Guerra": a name may be four words long, and a "don" before it.
    for (let back = 4; back <= 7; back += 1)
      if (INTRODUCING.has(sameClause(at - back))) return plain(CUE.living);
    return plain(CUE.to);
  }
  if (first === "en") return plain(HERE.has(second) || LOCATED.has(second) ? CUE.living : CUE.at);
  if (first === "desde" || first === "dsd" || first === "dsde") return plain(CUE.from);
  if (first === "x" || first === "por" || HERE.has(first) || first === "hasta" || first === "asta")
    return plain(CUE.around);
  if (first === "ciudad" || first === "pueblo" || first === "zona") return plain(CUE.around);
  if (["a", "al", "pa", "pal", "para", "hacia", "rumbo"].includes(first)) return plain(CUE.to);
  return plain(CUE.none);
}
