import { foldCase, soundKey } from "./fold.ts";
import { lexicons } from "./languages/all-lexicons.ts";
import type { Token } from "./understanding/tokens.ts";
import { formsOf } from "./violence-words.ts";

/**
 * What no order of words gives away: within one sentence, somebody who strikes, a blow and whom it meets, wherever
 * they stand. The patterns of the lexicon know the usual turns of phrase, these rules what lies between them.
 */
export type AlarmingSpan = { readonly start: number; readonly end: number };

const { violence, crops, inputs, tools } = lexicons;
const keysOf = (words: readonly string[]) => new Set(words.map((word) => soundKey(foldCase(word))));

const aggressors = keysOf([...violence.partners, ...violence.people]);
const victims = keysOf(violence.victims);
const blows = keysOf(violence.blows.flatMap(formsOf));
const roughs = keysOf(violence.roughs.flatMap(formsOf));
const harms = keysOf(violence.harms);
const body = keysOf(violence.body);
const field = keysOf([
  ...violence.plagues,
  ...violence.things,
  ...[crops, inputs, tools].flatMap((terms) => Object.values(terms).flat()),
]);
const selves = new Set(["me", "nos"]);
const others = new Set(["le", "la", "les", "las", "los", "lo", "se"]);
const weapons = keysOf(violence.weapons);
const kills = keysOf([
  "mata",
  "mato",
  "matan",
  "matar",
  "matando",
  "mate",
  "maten",
  "matara",
  "matarme",
  "matarnos",
  "mataron",
]);
const fears = keysOf(["miedo", "temor", "temo", "terror", "asusta", "asustada", "llora", "lloran", "pavor"]);
/** How far a thing of the field keeps a verb to itself. */
const reachBefore = 3;
const reachAfter = 4;

type Clause = { readonly tokens: readonly Token[]; readonly from: number };

function clausesOf(tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  for (let at = 1; at <= tokens.length; at += 1) {
    if (at < tokens.length && tokens[at]?.breakBefore !== "sentence") continue;
    clauses.push({ tokens: tokens.slice(from, at), from });
    from = at;
  }
  return clauses;
}

/** Where alarming things stand together, for the harmless readings to cover or not. */
export function alarmingClauses(tokens: readonly Token[]): AlarmingSpan[] {
  return clausesOf(tokens).flatMap((clause) => alarmsIn(clause));
}

function alarmsIn({ tokens, from }: Clause): AlarmingSpan[] {
  const where = (set: ReadonlySet<string>) => tokens.flatMap(({ key }, at) => (set.has(key) ? [at] : []));
  const aggressor = where(aggressors).filter((at) => !isPotato(tokens, at));
  const victim = where(victims).filter((at) => isObject(tokens, at));
  const self = where(selves);
  const things = where(field).filter((at) => !weapons.has(tokens[at]?.key ?? ""));
  const inField = (verb: number) => things.some((at) => at >= verb - reachBefore && at <= verb + reachAfter);
  const spans: AlarmingSpan[] = [];
  const add = (...at: number[]) =>
    spans.push({ start: from + Math.min(...at), end: from + Math.max(...at) + 1 });

  for (const harm of where(harms)) {
    if (aggressor.length + self.length > 0 || !inField(harm)) add(harm);
  }
  for (const blow of where(blows)) {
    // "Me golpeé", "se golpeó la pierna" happen at work.
    if (inField(blow) || tokens[blow - 1]?.key === "se") continue;
    const meets = [...victim, ...self.filter((at) => at < blow || isEnclitic(tokens[blow]))];
    const strikes = aggressor.find((at) => !victim.includes(at));
    if (strikes !== undefined) add(blow, strikes);
    else if (meets[0] !== undefined && victim.length > 0) add(blow, meets[0]);
  }
  for (const rough of where(roughs)) {
    if (inField(rough) || !meets(tokens, rough, victim)) continue;
    const because = [...aggressor, ...where(body)].find((at) => !victim.includes(at));
    if (because !== undefined) add(rough, because);
  }
  for (const kill of where(kills)) {
    if (!inField(kill) && (self.some((at) => at < kill && at >= kill - 3) || victim.length > 0)) add(kill);
  }
  for (const weapon of where(weapons)) {
    if (!inField(weapon) && self.length > 0 && aggressor.length + where(body).length > 0) add(weapon);
  }
  for (const fear of where(fears)) {
    // "Mi marido tiene miedo al banco": whoever writes fears somebody, or somebody is feared.
    const isOwn = /^(tengo|da|kon|por|de)$/.test(tokens[fear - 1]?.key ?? "");
    const feared = aggressor.find((at) => at > fear || isOwn);
    if (feared !== undefined && !inField(fear)) add(fear, feared);
  }
  return spans;
}

/** Whether a rough deed meets somebody: "me jala", "la quiere tocar", "toca a mi hija". */
function meets(tokens: readonly Token[], verb: number, victim: readonly number[]): boolean {
  if (victim.some((at) => at > verb) || isEnclitic(tokens[verb])) return true;
  return tokens
    .slice(Math.max(0, verb - 3), verb)
    .some(({ key }) => selves.has(key) || (others.has(key) && key !== "se"));
}

function isEnclitic(token: Token | undefined): boolean {
  return /(?:ar|ando)(?:me|nos|la|le|las)$/.test(token?.key ?? "");
}

/** "A una niña", "a mi mamá": what happens is done to them. */
function isObject(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(Math.max(0, at - 3), at).some(({ key }) => key === "a");
}

function isPotato(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.key === "papa" && /^las?$/.test(tokens[at - 1]?.key ?? "");
}
