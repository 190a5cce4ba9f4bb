import type { Evidence, Intent } from "../intents.ts";
import { soundKey } from "../fold.ts";
import { deniedComplaints } from "./complaint-words.ts";
import { refusedTokens } from "./negation.ts";
import type { ReadMessage } from "./read-message.ts";

/** Needs: what a message may ask the platform to find. Two different ones together are `several`. */
export const needIntents: ReadonlySet<Intent> = new Set<Intent>([
  "request_assistance",
  "request_training",
  "request_input",
  "request_equipment",
  "request_credit",
  "request_service",
  "find_organization",
  "request_buyer",
  "ask_price",
  "register",
  "join_pool",
]);

/** Things and topics after "para" say what a need is for; these keep their own weight there. */
const neverPurpose: ReadonlySet<Intent> = new Set<Intent>([
  "request_credit",
  "request_training",
  "join_pool",
  "register",
]);
const purposeDiscount = 0.35;

/** Evidence for an intent at tokens [start, end). */
export type PlacedEvidence = Evidence & { head: boolean; start: number; end: number };

const thingIntents: ReadonlySet<Intent> = new Set<Intent>(["request_input", "request_equipment"]);
const partOfName: ReadonlySet<Intent> = new Set<Intent>([
  "request_assistance",
  "request_service",
  "request_buyer",
]);
const possessives = new Set(["mi", "mis", "nuestro", "nuestra", "nuestros", "nuestras"].map(soundKey));
/** What one does with a thing that one has: wanting to do it is not wanting the thing. */
const usingVerbs = new Set(
  "sembrar resembrar plantar podar injertar fermentar curar producir cultivar preparar elaborar aprender aser cuidar proteger mejorar saber"
    .split(" ")
    .map(soundKey),
);
/** Wanting to know whether there is a thing is wanting it. */
const whether = new Set(
  ["si", "cuanto", "donde", "como", "quien", "precio", "presio", "kosto"].map(soundKey),
);

/**
 * Things the sender has already: "mis plantas de cacao" are not asked for, whatever is said of them; the bare name of
 * another own thing says nothing.
 */
function ownThings(message: ReadMessage): { intent: Intent; start: number; end: number; below: number }[] {
  return message.spans.flatMap(({ name, value, start, end }) => {
    if (!possessives.has(message.tokens[start - 1]?.key ?? "")) return [];
    if (name !== "input") return [];
    return [{ intent: "request_input" as const, start, end, below: value === "seedling" ? 6.5 : 3.5 }];
  });
}

/** Within the name, or for a service also from before it to its end: "cuánto cuesta la tarima de secado". */
function isPartOf(start: number, end: number, name: { start: number; end: number }, intent: Intent): boolean {
  if (name.start <= start && name.end >= end) return name.end - name.start > end - start;
  return intent === "request_service" && start < name.start && end === name.end;
}

/** "Quiero sembrar arbolitos": between the want and the thing stands what is really wanted. */
function wantsOtherwise(message: ReadMessage, start: number, end: number): boolean {
  const between = message.tokens.slice(start + 1, end - 1);
  const at = between.findIndex(({ key }) => usingVerbs.has(key));
  return at >= 0 && !between.slice(at + 1).some(({ key }) => whether.has(key));
}

/** A phrase that is all there is of a message leaves no doubt. */
const wholeBonus = 4;
const isWhole = (source: string) => source.startsWith("^") && source.endsWith("$");

/**
 * Everything that speaks for an intent. What the message refuses is left out, and what stands behind the "para"
 * of an earlier need ("crédito para comprar urea") counts little.
 */
export function gatherEvidence(message: ReadMessage): PlacedEvidence[] {
  const refused = refusedTokens(message.tokens);
  const own = ownThings(message);
  const denied = deniedComplaints(message);
  const compounds = message.spans.filter(
    ({ name, start, end }) => (name === "input" || name === "equipment") && end - start > 1,
  );
  const found = message.phrases
    .filter(({ entry, pattern, start, end }) => {
      if (entry.intent === "complain" && denied.some((each) => each.start < end && start < each.end))
        return false;
      if (!needIntents.has(entry.intent) || entry.intent === "register") return true;
      // A pattern that says "no" itself means it.
      if (pattern.source.startsWith("no ")) return true;
      if (
        own.some(
          (thing) =>
            entry.intent === thing.intent &&
            thing.start >= start &&
            thing.end <= end &&
            entry.weight < thing.below,
        )
      )
        return false;
      // "Riego" in "kit de riego" and "podar" in "tijera de podar" are parts of a thing's name.
      if (
        partOfName.has(entry.intent) &&
        compounds.some((thing) => isPartOf(start, end, thing, entry.intent))
      )
        return false;
      if (thingIntents.has(entry.intent) && wantsOtherwise(message, start, end)) return false;
      return !(refused[start] === true || refused[end - 1] === true);
    })
    .map(({ entry, pattern, start, end }): PlacedEvidence => ({
      intent: entry.intent,
      rule: pattern.source,
      weight: entry.weight + (isWhole(pattern.source) ? wholeBonus : 0),
      head: entry.head,
      matched: message.tokens
        .slice(start, end)
        .map((token) => token.raw)
        .join(" "),
      start,
      end,
    }));
  const paraAt = message.tokens.findIndex((token) => token.key === "para" || token.key === "contra");
  if (paraAt <= 0) return found;
  const headBefore = found.some(
    (evidence) =>
      needIntents.has(evidence.intent) && evidence.head && evidence.weight >= 3 && evidence.end <= paraAt,
  );
  if (!headBefore) return found;
  const scopeEnd = endOfPurpose(message, paraAt);
  return found.map((evidence) =>
    needIntents.has(evidence.intent) &&
    !neverPurpose.has(evidence.intent) &&
    evidence.end > paraAt + 1 &&
    evidence.end <= scopeEnd + 1 &&
    !(evidence.intent === "request_assistance" && /advisor|\bpara\b/.test(evidence.rule))
      ? { ...evidence, weight: evidence.weight * purposeDiscount, head: false }
      : evidence,
  );
}

