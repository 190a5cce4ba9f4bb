import { soundKey } from "../fold.ts";
import type { Context, Slots, Intent } from "../intents.ts";
import { lexicons } from "../languages/all-lexicons.ts";
import { findPatterns, indexPatterns } from "./phrase-pattern.ts";
import type { ReadMessage } from "./read-message.ts";

/** An answer to what the conversation asked. `sure` answers win over the mere mention of a thing. */
export type Answer = { intent: Intent; slots: Slots; sure: boolean; matched: string };

type AnswerEntry = { answer: string; weight: number };
const index = indexPatterns(
  Object.entries(lexicons.answers).flatMap(([answer, patterns]) =>
    patterns.map((source) => ({
      source,
      entry: { answer, weight: source.includes("$") ? 3 : 2 } satisfies AnswerEntry,
    })),
  ),
);

const notScores = new Set(
  "hora horas dia dias semana semanas mes meses minutos kilos kg saco sacos soles veces vez quintales arrobas litros mil señora plantas plantones"
    .split(" ")
    .map(soundKey),
);

function readChoice(message: ReadMessage, found: ReadonlySet<string>): Answer | null {
  // "¿El segundo es bueno?" asks about it, and whoever takes "los dos" has not chosen yet.
  const asks = message.text.includes("?") || found.has("asks");
  if (asks || found.has("several_options"))
    return { intent: "unknown", slots: {}, sure: false, matched: asks ? "question" : "several" };
  const ordinal = [1, 2, 3].find((option) => found.has(`option_${option}`));
  if (ordinal !== undefined)
    return {
      intent: "choose",
      slots: { option: ordinal },
      sure: message.tokens.length <= 3,
      matched: "ordinal",
    };
  const units = new Set(message.spans.filter((span) => span.name === "unit").map((span) => span.start));
  const numbers = message.numbers.filter(
    (number) => !units.has(number.end) && !notScores.has(message.tokens[number.end]?.key ?? ""),
  );
  const whole =
    numbers.find((number) => !number.article) ?? (message.tokens.length === 1 ? numbers[0] : undefined);
  if (whole === undefined) return null;
  const inList = whole.value >= 1 && whole.value <= 3 && Number.isInteger(whole.value);
  if (!inList) return { intent: "unknown", slots: {}, sure: false, matched: "out of the list" };
  return {
    intent: "choose",
    slots: { option: whole.value },
    sure: message.tokens.length === 1,
    matched: "number",
  };
}

function readScore(message: ReadMessage): Answer | null {
  const scores = message.numbers.filter(
    (number) => !number.article && !notScores.has(message.tokens[number.end]?.key ?? ""),
  );
  // "del 1 al 5 le doy 4": the scale is not the score.
  const isScale = (at: number) =>
    message.tokens[at - 1]?.key === "del" || message.tokens[at - 1]?.key === "al";
  const score = scores.find((number) => !isScale(number.start));
  if (score === undefined) return null;
  if (score.value < 1 || score.value > 5 || !Number.isInteger(score.value)) {
    return { intent: "unknown", slots: {}, sure: false, matched: "outside 1–5" };
  }
  return { intent: "rate", slots: { score: score.value }, sure: score.start <= 1, matched: "score" };
}

/** What the message answers to the question that its context names; null when it answers nothing. */
export function readAnswer(
  message: ReadMessage,
  context: Context,
  spansAt: ReadMessage["spans"],
): Answer | null {
  if (context === "idle" || message.tokens.length === 0) return null;
  if (context === "rating") return readScore(message);
  const byStart = message.tokens.map((_, at) => spansAt.filter((span) => span.start === at));
  const matches = findPatterns(index, { tokens: message.tokens, spansAt: byStart });
  const found = new Set(matches.map((match) => match.entry.answer));
  const first = (answer: string) =>
    matches.find((match) => match.entry.answer === answer)?.pattern.source ?? "";
  // "No sé" is no refusal: whoever is undecided is asked again.
  if (found.has("unsure")) {
    const undecided: Answer = { intent: "unknown", slots: {}, sure: false, matched: first("unsure") };
    return context === "choosing" ? readChoice(message, found) : undecided;
  }
  if (context === "choosing") {
    if (found.has("decline")) return { intent: "decline", slots: {}, sure: false, matched: first("decline") };
    return readChoice(message, found);
  }
  if (found.has("decline")) return { intent: "decline", slots: {}, sure: true, matched: first("decline") };
  if (found.has("confirm")) {
    // "Sí" says yes; "yo quiero comprar cal" has the words of a yes and asks for something.
    const sure = matches.some(
      ({ entry, pattern }) => entry.answer === "confirm" && pattern.source.startsWith("^"),
    );
    return { intent: "confirm", slots: {}, sure, matched: first("confirm") };
  }
  return null;
}
