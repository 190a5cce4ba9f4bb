import { findPlaceInText } from "@minka/geography/find-place-in-text";
import { mentionsViolence } from "./detect-violence.ts";
import type { Context, Evidence, Intent, Slots } from "./intents.ts";
import { readAnswer } from "./understanding/answers.ts";
import { deniedComplaints } from "./understanding/complaint-words.ts";
import {
  gatherEvidence,
  needIntents,
  type PlacedEvidence,
  scoreIntents,
  statesSeveral,
} from "./understanding/needs.ts";
import { wantsSomething } from "./understanding/negation.ts";
import { vocabulary } from "./understanding/lexicons.ts";
import { learnedGuesses, type LearnedGuess } from "./understanding/learned.ts";
import { isPlaceMessage } from "./understanding/place-messages.ts";
import { isUsualName, readPersonName } from "./understanding/person-names.ts";
import { readMessage, type ReadMessage } from "./understanding/read-message.ts";
import { separateWords } from "./understanding/run-together.ts";
import { readSlots } from "./understanding/slots.ts";

export type { Context, Evidence } from "./intents.ts";

export type Interpretation = {
  intent: Intent;
  slots: Slots;
  /** INEI codes that the place named could mean, when it is not one district. */
  placeCandidates: string[];
  /** What spoke for the intent: the phrases found, the strongest first, then the guesses that were learned. */
  evidence: Evidence[];
};

/** Least score with which a phrase is believed without any context. */
const believed = 1.9;
/** Least score with which a new need wins over an answer: a sure one ("sí", "2") and an unsure one. */
const winsOverSure = 7;
const winsOverUnsure = 3;
const winsOverCannotCome = 10;
/** "No, mejor quiero …": a refusal that goes on to want something else. */
const winsOverTurn = 5;

/** What full certainty of the learned weights adds to an intent's score: it decides between weak phrases only. */
const learnedWeight = 6;

/** Among equal scores the earlier wins (label guide, questions 4 and 6). */
const precedence: readonly Intent[] = [
  "unknown",
  "opt_in",
  "opt_out",
  "complain",
  "report_no_show",
  "cancel_request",
  "report_done",
  "ask_status",
  "human",
  "help",
  "join_pool",
  "register",
  "request_credit",
  "request_training",
  "request_service",
  "find_organization",
  "request_equipment",
  "request_input",
  "request_buyer",
  "request_assistance",
  "ask_price",
  "several",
  "set_place",
];

/** Answers without slots that each context waits for. */
const answersIn: Readonly<Record<Context, readonly Intent[]>> = {
  idle: [],
  choosing: ["decline"],
  confirming: ["confirm", "decline"],
  rating: [],
  offered: ["confirm", "decline"],
};

type Place = { code: string | undefined; candidates: string[]; text: string };

/** What lies beyond this is no SMS: the place finder reads no more than the rest of the interpreter. */
const consideredLength = 1000;

const isVocabulary = (plain: string) => vocabulary.has(plain);

function readPlace(text: string): Place {
  const found = findPlaceInText(text.slice(0, consideredLength), isVocabulary);
  if (found === null) return { code: undefined, candidates: [], text: "" };
  const { resolution, matched } = found;
  if (resolution.kind === "one") return { code: resolution.district.code, candidates: [], text: matched };
  const candidates =
    resolution.kind === "several" ? resolution.districts.map((district) => district.code) : [];
  return { code: undefined, candidates, text: matched };
}

function strongest(scores: ReadonlyMap<Intent, number>): { intent: Intent; score: number } {
  let best: { intent: Intent; score: number } = { intent: "unknown", score: 0 };
  for (const intent of precedence) {
    const score = scores.get(intent) ?? 0;
    if (score > best.score) best = { intent, score };
  }
  return best.score >= believed ? best : { intent: "unknown", score: 0 };
}

