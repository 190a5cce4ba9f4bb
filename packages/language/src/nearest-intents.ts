import { findPlaceInText } from "@minka/geography/find-place-in-text";
import type { Context, Intent } from "./intents.ts";
import { learnedGuesses } from "./understanding/learned.ts";
import { vocabulary } from "./understanding/lexicons.ts";
import { gatherEvidence, scoreIntents } from "./understanding/needs.ts";
import { readMessage, type ReadMessage } from "./understanding/read-message.ts";

/** A guess at what a message may have meant, for a person who decides; `score` is between 0 and 1. */
export type IntentProposal = { readonly intent: Intent; readonly score: number };

const proposals = 3;
/** The weight at which a phrase says its intent by itself. */
const sureWeight = 8;
/** What full certainty of the learned weights adds. */
const learnedWeight = 4;

/** What the mere mention of a thing may be about, where no phrase says more. */
const hintedBy: Readonly<Record<string, readonly (readonly [Intent, number])[]>> = {
  crop: [
    ["request_buyer", 1],
    ["request_assistance", 0.8],
    ["ask_price", 0.7],
  ],
  topic: [["request_assistance", 1.2]],
  topic_hint: [["request_assistance", 0.8]],
  input: [["request_input", 1.2]],
  equipment: [["request_equipment", 1.2]],
  tool: [["request_equipment", 0.8]],
  machine: [["request_equipment", 0.6]],
  service: [["request_service", 1.2]],
  advisor: [
    ["request_assistance", 0.8],
    ["ask_status", 0.6],
  ],
  training: [["request_training", 1.2]],
  buyer: [["request_buyer", 1.2]],
  organization: [["find_organization", 1.2]],
  credit: [["request_credit", 1.2]],
  money: [["request_credit", 0.8]],
  purpose: [["request_credit", 0.3]],
  unit: [
    ["request_input", 0.5],
    ["request_buyer", 0.5],
  ],
};

/** What a question waits for is likelier meant than anything else that fits as badly. */
const awaited: Readonly<Record<Context, readonly (readonly [Intent, number])[]>> = {
  idle: [],
  choosing: [
    ["choose", 0.8],
    ["decline", 0.6],
  ],
  confirming: [
    ["confirm", 0.7],
    ["decline", 0.7],
  ],
  rating: [["rate", 0.9]],
  offered: [
    ["confirm", 0.7],
    ["decline", 0.8],
  ],
};

/** Where nothing at all speaks for an intent: what people who are not understood most often want. */
const usual: readonly (readonly [Intent, number])[] = [
  ["help", 0.3],
  ["human", 0.2],
  ["request_assistance", 0.1],
];

function hints(message: ReadMessage, placeNamed: boolean): (readonly [Intent, number])[] {
  const named = new Set(message.spans.map(({ name }) => name));
  return [...[...named].flatMap((name) => hintedBy[name] ?? []), ...(placeNamed ? placeHints : [])];
}

const placeHints: readonly (readonly [Intent, number])[] = [
  ["set_place", 1],
  ["register", 0.4],
];

/**
 * The three intents that a message which was not understood may have meant, the likeliest first: an operator corrects
 * from them. Weighs the same evidence as the interpreter, with no threshold; never proposes `unknown`, and never
 * `safety_help`, which is not a guess that a list should show.
 */
export function nearestIntents(text: string, context: Context): IntentProposal[] {
  const place = findPlaceInText(text.slice(0, 1000), (plain) => vocabulary.has(plain));
  const message = readMessage(text, place?.matched ?? "");
  const scores = new Map<Intent, number>();
  const add = (intent: Intent, weight: number) => scores.set(intent, (scores.get(intent) ?? 0) + weight);
  for (const [intent, score] of scoreIntents(gatherEvidence(message))) add(intent, Math.max(0, score));
  for (const { intent, share } of learnedGuesses(message, context)) add(intent, share * learnedWeight);
  for (const [intent, weight] of hints(message, place !== null)) add(intent, weight);
  for (const [intent, weight] of awaited[context]) add(intent, weight);
  for (const [intent, weight] of usual) add(intent, weight);
  return [...scores]
    .filter(([intent, score]) => intent !== "unknown" && intent !== "safety_help" && score > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, proposals)
    .map(([intent, score]) => ({ intent, score: Math.round(Math.min(1, score / sureWeight) * 100) / 100 }));
}