const additions = new Set(["tambien", "ademas", "aparte", "paso"].map(soundKey));
const articles = new Set(["un", "una"]);
const asking = new Set(
  "quiero necesito busco deseo quisiera comprar vender vendo sacar saber manden mande digame quien queremos necesitamos"
    .split(" ")
    .map(soundKey),
);

/** Where the words behind a "para" stop telling its purpose: at a new sentence or a new want. */
function endOfPurpose(message: ReadMessage, paraAt: number): number {
  for (let at = paraAt + 1; at < message.tokens.length; at += 1) {
    const token = message.tokens[at];
    if (token === undefined) break;
    if (token.breakBefore === "sentence") return at;
    const joins = token.key === "i" || additions.has(token.key) || token.breakBefore === "comma";
    const next = message.tokens[token.key === "i" || additions.has(token.key) ? at + 1 : at];
    if (additions.has(token.key)) return at;
    if (
      joins &&
      next !== undefined &&
      (asking.has(next.key) || additions.has(next.key) || next.digits !== undefined || articles.has(next.key))
    )
      return at;
  }
  return message.tokens.length;
}

/** The strongest evidence counts whole, the rest supports it less and less. */
export function scoreIntents(evidence: readonly PlacedEvidence[]): Map<Intent, number> {
  const byIntent = new Map<Intent, number[]>();
  for (const { intent, weight } of evidence) byIntent.set(intent, [...(byIntent.get(intent) ?? []), weight]);
  const scores = new Map<Intent, number>();
  for (const [intent, weights] of byIntent) {
    const positive = weights.filter((weight) => weight > 0).sort((a, b) => b - a);
    const against = weights.filter((weight) => weight < 0).reduce((sum, weight) => sum + weight, 0);
    const support = positive
      .slice(0, 4)
      .reduce((sum, weight, rank) => sum + weight * [1, 0.12, 0.06, 0.03][rank]!, 0);
    scores.set(intent, support + against);
  }
  return scores;
}

/** Needs that are told in one breath with another and are no second need. */
const sameNeed: ReadonlySet<string> = new Set([
  "request_buyer+ask_price",
  "ask_price+request_buyer",
  "find_organization+request_buyer",
  "request_buyer+find_organization",
  "find_organization+register",
  "register+find_organization",
  "join_pool+request_input",
  "request_input+join_pool",
  "join_pool+find_organization",
]);

/** The weight from which a need stated in one part of a message counts as a need of its own. */
const needThreshold = 3;

/** Whether the message joins two different needs ("… y también …"): each part between the joints is weighed alone. */
export function statesSeveral(message: ReadMessage, evidence: readonly PlacedEvidence[]): boolean {
  const joints = message.tokens.flatMap((token, at) =>
    (token.key === "i" || additions.has(token.key)) && at > 0 ? [at] : [],
  );
  if (joints.length === 0 || hasListOfNeeds(message)) return hasListOfNeeds(message);
  return joints.some((joint) => {
    const before = strongestNeed(evidence.filter(({ end }) => end <= joint));
    const after = strongestNeed(evidence.filter(({ start }) => start > joint));
    if (before === null || after === null || before === after) return false;
    return !sameNeed.has(`${before}+${after}`);
  });
}

function hasListOfNeeds(message: ReadMessage): boolean {
  const keys = message.tokens.map((token) => token.key).join(" ");
  return /\b(las dos|dos|varias|tres) kosas\b/.test(keys);
}

function strongestNeed(evidence: readonly PlacedEvidence[]): Intent | null {
  const heads = evidence.filter(({ intent, head }) => head && needIntents.has(intent));
  let best: Intent | null = null;
  let bestScore = needThreshold;
  for (const [intent, score] of scoreIntents(heads)) {
    if (score >= bestScore) [best, bestScore] = [intent, score];
  }
  return best;
}