/** A harvest told with nothing more is an offer to sell, but not while a list waits for its number. */
function onlyQuantity(evidence: readonly PlacedEvidence[]): boolean {
  const needs = evidence.filter(({ intent, weight }) => needIntents.has(intent) && weight > 1);
  return needs.length > 0 && needs.every(({ intent, weight }) => intent === "request_buyer" && weight < 3);
}

const refusalTurns = new Set(["mejor", "prefiero", "sino"]);
/** How soon after the word that turns a refusal round the need must begin. */
const turnReach = 3;

/** "No, mejor vendo mi café": a refusal that goes on to state a need. */
function turnsToNeed(message: ReadMessage, evidence: readonly PlacedEvidence[]): boolean {
  return message.tokens.some(
    ({ key }, at) =>
      (refusalTurns.has(key) || (key === "bien" && message.tokens[at - 1]?.key === "mas")) &&
      evidence.some(
        ({ intent, head, weight, start }) =>
          head && weight >= 5 && needIntents.has(intent) && start > at && start <= at + turnReach,
      ),
  );
}

/** "Soy Juan Pérez de Uchiza" signs up: weighs less than any need told beside it. */
function introduction(message: ReadMessage, placeText: string): PlacedEvidence[] {
  const soy = message.phrases.find(
    ({ entry, pattern }) => entry.intent === "register" && pattern.source === "^ [yo|si] soy",
  );
  if (soy === undefined) return [];
  const name = readPersonName(message.text, placeText);
  if (name === undefined) return [];
  // One word alone is as likely a trade or a mood that the lexicons do not know.
  const [first = "", ...others] = name.split(" ");
  if (others.length === 0 && !isUsualName(first)) return [];
  const { start, end } = soy;
  return [
    { intent: "register", rule: "^ soy + name", weight: 3, head: false, matched: `soy ${name}`, start, end },
  ];
}

/** "¿Ya llegó?" asks how it stands: what is said of a visit with a question mark reports nothing. */
function asksHowItWent(
  { text, tokens }: ReadMessage,
  intent: Intent,
  evidence: readonly PlacedEvidence[],
): boolean {
  if (!text.includes("?") || (intent !== "report_done" && intent !== "report_no_show")) return false;
  return evidence
    .filter((each) => each.intent === intent && each.weight >= believed)
    .every(({ end }) => /^[^.,;!\n?]*\?/.test(text.slice(tokens[end - 1]?.end ?? 0)));
}

/** "El técnico vino, ninguna queja": learned weights know the words and not what is denied. */
function deniesComplaint(message: ReadMessage, evidence: readonly PlacedEvidence[]): boolean {
  return deniedComplaints(message).length > 0 && !evidence.some(({ intent }) => intent === "complain");
}

/** The share from which a yes or no is believed that no phrase of the lexicons says. */
const sureShare = 0.7;

function guessedAnswer(context: Context, [guess]: readonly LearnedGuess[]): Intent | undefined {
  if (guess === undefined || guess.share < sureShare) return undefined;
  const answers: readonly Intent[] = answersIn[context];
  return answers.includes(guess.intent) ? guess.intent : undefined;
}

function asEvidence({ intent, share, words }: LearnedGuess): Evidence {
  return { intent, rule: "learned", weight: share * learnedWeight, matched: words.join(" | ") };
}

