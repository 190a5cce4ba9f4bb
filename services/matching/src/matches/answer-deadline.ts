import type { Need } from "@minka/contracts/need";
import { addDays, limaDay, limaInstant } from "@minka/domain/lima-time";
import { dispatchRules, isUrgent, urgentRule } from "./dispatch-rules.ts";

/**
 * Hours in which a question to a provider counts as asked. Agents leave for the plots before dawn and
 * answer at dawn and at dusk: 05:00 to 20:00 Lima holds both. A night does not count, or whoever is asked
 * after supper would lose the visit asleep.
 */
const waking = { wakesAt: 5, sleepsAt: 20 } as const;
/** When people who were on their plots have their phones at hand. */
const dawn = { from: 5, until: 7 } as const;
const evening = { from: 17, until: 20 } as const;

const minuteMs = 60 * 1000;

type Day = { readonly wakesAt: number; readonly sleepsAt: number };

/**
 * Until when a provider who is asked at `now` may answer. Always past `now`; a normal question's holds a whole evening
 * and a whole dawn and ends at the latest on the next day's evening, an urgent one's 60 minutes of its longer day.
 */
export function answerDeadline(now: Date, need: Pick<Need, "kind" | "urgency">): Date {
  if (isUrgent(need)) return afterMinutes(now, urgentRule.answerMinutes, urgentRule);
  const ends = [
    afterMinutes(now, dispatchRules[need.kind].answerHours * 60, waking),
    endOfNext(now, evening),
    endOfNext(now, dawn),
  ];
  return new Date(Math.max(...ends.map((end) => end.getTime())));
}

/** The end of the first that begins at or after `now`. */
function endOfNext(now: Date, { from, until }: { from: number; until: number }): Date {
  const today = limaDay(now);
  const day = limaInstant(today, from) >= now ? today : addDays(today, 1);
  return limaInstant(day, until);
}

function afterMinutes(now: Date, minutes: number, { wakesAt, sleepsAt }: Day): Date {
  let left = minutes * minuteMs;
  for (let day = limaDay(now); ; day = addDays(day, 1)) {
    const from = Math.max(now.getTime(), limaInstant(day, wakesAt).getTime());
    const awake = Math.max(0, limaInstant(day, sleepsAt).getTime() - from);
    if (left <= awake) return new Date(from + left);
    left -= awake;
  }
}

/** Whole waking minutes between two instants: how long an answer took. */
export function wakingMinutes(from: Date, to: Date): number {
  let awake = 0;
  for (let day = limaDay(from); limaInstant(day, 0) < to; day = addDays(day, 1)) {
    const start = Math.max(from.getTime(), limaInstant(day, waking.wakesAt).getTime());
    const end = Math.min(to.getTime(), limaInstant(day, waking.sleepsAt).getTime());
    awake += Math.max(0, end - start);
  }
  return Math.floor(awake / minuteMs);
}
