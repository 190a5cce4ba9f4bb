import type { Kind } from "@minka/domain/vocabulary";
import { answerDeadline } from "../matches/answer-deadline.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** A day to answer what the other side proposes or asks again, and as long as any question of this kind has. */
export function answerWithin(now: Date, kind: Kind): Date {
  return new Date(Math.max(now.getTime() + dayMs, answerDeadline(now, { kind }).getTime()));
}
