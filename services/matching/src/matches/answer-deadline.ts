import { addDays, limaDay, limaInstant } from "@minka/domain/lima-time";

/**
 * Hours in which a question to a provider counts as asked. Agents leave for the plots before dawn and
 * answer at dawn and at dusk: 05:00 to 20:00 Lima holds both. A night does not count, or whoever is asked
 * after supper would lose the visit asleep.
 */
const wakesAt = 5;
const sleepsAt = 20;

/** How many waking hours a provider has: asked at breakfast, half a day in the field fits in. */
const answerHours = 4;

const hourMs = 60 * 60 * 1000;

/** Until when a provider who is asked at `now` may answer: four waking hours later. Always past `now`. */
export function answerDeadline(now: Date): Date {
  let left = answerHours * hourMs;
  for (let day = limaDay(now); ; day = addDays(day, 1)) {
    const from = Math.max(now.getTime(), limaInstant(day, wakesAt).getTime());
    const until = limaInstant(day, sleepsAt).getTime();
    const waking = Math.max(0, until - from);
    if (left <= waking) return new Date(from + left);
    left -= waking;
  }
}

/** Whole waking minutes between two instants, by the same hours: how long an answer took. */
export function wakingMinutes(from: Date, to: Date): number {
  let waking = 0;
  for (let day = limaDay(from); limaInstant(day, 0) < to; day = addDays(day, 1)) {
    const start = Math.max(from.getTime(), limaInstant(day, wakesAt).getTime());
    const end = Math.min(to.getTime(), limaInstant(day, sleepsAt).getTime());
    waking += Math.max(0, end - start);
  }
  return Math.floor(waking / 60_000);
}