function decide(
  message: ReadMessage,
  context: Context,
  place: Place,
  evidence: readonly PlacedEvidence[],
  guesses: readonly LearnedGuess[],
): { intent: Intent; slots: Slots } {
  const toNeed = turnsToNeed(message, evidence);
  // "Ya no quiero vender, más bien dígame …" calls nothing off.
  const scores = scoreIntents(
    toNeed ? evidence.filter(({ intent }) => intent !== "cancel_request") : evidence,
  );
  const byPhrases = strongest(scores);
  const complains = !deniesComplaint(message, evidence);
  for (const { intent, share } of guesses) {
    if (intent === "complain" && !complains) continue;
    const said = scores.get(intent) ?? 0;
    // A guess that no phrase supports must be a sure one: whoever is not understood is asked again.
    if (said > 0 || intent === "unknown" || share >= sureShare)
      scores.set(intent, said + share * learnedWeight);
  }
  const best = strongest(scores);
  // Whom they do not complain of is named, and not asked for.
  if (!complains && needIntents.has(best.intent) && byPhrases.score < winsOverTurn)
    return { intent: "unknown", slots: {} };
  const several = needIntents.has(best.intent) && statesSeveral(message, evidence);
  if (several) return { intent: "several", slots: {} };
  const answer = readAnswer(message, context, message.spans);
  const [guess] = guesses;
  const guessed =
    guess?.intent === best.intent && guess.share >= sureShare && byPhrases.score >= winsOverUnsure;
  const turns = wantsSomething(message) || toNeed || guessed;
  const turnsAway = answer?.intent === "decline" && turns && best.score >= winsOverTurn;
  // "No llego" is "I cannot come" from whom a job was offered, and "he did not come" from anybody else.
  const cannotCome =
    context === "offered" && answer?.intent === "decline" && byPhrases.intent === "report_no_show";
  if (cannotCome && byPhrases.score < winsOverCannotCome) return { intent: "decline", slots: {} };
  // Praise beside a score takes nothing from it; spam does.
  const rival = byPhrases.intent === "unknown" && byPhrases.score < winsOverTurn ? 0 : byPhrases.score;
  if (answer !== null && !turnsAway && rival < (answer.sure ? winsOverSure : winsOverUnsure)) {
    if (!(context === "choosing" && onlyQuantity(evidence)))
      return { intent: answer.intent, slots: answer.slots };
  }
  const yesOrNo = guessedAnswer(context, guesses);
  if (answer === null && yesOrNo !== undefined && byPhrases.score < winsOverUnsure)
    return { intent: yesOrNo, slots: {} };
  if (context !== "idle" && onlyQuantity(evidence)) return { intent: "unknown", slots: {} };
  // "¿Cuánto pagan?" with no crop named asks about the job, not about the market.
  const namesCrop = message.spans.some(({ name }) => name === "crop");
  if (context === "offered" && best.intent === "ask_price" && !namesCrop)
    return { intent: "unknown", slots: {} };
  if (isPlaceMessage(message, place.text, byPhrases)) return { intent: "set_place", slots: {} };
  return { intent: best.intent, slots: {} };
}

/**
 * What a message means where the conversation stands. Never throws; what it does not understand is `unknown`.
 * The label guide's settled questions are the rules; the weights that decide are in the lexicons.
 */
export function interpret(text: string, context: Context): Interpretation {
  if (mentionsViolence(text)) {
    const evidence: Evidence[] = [{ intent: "safety_help", rule: "violence", matched: "", weight: 20 }];
    return { intent: "safety_help", slots: {}, placeCandidates: [], evidence };
  }
  const spaced = separateWords(text.slice(0, consideredLength));
  const place = readPlace(spaced);
  const message = readMessage(spaced, place.text);
  if (message.tokens.length === 0) return { intent: "unknown", slots: {}, placeCandidates: [], evidence: [] };
  const evidence = [...gatherEvidence(message), ...introduction(message, place.text)];
  const guesses = learnedGuesses(message, context);
  const heard = decide(message, context, place, evidence, guesses);
  const asks = asksHowItWent(message, heard.intent, evidence);
  const decided = asks ? { intent: "ask_status" as const, slots: {} } : heard;
  const slots = { ...readSlots(decided.intent, message, place.code, place.text), ...decided.slots };
  return {
    intent: decided.intent,
    slots,
    placeCandidates: place.candidates,
    evidence: [
      ...evidence
        .map(({ intent, rule, matched, weight }) => ({ intent, rule, matched, weight }))
        .sort((a, b) => b.weight - a.weight),
      ...guesses.map(asEvidence),
    ],
  };
}
