import { foldCase } from "@minka/language/fold";
import { said } from "@minka/language/texts";
import { newestOpen } from "./open-matters.ts";
import { describeStatus } from "./answer-status.ts";
import { describeVisit } from "./answer-own-visit.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** As long as any question about a place waits. */
const questionHours = 48;

const noWords = /^\W*(no+|no gracias|mejor no|no,? mejor no|no quiero( nada)?|ning?una?o?( de esos)?)\W*$/;

/** "No" to "which district?" gives the need up; to numbered districts it means that theirs is not there. */
export function answerPlaceRefusal(turn: Turn): Outcome | null {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "place" || !noWords.test(foldCase(turn.text))) return null;
  if (subject.options.length === 0) return { ...say("cancelled_question"), answered: true };
  return {
    ask: {
      subject: { ...subject, options: [] },
      text: said("ask_place_again"),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

/**
 * A place that nobody knows ("vivo en marte") is asked for again. "¿Dónde queda?" names none and asks: how
 * their matter stands says where it is.
 */
export async function answerUnknownPlace(turn: Turn): Promise<Outcome | null> {
  const { intent, slots, placeCandidates } = turn.heard;
  if (intent !== "set_place" || slots.place || placeCandidates.length > 1) return null;
  if (/\b(a?donde|aonde)\b/.test(foldCase(turn.text))) {
    const request = await newestOpen(turn);
    const stands = (await describeVisit(turn)) ?? (request ? await describeStatus(turn, request) : null);
    if (stands) return stands;
  }
  if (!turn.person?.consented) return null;
  if (turn.prompt) return { ...say("ask_place_again"), puzzled: true };
  return {
    ask: {
      subject: { kind: "place", need: null, options: [] },
      text: said("ask_place_again"),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
    puzzled: true,
  };
}
